# An element, a row, a column, a slice: what was not taken has gradient zero.
import torch

x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
print(x[0])
print(x[0, 1])
print(x[:, 1])
print(x[0:1])
print(x[1][2])
print(x[-1, -1].item())
y = x[0, 1] * x[1].sum()
y.backward()
print(x.grad)
