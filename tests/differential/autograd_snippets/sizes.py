# Shape, size, number of elements, dtype.
import torch

x = torch.ones(2, 3, requires_grad=True)
print(x.shape)
print(x.size())
print(x.size(0), x.shape[1])
print(x.dim(), x.numel(), len(x))
print(x.dtype)
rows, columns = x.shape
print(rows * columns)
print(torch.tensor(1.0).shape)
