# A detached tensor shares its memory with the tensor it came from.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
d = x.detach()
d[0] = 10.0
print(x)
print(d)
y = x.sum() * 2.0
y.backward()
print(x.grad)
