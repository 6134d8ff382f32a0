# A broadcast operand gets the sum of its copies' gradients.
import torch

x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
b = torch.tensor([1.0, 0.0, -1.0], requires_grad=True)
s = torch.tensor(2.0, requires_grad=True)
c = torch.tensor([[1.0], [2.0]], requires_grad=True)
y = x * s + b * c
print(y)
y.sum().backward()
print(x.grad)
print(b.grad)
print(s.grad)
print(c.grad)
