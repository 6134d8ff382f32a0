# .data writes past the graph, unseen by the version counter.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x * x).sum()
x.data[0] = 10.0
print(x)
print(x.data)
print(x.data.requires_grad)
y.backward()
print(x.grad)
