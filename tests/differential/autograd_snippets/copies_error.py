# A name is no copy: both names are the same leaf.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
same = x
print(same is x)
with torch.no_grad():
    same.mul_(2.0)
print(x)
same.mul_(2.0)
