y = 4x + 1  # expect: source.product 4-6
# fixed: y = 4*x + 1
# %%
y = 2 x  # expect: source.product 4-7
# fixed: y = 2 * x
# %%
y = 3(x + 1)  # expect: source.product 4-12
# fixed: y = 3*(x + 1)
# %%
y = (x + 1)(x - 1)  # expect: source.product 4-18
# fixed: y = (x + 1)*(x - 1)
# %%
y = (x + 1)z  # expect: source.product 10-12
# fixed: y = (x + 1)*z
# %%
y = a b + 1  # expect: source.product 4-7
# fixed: y = a * b + 1
# %%
y = v[0]x  # expect: source.product 7-9
# fixed: y = v[0]*x
# %%
y = 2e + 1  # expect: source.product 4-6
# fixed: y = 2*e + 1
# %%
y = 3.x  # expect: source.product 4-7
# fixed: y = 3.*x
# %%
y = x(x + 1) + x  # expect: call.not_callable 4-5
# fixed: y = x*(x + 1) + x
# %%
y = x 2  # expect: source.product 4-7
# fixed: y = x * 2
