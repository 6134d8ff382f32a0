# torch.tensor copies an array, from_numpy shares it; both keep float64.
import numpy as np
import torch

a = np.array([1.0, 2.0])
copied = torch.tensor(a)
shared = torch.from_numpy(a)
a[0] = 9.0
print(copied)
print(shared)
shared[1] = -1.0
print(a)
w = torch.tensor(np.array([1, 2]))
print(w, w.dtype)
x = torch.from_numpy(a).float().requires_grad_()
print(x)
