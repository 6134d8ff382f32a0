# Comparisons give truth values, off the graph.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
c = torch.tensor([1.0, 0.0, 3.0])
print(x == c)
print(x > c)
print((x == c).sum())
print(torch.equal(x, c))
print(torch.allclose(x.detach(), c))
print(torch.eq(x, c).all())
