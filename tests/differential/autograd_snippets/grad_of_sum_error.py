# A gradient assigned by hand must be a tensor, not a number.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
x.grad = torch.tensor([5.0, 5.0])
(x * 2).sum().backward()
print(x.grad)
x.grad = 1.0
