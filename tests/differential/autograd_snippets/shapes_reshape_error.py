# A reshape keeps the number of elements.
import torch

x = torch.arange(6.0)
print(x.reshape(2, 3))
x.reshape(4, 2)
