# A gradient may be assigned by hand; backward adds to it.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
x.grad = torch.tensor([100.0, 200.0])
(x * x).sum().backward()
print(x.grad)
g = x.grad
x.grad = None
print(g, x.grad)
