# Arrays of numpy come from detached tensors.
import numpy as np
import torch

x = torch.tensor([1.0, 2.5], requires_grad=True)
a = x.detach().numpy()
print(a)
print(a.dtype)
print(np.sum(a))
c = torch.tensor([3, 4])
print(c.numpy())
