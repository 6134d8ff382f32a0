# / makes floats of integers, // stays with them.
import torch

n = torch.tensor([7, -7, 2])
print(n / 2)
print(n // 2)
print(n % 3)
print(n * 0.5)
print(torch.tensor([7.0, -7.0]) // 2)
print(n + torch.tensor(0.5))
print(n.double() / 3)
print(torch.tensor([True, False]) + 1)
