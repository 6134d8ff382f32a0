# A leaf that requires grad cannot be changed in place.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x + 1.0
y += 1.0
print(y)
x += 1.0
