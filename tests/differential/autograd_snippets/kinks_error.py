# argmax has no derivative.
import torch

x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
k = x.argmax()
print(k)
k.backward()
