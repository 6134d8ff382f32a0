# At a kink torch takes one of the slopes.
import torch

x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
torch.relu(x).sum().backward()
print(x.grad)
x.grad = None
x.abs().sum().backward()
print(x.grad)
x.grad = None
x.clamp(min=0.0).sum().backward()
print(x.grad)
