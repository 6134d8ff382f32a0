# Sums, means and maxima: whole, and along one dimension.
import torch

x = torch.tensor([[1.0, 5.0, 3.0], [4.0, 2.0, 6.0]], requires_grad=True)
print(x.sum())
print(x.sum(dim=0))
print(x.sum(dim=1, keepdim=True))
print(x.mean())
print(x.mean(dim=1))
print(x.max())
print(x.min())
print(x.prod())
x.max().backward()
print(x.grad)
