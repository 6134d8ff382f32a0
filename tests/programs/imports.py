import os  # expect: syntax.import 0-9
y = x
# %%
from os import *  # expect: syntax.import 0-16
# %%
import numpy as n  # expect: syntax.import 0-17
y = x
# fixed: import numpy as np
# %%
import torch as t  # expect: syntax.import 0-17
y = x
# %%
import jax  # expect: syntax.import 0-10
y = x
# %%
from torch.autograd import grad  # expect: syntax.import 0-31
y = x
# %%
from numpy import var  # expect: syntax.import 0-21
y = var(x)
# %%
from math import sin as s  # expect: syntax.import 0-25
y = s(x)
# %%
from . import x  # expect: syntax.import 0-15
y = x
