# Maxima along a dimension come with their places, and have names.
import torch

x = torch.tensor([[1.0, 5.0], [7.0, 2.0]], requires_grad=True)
print(x.max(dim=1))
found = x.detach().sort()
print(found.values, found.indices)
values, places = x.max(dim=0)
values.sum().backward()
print(places, x.grad)
