# An input that the output does not depend on is refused.
import torch

x = torch.tensor(2.0, requires_grad=True)
w = torch.tensor(3.0, requires_grad=True)
y = x * x
torch.autograd.grad(y, [x, w])
