# Slopes without bound, and what is no number.
import torch

x = torch.tensor([0.0, 1.0, 4.0], requires_grad=True)
y = torch.sqrt(x)
print(y)
y.sum().backward()
print(x.grad)
z = torch.tensor([0.0, -1.0], requires_grad=True)
print(torch.log(z))
(z / 0.0).sum().backward()
print(z.grad)
