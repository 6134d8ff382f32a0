# Each arithmetic operation leaves its own grad_fn.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
w = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
print(x + w)
print(x - w)
print(x * w)
print(x / w)
print(x**2)
print(x**w)
print(2.0**x)
print(-x)
print(1 - x)
print(1 / x)
print(2 * x)
print(x + 1)
