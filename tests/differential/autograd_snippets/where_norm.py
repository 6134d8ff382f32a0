# where sends the gradient to the chosen side; norm is a root of squares.
import torch

x = torch.tensor([3.0, -4.0], requires_grad=True)
y = torch.where(x > 0, x * x, -x)
print(y)
y.sum().backward()
print(x.grad)
n = x.norm()
print(n)
x.grad = None
n.backward()
print(x.grad)
