# A view keeps the number of elements.
import torch

x = torch.ones(2, 3, requires_grad=True)
print(x.view(3, 2).shape)
x.view(4, 2)
