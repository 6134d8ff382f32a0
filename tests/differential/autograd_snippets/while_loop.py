# Newton's method, while the step is long.
import torch

x = torch.tensor(1.0, dtype=torch.float64)
steps = 0
move = 1.0
while abs(move) > 1e-9:
    x = x.detach().requires_grad_()
    y = x**2 - 2.0
    y.backward()
    move = (y / x.grad).item()
    x = x - move
    steps += 1
print(steps, x.detach())
print(f"{x.item():.6f}")
