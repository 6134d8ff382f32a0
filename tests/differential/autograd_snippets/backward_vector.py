# backward(v) is a product of v with the Jacobian.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x**2
v = torch.tensor([1.0, 0.0, -1.0])
y.backward(v)
print(x.grad)
z = x * 3
z.backward(torch.ones_like(z))
print(x.grad)
