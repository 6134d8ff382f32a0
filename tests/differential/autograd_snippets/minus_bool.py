# Truth values count when they meet numbers.
import torch

mask = torch.tensor([True, False, True])
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = (x * mask).sum()
print(y)
y.backward()
print(x.grad)
print(mask.sum(), mask.float().mean())
print(1.0 - mask.float())
