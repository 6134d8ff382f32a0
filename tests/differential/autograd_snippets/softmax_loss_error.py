# A sum along a dimension that does not exist is refused.
import torch

scores = torch.tensor([2.0, 0.5, -1.0], requires_grad=True)
print(scores.sum(dim=0))
scores.sum(dim=1)
