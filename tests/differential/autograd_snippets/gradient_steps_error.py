# A step in place outside no_grad is refused.
import torch

w = torch.tensor([2.0, -1.0], requires_grad=True)
loss = (w**2).sum()
loss.backward()
print(w.grad)
w -= 0.1 * w.grad
