# A list of integers makes an int64 tensor, which cannot require grad.
import torch

x = torch.tensor([1, 2, 3], requires_grad=True)
