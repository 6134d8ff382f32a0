# Two losses share a product: the second backward finds it freed.
import torch

x = torch.tensor(2.0, requires_grad=True)
shared = x * x
first = shared + 1.0
second = shared * 3.0
first.backward()
print(x.grad)
second.backward()
