# In place, an integer tensor cannot become a float one.
import torch

n = torch.tensor([1, 2])
n += 1
print(n)
n += 0.5
