# exp saves its result: a change of it is found by the version counter.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
e = x.exp()
y = e.sum()
e.add_(1.0)
y.backward()
