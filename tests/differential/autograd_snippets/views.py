# A change through a view of a result is part of the graph.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
h = x * 2.0
row = h[0:2]
row.mul_(10.0)
print(h)
h.sum().backward()
print(x.grad)
