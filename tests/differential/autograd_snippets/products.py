# Products of matrices and vectors, and their gradients.
import torch

A = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
B = torch.tensor([[0.5, -1.0], [2.0, 1.0]], requires_grad=True)
v = torch.tensor([1.0, -1.0], requires_grad=True)
print(A @ B)
print(torch.mm(A, B))
print(torch.matmul(A, v))
print(A @ v)
print(v @ v)
print(torch.dot(v, v))
(A @ B @ v).sum().backward()
print(A.grad)
print(B.grad)
print(v.grad)
