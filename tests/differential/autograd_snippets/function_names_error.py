# A function of torch wants a tensor, not a number.
import torch

x = torch.tensor(0.5, requires_grad=True)
print(torch.exp(x))
torch.exp(0.5)
