# A loss of three classes, written out.
import torch

scores = torch.tensor([[2.0, 0.5, -1.0], [0.0, 1.0, 1.0]], requires_grad=True)
shifted = scores - scores.detach().max()
p = shifted.exp() / shifted.exp().sum(dim=1, keepdim=True)
print(p)
loss = -(p[0, 0].log() + p[1, 2].log()) / 2
print(loss)
loss.backward()
print(scores.grad)
