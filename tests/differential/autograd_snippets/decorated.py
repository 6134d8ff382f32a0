# no_grad also decorates a function.
import torch


@torch.no_grad()
def evaluate(x):
    return (x * x).sum()


x = torch.tensor([1.0, 2.0], requires_grad=True)
print(evaluate(x))
print((x * x).sum())
