# Integers do not divide by zero.
import torch

print(torch.tensor([1.0, 0.0]) / 0)
torch.tensor([1, 2]) // 0
