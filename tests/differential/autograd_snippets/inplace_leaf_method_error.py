# A method with an underscore changes in place, too.
import torch

x = torch.tensor(1.0, requires_grad=True)
x.mul_(2.0)
