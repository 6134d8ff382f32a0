# Under no_grad a leaf may be changed in place.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
with torch.no_grad():
    x.add_(1.0)
    x -= 0.5
    x[0] = 9.0
print(x)
print(x.is_leaf)
