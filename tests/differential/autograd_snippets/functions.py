# A function of Python, a branch and a loop.
import torch


def power(x, n):
    result = torch.tensor(1.0)
    for _ in range(n):
        result = result * x
    return result


def bent(x):
    if x.item() < 0:
        return -x
    return power(x, 3)


for value in [2.0, -2.0]:
    x = torch.tensor(value, requires_grad=True)
    y = bent(x)
    y.backward()
    print(value, y, x.grad)
