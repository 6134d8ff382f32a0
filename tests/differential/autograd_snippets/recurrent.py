# A recurrent cell: the same weights at every step.
import torch

W = torch.tensor([[0.5, -0.25], [0.25, 0.5]], requires_grad=True)
U = torch.tensor([[1.0], [-1.0]], requires_grad=True)
b = torch.zeros(2, requires_grad=True)
h = torch.zeros(2)
for value in [1.0, 0.5, -1.0]:
    x = torch.tensor([value])
    h = torch.tanh(W @ h + U @ x + b)
    print(h)
loss = (h**2).mean()
print(loss)
loss.backward()
print(W.grad)
print(U.grad)
print(b.grad)
