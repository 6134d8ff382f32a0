# A factor was saved by the product, then changed.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
w = torch.tensor([1.0, 1.0, 1.0])
y = (x * w).sum()
w.mul_(2.0)
w.add_(1.0)
print(w)
y.backward()
