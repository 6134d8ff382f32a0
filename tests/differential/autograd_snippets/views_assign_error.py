# Assigning to an element of a leaf is in place on a view of it.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
x[0] = 5.0
