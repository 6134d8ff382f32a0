# einsum takes its formula first.
import torch

A = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(torch.einsum("ij,jk->ik", A, A))
print(torch.einsum("ii->i", A))
