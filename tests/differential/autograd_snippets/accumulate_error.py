# A tensor that does not require grad has nothing to call backward for.
import torch

x = torch.tensor(3.0)
y = x * x
print(y)
y.backward()
