# clone stays on the graph, detach leaves it.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
c = x.clone()
d = x.detach()
print(c)
print(d)
print(c.requires_grad, d.requires_grad)
print(c.is_leaf, d.is_leaf)
y = (c * d).sum()
y.backward()
print(x.grad)
