# Inside no_grad nothing is recorded.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
with torch.no_grad():
    y = x * 2
    print(y)
    print(torch.is_grad_enabled())
z = x * 2
print(z)
print(y.requires_grad, z.requires_grad)
print(torch.is_grad_enabled())
