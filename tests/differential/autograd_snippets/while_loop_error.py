# The loop changes its leaf in place, outside no_grad.
import torch

x = torch.tensor(1.0, requires_grad=True)
while x > 0.1:
    y = x**2
    y.backward()
    print(x.grad)
    x.sub_(0.25)
