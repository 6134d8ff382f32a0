# retain_grad is refused where no gradient is asked for.
import torch

x = torch.tensor([1.0, 2.0])
h = x * 3.0
print(h.requires_grad)
h.retain_grad()
