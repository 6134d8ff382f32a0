# The result of the loop is a vector: backward wants v.
import torch

x = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
y = x * 2
while y.data.norm() < 100:
    y = y * 2
print(y.shape)
y.backward()
