# requires_grad_ comes too late when the function has run.
import torch


def square(x):
    return (x * x).sum()


x = torch.tensor([1.0, 2.0])
y = square(x)
x.requires_grad_()
print(x)
y.backward()
