# zero_ belongs to the gradient: on the leaf itself it is in place, and refused.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
(x * x).sum().backward()
x.grad.zero_()
print(x.grad)
x.zero_()
