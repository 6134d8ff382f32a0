# An integer tensor becomes a leaf that requires grad only after a cast.
import torch

n = torch.tensor([1, 2, 3])
x = n.float().requires_grad_()
y = (x * x).sum()
y.backward()
print(n.requires_grad, x.requires_grad)
print(x.grad)
