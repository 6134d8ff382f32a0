# Each change in place counts the version up.
import torch

w = torch.zeros(2)
print(w._version)
w.add_(1.0)
w[0] = 5.0
print(w._version)
v = w.view(2, 1)
v.mul_(2.0)
print(w._version, v._version)
print(w)
