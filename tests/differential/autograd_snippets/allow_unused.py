# With allow_unused the gradient of an unused input is None.
import torch

x = torch.tensor(2.0, requires_grad=True)
w = torch.tensor(3.0, requires_grad=True)
gx, gw = torch.autograd.grad(x * x, [x, w], allow_unused=True)
print(gx, gw)
