# A view shares the version of its base.
import torch

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
h = x * 2.0
y = (h**2).sum()
row = h[0]
row.zero_()
print(h)
y.backward()
