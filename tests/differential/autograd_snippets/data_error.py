# What was computed from .data has no graph.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x.data * 2.0).sum()
print(y)
y.backward()
