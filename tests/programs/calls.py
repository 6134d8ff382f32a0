y = sin x  # expect: source.call_brackets 4-9
# fixed: y = sin(x)
# %%
y = 2*sin x + 1  # expect: source.call_brackets 6-11
# fixed: y = 2*sin(x) + 1
# %%
y = sin 2x + 1  # expect: source.call_brackets 4-10
# fixed: y = sin(2*x) + 1
# %%
y = exp x**2  # expect: source.call_brackets 4-12
# fixed: y = exp(x**2)
# %%
y = sin^2(x)  # expect: source.call_brackets 4-12
# fixed: y = sin(x)^2
# %%
y = cos**-1(x)  # expect: source.call_brackets 4-14
# fixed: y = cos(x)**-1
# %%
print x  # expect: source.call_brackets 0-7
y = x
# %%
y = cosin(x)  # expect: name.unknown 4-9
# fixed: y = cos(x)
# %%
y = np.sinn(x)  # expect: name.unknown 7-11
# fixed: y = np.sin(x)
# %%
y = np.ctypeslib.os  # expect: name.unknown 7-16
# %%
y = undefined_name(x)  # expect: name.unknown 4-18
# %%
y = eval('1')  # expect: name.unknown 4-8
# %%
y = globals()  # expect: name.unknown 4-11
# %%
y = getattr(x, 'T')  # expect: name.unknown 4-11
# %%
y = gradd(f)(x)  # expect: name.unknown 4-9
# %%
y = f(t, g(x))  # expect: name.unknown 4-5
# %%
y = f(p=2, 3)  # expect: source.syntax 12-13
# %%
y = sum(x, dim=0, dim=1)  # expect: syntax.scope 18-23
# %%
y = no_grad()  # expect: name.unknown 4-11
