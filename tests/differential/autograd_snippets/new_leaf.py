# A step to a new leaf: detach, then ask for gradients again.
import torch

w = torch.tensor(2.0, requires_grad=True)
for _ in range(3):
    (w**2).backward()
    w = (w - 0.1 * w.grad).detach().requires_grad_()
    print(w, w.grad)
