# Only dimensions of length one can be expanded.
import torch

x = torch.tensor([[1.0, 2.0]], requires_grad=True)
print(x.expand(3, 2))
x.expand(2, 3)
