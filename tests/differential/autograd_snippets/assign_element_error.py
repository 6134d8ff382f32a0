# What is assigned must fit the place.
import torch

h = torch.zeros(3)
h[0:2] = torch.tensor([1.0, 2.0])
print(h)
h[0:2] = torch.tensor([1.0, 2.0, 3.0])
