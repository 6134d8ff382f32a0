y = x² + 1  # expect: source.typography 5-6
# fixed: y = x**2 + 1
# %%
y = x⁻¹  # expect: source.typography 5-7
# fixed: y = x**-1
# %%
y = (x + 1)²  # expect: source.typography 11-12
# fixed: y = (x + 1)**2
# %%
y = sin²(x) + 1  # expect: source.typography 4-11
# fixed: y = sin(x)**2 + 1
# %%
y = x @ Aᵀ  # expect: source.typography 9-10
# fixed: y = x @ A.T
# %%
y = |x|  # expect: source.typography 4-7
# fixed: y = abs(x)
# %%
y = 2|x| + 1  # expect: source.typography 5-8
# fixed: y = 2*abs(x) + 1
# %%
y = ln|x|  # expect: source.typography 6-9
# fixed: y = ln(abs(x))
# %%
y = ||v||  # expect: source.typography 4-9
# fixed: y = norm(v)
# %%
y = ‖v‖  # expect: source.typography 4-7
# fixed: y = norm(v)
# %%
y = √x  # expect: source.typography 4-6
# fixed: y = sqrt(x)
# %%
y = √(x + 1)  # expect: source.typography 4-12
# fixed: y = sqrt(x + 1)
# %%
y = a × b − c ÷ 2  # expect: source.typography 6-7
# fixed: y = a * b - c / 2
# %%
y = a · b  # expect: source.typography 6-7
# fixed: y = a * b
# %%
y = where(a ≤ b, a, b)  # expect: source.typography 12-13
# fixed: y = where(a <= b, a, b)
# %%
y = norm(A, p=“fro”)  # expect: source.typography 14-15
# fixed: y = norm(A, p='fro')
# %%
y = x + 1  # expect: source.typography 5-6
# fixed: y = x + 1
# %%
y = n!  # expect: source.typography 5-6
# %%
y = \sin(x)  # expect: source.typography 4-5
# fixed: y = sin(x)
# %%
y = $x$  # expect: source.typography 4-5
# %%
y = x ？ 1  # expect: source.typography 6-7
