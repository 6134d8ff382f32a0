# A gradient assigned by hand must have the size of its leaf.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
x.grad = torch.zeros(2)
x.grad = torch.zeros(3)
