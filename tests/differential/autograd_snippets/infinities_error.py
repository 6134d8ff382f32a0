# Integers to negative powers are refused.
import torch

print(torch.tensor([2.0, 4.0]) ** -1)
torch.tensor([2, 4]) ** -1
