# float wants one element.
import torch

print(float(torch.ones(1)))
float(torch.ones(2))
