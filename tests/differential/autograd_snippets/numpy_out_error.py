# A tensor that requires grad gives no array.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
x.numpy()
