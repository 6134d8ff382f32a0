# A matrix times a vector of another length is refused.
import torch

A = torch.ones(2, 3)
v = torch.ones(2, requires_grad=True)
print((v @ A).shape)
A @ v
