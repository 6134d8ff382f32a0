# How tensors are printed: widths, exponents, many elements.
import torch

print(torch.tensor([1.0, 10.5, -100.25]))
print(torch.tensor([1e-5, 1.0]))
print(torch.tensor([1e10]))
print(torch.tensor(float("nan")), torch.tensor([float("inf"), 1.0]))
print(torch.arange(30.0))
print(torch.arange(2000))
x = torch.arange(18.0).reshape(2, 3, 3).requires_grad_()
print(x * 0.5)
print(torch.zeros(0), torch.zeros(0, 3))
print([torch.tensor(1.0), torch.tensor(2)])
