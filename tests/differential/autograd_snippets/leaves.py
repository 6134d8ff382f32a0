# Which tensors are leaves, and which have a grad_fn.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
c = torch.tensor([3.0, 4.0])
y = x * c
k = c * 2
print(x.is_leaf, x.grad_fn)
print(c.is_leaf, c.requires_grad)
print(y.is_leaf, y.requires_grad)
print(k.is_leaf, k.requires_grad, k.grad_fn)
print(y.detach().is_leaf)
