# The derivative of rounding down is not implemented.
import torch

x = torch.tensor([7.0, -7.0], requires_grad=True)
y = x // 2
print(y)
y.sum().backward()
