# A loop over a matrix goes over its rows.
import torch

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
for row in x:
    print(row)
first, second = x
(first * second).sum().backward()
print(x.grad)
