# torch.autograd.grad returns gradients and leaves .grad alone.
import torch

x = torch.tensor(2.0, requires_grad=True)
w = torch.tensor(3.0, requires_grad=True)
y = x * x * w
print(torch.autograd.grad(y, x, retain_graph=True))
print(torch.autograd.grad(y, [x, w]))
print(x.grad, w.grad)
