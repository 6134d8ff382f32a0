# stack wants tensors of equal size.
import torch

a = torch.tensor([1.0, 2.0], requires_grad=True)
b = torch.tensor([3.0, 4.0, 5.0])
print(torch.cat([a, b]))
torch.stack([a, b])
