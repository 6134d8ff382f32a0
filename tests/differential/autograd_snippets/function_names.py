# Each elementary function leaves its own grad_fn.
import torch

x = torch.tensor([0.5, 1.0, 2.0], requires_grad=True)
print(torch.exp(x))
print(torch.log(x))
print(torch.sin(x))
print(torch.cos(x))
print(torch.tanh(x))
print(torch.sigmoid(x))
print(torch.relu(x))
print(torch.sqrt(x))
print(torch.abs(x))
print(x.exp())
print(x.tanh().grad_fn.name())
