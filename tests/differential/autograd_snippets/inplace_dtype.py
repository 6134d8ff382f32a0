# In place, the dtype stays.
import torch

x = torch.tensor([1.0, 2.0])
x += 1
x *= torch.tensor(0.5, dtype=torch.float64)
print(x)
n = torch.tensor([1, 2])
n += True
print(n)
