# While recording is off, no result requires grad.
import torch

x = torch.tensor(2.0, requires_grad=True)
with torch.set_grad_enabled(False):
    y = x * x
y.backward()
