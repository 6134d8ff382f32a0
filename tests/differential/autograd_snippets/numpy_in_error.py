# from_numpy wants an array, not a list.
import numpy as np
import torch

print(torch.from_numpy(np.array([1.0, 2.0])))
torch.from_numpy([1.0, 2.0])
