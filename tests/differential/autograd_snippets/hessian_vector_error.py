# The graph of the function is freed by its first gradient.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x**2).sum()
(g,) = torch.autograd.grad(y, x)
print(g)
torch.autograd.grad(y, x)
