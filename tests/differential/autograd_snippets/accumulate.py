# Several calls of backward add up in .grad.
import torch

x = torch.tensor(3.0, requires_grad=True)
print(x.grad)
(x * x).backward()
print(x.grad)
(x * x).backward()
print(x.grad)
(2 * x).backward()
print(x.grad)
