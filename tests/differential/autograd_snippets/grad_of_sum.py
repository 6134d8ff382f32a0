# Two ways to the same leaf add up.
import torch

x = torch.tensor(3.0, requires_grad=True)
a = x * 2
b = x**2
y = a * b + x
y.backward()
print(y, x.grad)
print(y.grad_fn.name(), a.grad_fn.name(), x.grad_fn)
