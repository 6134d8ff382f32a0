# cat wants equal sizes beside the dimension that it joins along.
import torch

print(torch.cat([torch.ones(2, 2), torch.ones(1, 2)]))
torch.cat([torch.ones(2, 2), torch.ones(3, 3)])
