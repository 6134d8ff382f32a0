# Steps down the gradient, by hand.
import torch

w = torch.tensor([2.0, -1.0], requires_grad=True)
target = torch.tensor([0.5, 0.5])
for step in range(4):
    loss = ((w - target) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
    print(f"{step}: {loss.item():.4f}")
print(w)
