# The inner sizes of a matrix product must agree.
import torch

A = torch.ones(2, 3, requires_grad=True)
B = torch.ones(2, 3)
print((A @ B.t()).shape)
torch.mm(A, B)
