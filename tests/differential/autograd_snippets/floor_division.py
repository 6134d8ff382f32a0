# Rounding down is on the graph, but has no derivative.
import torch

x = torch.tensor([7.0, -7.0], requires_grad=True)
print(x // 2)
print((x // 2).requires_grad)
