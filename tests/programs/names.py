lambda = 2  # expect: source.name 0-6
# fixed: lambda_ = 2
# %%
y = x * lambda  # expect: source.name 8-14
# fixed: y = x * lambda_
# %%
а = 1  # expect: source.name 0-1
# fixed: a = 1
# %%
𝐱 = 2  # expect: source.name 0-2
# fixed: x = 2
# %%
y = norm(A, p="𝐱𝐱") + 2z  # expect: source.product 24-26
# %%
größe = 3  # expect: source.name 2-3
# fixed: grosse = 3
# %%
y = x₁  # expect: source.name 5-6
# fixed: y = x1
# %%
y = µ  # expect: source.name 4-5
# fixed: y = μ
# %%
y = A.Ω + ω + Ⅷ  # expect: source.name 14-15
# %%
x​ = 1  # expect: source.typography 1-2
# %%
y = x‮  # expect: source.typography 5-6
# %%
__proto__ = 1  # expect: source.name 0-9
# %%
__debug__ = 1  # expect: source.name 0-9
# %%
y = x.__class__  # expect: source.name 6-15
# %%
y = x._base  # expect: name.attribute 6-11
# %%
abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm = 1  # expect: source.name 0-65
# %%
y = x.backward()  # expect: name.attribute 6-14
# %%
y = x.tofile('')  # expect: name.attribute 6-12
# %%
y = x.T.base  # expect: name.attribute 8-12
