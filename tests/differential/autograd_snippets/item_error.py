# A tensor of several elements is no number.
import torch

x = torch.tensor([0.1, 2.0], requires_grad=True)
x.item()
