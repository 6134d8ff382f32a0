# Both sides of where must broadcast to one size.
import torch

x = torch.tensor([3.0, -4.0], requires_grad=True)
print(torch.where(x > 0, x, torch.tensor(0.0)))
torch.where(x > 0, x, torch.zeros(3))
