# set_grad_enabled switches by a truth value.
import torch

x = torch.tensor(2.0, requires_grad=True)
for training in [True, False]:
    with torch.set_grad_enabled(training):
        y = x * x
    print(training, y.requires_grad)
torch.set_grad_enabled(False)
print((x * 2).requires_grad)
torch.set_grad_enabled(True)
print((x * 2).requires_grad)
