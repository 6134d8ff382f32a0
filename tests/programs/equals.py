if x = 1: y = 2  # expect: source.syntax 5-6
# fixed: if x == 1: y = 2
# %%
y = 2 if x = 1 else 3  # expect: source.syntax 11-12
# fixed: y = 2 if x == 1 else 3
# %%
y = where((x = 1), 2, 3)  # expect: source.syntax 13-14
# fixed: y = where((x == 1), 2, 3)
# %%
y := 2  # expect: syntax.unsupported 2-4
# fixed: y = 2
# %%
f(t) = t^2  # expect: syntax.assign 0-4
# %%
2 = x  # expect: syntax.assign 0-1
# fixed: x = 2
# %%
x + 1 = y  # expect: syntax.assign 0-5
# fixed: y = x + 1
# %%
y == x = 2  # expect: syntax.assign 0-6
# %%
let y = 2  # expect: source.syntax 0-3
# fixed: y = 2
# %%
learning rate = 0.1  # expect: source.name 0-13
# fixed: learning_rate = 0.1
# %%
b = [1, 2]
b[0] = 9  # expect: syntax.assign 0-4
# %%
x.T = 9  # expect: syntax.assign 0-3
# %%
*a, b = 1, 2  # expect: syntax.assign 0-2
# %%
x[0] += 1  # expect: syntax.assign 0-4
# %%
() = x  # expect: syntax.assign 0-2
# %%
for x[0] in range(3):  # expect: syntax.assign 4-8
    y = 1
