# enable_grad records what follows, not what came before.
import torch

x = torch.tensor(2.0, requires_grad=True)
with torch.no_grad():
    a = x * x
    with torch.enable_grad():
        b = a * 3
print(b)
b.backward()
