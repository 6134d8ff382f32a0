# What was computed from a detached tensor alone has no way back.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x.detach() ** 2).sum()
print(y)
y.backward()
