# A view of a leaf that requires grad cannot be changed in place.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
v = x[0:2]
print(v)
v += 1.0
