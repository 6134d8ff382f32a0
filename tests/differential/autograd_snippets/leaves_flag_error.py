# The flag of a tensor that is no leaf cannot be cleared.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x.exp()
y.requires_grad = False
