# The mean of integers is refused.
import torch

n = torch.tensor([1, 2, 4])
print(n.sum())
n.mean()
