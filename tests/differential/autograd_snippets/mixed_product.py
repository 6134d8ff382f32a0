# Elementwise operations promote the dtype.
import torch

a = torch.tensor([1.0, 2.0])
b = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
print(a * b)
print(a + torch.tensor([1, 2]))
(a * b).sum().backward()
print(b.grad)
