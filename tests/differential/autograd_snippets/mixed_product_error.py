# Matrix products do not promote the dtype.
import torch

A = torch.ones(2, 2)
B = torch.ones(2, 2, dtype=torch.float64, requires_grad=True)
print(A * B)
A @ B
