# select, index_select, masks and lists of indices.
import torch

x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
print(x.select(0, 1))
print(torch.index_select(x, 1, torch.tensor([2, 0])))
print(x[x > 2.5])
print(x[:, [0, 0, 2]])
x[:, [0, 0, 2]].sum().backward()
print(x.grad)
