# A cast to integers leaves the graph.
import torch

x = torch.tensor([0.0, 1.5, -2.7], requires_grad=True)
n = x.long().sum()
print(n)
n.backward()
