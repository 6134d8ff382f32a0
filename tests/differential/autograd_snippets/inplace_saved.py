# In place is allowed where the old value was not saved.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
h = x + 1.0
z = h.sum()
h.mul_(2.0)
print(h)
z.backward()
print(x.grad)
e = x.exp()
f = e + 1.0
f.add_(1.0)
f.sum().backward()
print(x.grad)
