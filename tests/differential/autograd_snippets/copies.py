# A leaf is made from the values of another tensor by detach and clone.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x * 3).detach().clone().requires_grad_()
z = (y * y).sum()
z.backward()
print(x.grad, y.grad)
y.data.zero_()
print(y, x)
print(torch.tensor(x.tolist()))
