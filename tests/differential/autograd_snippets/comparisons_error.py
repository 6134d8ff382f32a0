# Truth values have no gradient.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
hits = (x > 1.5).sum()
print(hits)
hits.backward()
