# A dimension out of range is refused.
import torch

x = torch.ones(2, 3)
print(x.size(-1))
x.size(2)
