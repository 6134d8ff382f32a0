# Operations that saved nothing can be walked twice all the same.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x + 1.0).sum()
y.backward()
y.backward()
print(x.grad)
