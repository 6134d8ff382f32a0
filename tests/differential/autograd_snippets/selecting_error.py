# A mask must have the shape of the tensor.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
print(x[torch.tensor([True, False, True])])
x[torch.tensor([True, False])]
