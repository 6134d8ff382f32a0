# The state of the last sequence is still on a graph that was freed.
import torch

w = torch.tensor(0.5, requires_grad=True)
h = torch.tensor(0.0)
for value in [1.0, 2.0]:
    h = torch.tanh(w * h + value)
    h.backward()
    print(w.grad)
