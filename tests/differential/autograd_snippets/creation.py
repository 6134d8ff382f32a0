# Creation functions and the dtypes that they choose.
import torch

print(torch.tensor([1.0, 2.0]))
print(torch.tensor([1, 2]))
print(torch.tensor([True, False]))
print(torch.zeros(2, 3))
print(torch.ones(2))
print(torch.full((2, 2), 7.0))
print(torch.full((2,), 7))
print(torch.arange(5))
print(torch.arange(1.0, 2.0, 0.25))
print(torch.linspace(0.0, 1.0, 5))
print(torch.eye(2))
x = torch.tensor([[1.5, -2.0], [0.25, 4.0]], dtype=torch.float64)
print(x)
print(torch.zeros_like(x))
print(torch.ones_like(x))
print(x.dtype, x.shape, x.size())
