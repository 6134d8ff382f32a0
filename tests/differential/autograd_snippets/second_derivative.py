# create_graph makes a gradient that can be differentiated again.
import torch

x = torch.tensor(2.0, requires_grad=True)
y = x**3
(g,) = torch.autograd.grad(y, x, create_graph=True)
print(g)
(h,) = torch.autograd.grad(g, x, create_graph=True)
print(h)
(t,) = torch.autograd.grad(h, x)
print(t)
