# grad of a vector wants grad_outputs.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * x
print(torch.autograd.grad(y, x, torch.ones(2), retain_graph=True))
torch.autograd.grad(y, x)
