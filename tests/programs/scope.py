return x  # expect: syntax.scope 0-8
# fixed: x
# %%
break  # expect: syntax.scope 0-5
# %%
continue  # expect: syntax.scope 0-8
# %%
for i in range(3):
    y = i
else:
    break  # expect: syntax.scope 4-9
# %%
for i in range(3):
    def f():
        break  # expect: syntax.scope 8-13
# %%
def f(a, a):  # expect: syntax.scope 9-10
    return a
# %%
f = lambda a, a: a  # expect: syntax.scope 14-15
# %%
def f(t=[v for v in x]):  # expect: syntax.unsupported 8-22
    return t
# %%
import math  # expect: source.empty 0-11
# %%
def f(t):  # expect: source.empty 0-9
    return t
# %%
pass  # expect: source.empty 0-4
