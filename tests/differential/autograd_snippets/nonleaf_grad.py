# The gradient of a tensor that is no leaf is not kept.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
h = x * 3.0
h.sum().backward()
print(h.grad)
print(h.is_leaf)
print(x.grad)
