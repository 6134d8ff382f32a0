# Between steps .grad is set to zero, or to None.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
(x * x).sum().backward()
print(x.grad)
x.grad.zero_()
print(x.grad)
(x * x).sum().backward()
print(x.grad)
x.grad = None
print(x.grad)
(3 * x).sum().backward()
print(x.grad)
