# retain_grad keeps the gradient of a tensor that is no leaf.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
h = x * 3.0
h.retain_grad()
y = (h * h).sum()
y.backward()
print(h.grad)
print(x.grad)
print(h.retains_grad, x.retains_grad)
