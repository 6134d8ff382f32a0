# Assigning to an element of a result cuts that element's way back.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
h = x.clone()
h[1] = 7.0
print(h)
(h * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
print(x.grad)
