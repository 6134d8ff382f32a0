# cat and stack send each part its piece of the gradient.
import torch

a = torch.tensor([1.0, 2.0], requires_grad=True)
b = torch.tensor([3.0, 4.0], requires_grad=True)
c = torch.cat([a, b])
s = torch.stack([a, b])
print(c)
print(s)
print(torch.stack([a, b], dim=1))
weights = torch.tensor([1.0, 2.0, 3.0, 4.0])
((c * weights).sum() + s[1].sum()).backward()
print(a.grad)
print(b.grad)
