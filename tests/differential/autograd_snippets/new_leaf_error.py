# A step that makes a new tensor makes no leaf: the second step finds no gradient.
import torch

w = torch.tensor(2.0, requires_grad=True)
(w**2).backward()
w = w - 0.1 * w.grad
print(w)
(w**2).backward()
w = w - 0.1 * w.grad
