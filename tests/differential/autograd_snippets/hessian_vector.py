# The derivative of a gradient times a vector.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
v = torch.tensor([1.0, -1.0])
y = x[0] ** 2 * x[1]
(g,) = torch.autograd.grad(y, x, create_graph=True)
print(g.detach())
(hv,) = torch.autograd.grad((g * v).sum(), x)
print(hv)
