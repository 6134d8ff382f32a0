# Also a scalar v is of another shape than a vector.
import torch

x = torch.tensor([[1.0, 2.0, 3.0]], requires_grad=True)
y = x.exp()
y.backward(torch.tensor(1.0))
