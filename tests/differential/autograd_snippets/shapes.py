# Views of another shape, and the gradients that go back through them.
import torch

x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
print(x.t())
print(x.view(3, 2))
print(x.reshape(6))
print(x.view(-1))
print(x.unsqueeze(0))
print(x.unsqueeze(0).squeeze(0))
print(x.transpose(0, 1).shape)
y = (x.t() * x.view(3, 2)).sum()
print(y)
y.backward()
print(x.grad)
