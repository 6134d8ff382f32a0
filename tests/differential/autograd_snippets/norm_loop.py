# The number of doublings depends on the value: the graph is made while running.
import torch

x = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
y = x * 2
doublings = 0
while y.norm() < 100:
    y = y * 2
    doublings += 1
print(doublings)
print(y)
y.backward(torch.tensor([0.1, 1.0, 0.001]))
print(x.grad)
