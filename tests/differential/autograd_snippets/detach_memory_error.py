# Writing into detached memory is noticed when the saved value is needed.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x * x).sum()
x.detach()[0] = 10.0
print(y)
y.backward()
