# A gradient cannot be broadcast in place: the left side keeps its shape.
import torch

h = torch.zeros(3)
h += torch.tensor(1.0)
print(h)
h += torch.ones(2, 3)
