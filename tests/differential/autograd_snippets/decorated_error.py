# What a decorated function returns has no graph.
import torch


@torch.no_grad()
def evaluate(x):
    return (x * x).sum()


x = torch.tensor([1.0, 2.0], requires_grad=True)
evaluate(x).backward()
