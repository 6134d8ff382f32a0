# A tensor of one element can decide.
import torch

x = torch.tensor([1.0, -2.0], requires_grad=True)
if x.sum() < 0:
    print("negative")
else:
    print("positive")
print(bool(x[0] > 0))
print((x > 0).all())
print((x > 0).any().item())
