# Casts: floats differentiate through a cast to another float.
import torch

x = torch.tensor([0.0, 1.5, -2.7], requires_grad=True)
d = x.double()
print(d)
(d * d).sum().backward()
print(x.grad)
print(x.grad.dtype)
print(x.int(), x.long(), x.bool())
print(torch.tensor([1, 0]).bool())
print(torch.tensor([True, False]).float())
