# item turns a tensor of one element into a number of Python.
import torch

x = torch.tensor([0.1, 2.0], requires_grad=True)
print(x[0].item())
print(x.sum().item())
print(torch.tensor([[5]]).item())
print(torch.tensor(0.1, dtype=torch.float64).item())
print(x.tolist())
print(float(x[1]), int(x[1]))
