# Only a leaf can stop requiring grad.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 2
x.requires_grad_(False)
print(x.requires_grad)
y.requires_grad_(False)
