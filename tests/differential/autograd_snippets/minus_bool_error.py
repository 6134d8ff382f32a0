# Truth values are not subtracted.
import torch

mask = torch.tensor([True, False, True])
print(~mask)
1 - mask
