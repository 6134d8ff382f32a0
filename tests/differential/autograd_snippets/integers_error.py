# Only floating point tensors can require grad.
import torch

n = torch.tensor([1, 2, 3])
print(n.dtype)
n.requires_grad_()
