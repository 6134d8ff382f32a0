# Tensors whose sizes do not broadcast cannot be added.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
w = torch.tensor([1.0, 2.0])
print(x + 1.0)
x + w
