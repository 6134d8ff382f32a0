# The missing gradient of a tensor that is no leaf is None, which has no methods.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
h = x * 3.0
h.sum().backward()
print(x.grad)
h.grad.zero_()
