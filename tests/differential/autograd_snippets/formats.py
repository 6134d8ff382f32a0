# Numbers of tensors in f-strings.
import math
import torch

x = torch.tensor(2.0, requires_grad=True)
y = torch.log(x) * math.pi
y.backward()
print(f"y = {y.item():.4f}, dy/dx = {x.grad.item():.4f}")
print(f"{y:.3f}")
print(f"{x.grad}")
print(f"{y.item():8.2f}|{3:>4}|{0.000012345:.2e}")
print("loss:", y)
