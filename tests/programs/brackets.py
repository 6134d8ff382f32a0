y = (x + z  # expect: source.bracket 4-5
# fixed: y = (x + z)
# %%
y = f(x  # expect: source.bracket 5-6
z = 2
# %%
y = x + z)  # expect: source.bracket 9-10
# fixed: y = x + z
# %%
y = (x + 1]  # expect: source.bracket 10-11
# fixed: y = (x + 1)
# %%
A = [[1, 2], [3, 4]  # expect: source.bracket 4-5
# fixed: A = [[1, 2], [3, 4]]
# %%
A = [[1, 2,  # expect: source.bracket 4-5
     [3, 4]]
# %%
if (x > 0:  # expect: source.bracket 3-4
    y = x
# %%
y = norm(A, p='fro)  # expect: source.bracket 14-15
# %%
y = sum(x, dim=(0)  # expect: source.bracket 7-8
# fixed: y = sum(x, dim=(0))
