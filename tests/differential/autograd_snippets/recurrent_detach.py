# Detaching the state cuts the sequence in pieces.
import torch

w = torch.tensor(0.5, requires_grad=True)
h = torch.tensor(0.25)
for value in [1.0, 0.5, -1.0]:
    h = torch.tanh(w * h.detach() + value)
    h.backward()
    print(f"{h.item():.4f} {w.grad.item():.4f}")
