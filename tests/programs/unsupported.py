class A: pass  # expect: syntax.unsupported 0-13
# %%
y = [v for v in x]  # expect: syntax.unsupported 4-18
# %%
y = {v for v in x}  # expect: syntax.unsupported 4-18
# %%
y = {v: 1 for v in x}  # expect: syntax.unsupported 4-21
# %%
y = sum(v for v in x)  # expect: syntax.unsupported 7-21
# %%
try:  # expect: syntax.unsupported 0-4
    y = x
except Exception:
    y = 1
# %%
with x:  # expect: syntax.unsupported 5-6
    y = 1
# %%
with no_grad:  # expect: syntax.unsupported 5-12
    y = 1
# fixed: with no_grad():
# %%
with no_grad() as g:  # expect: syntax.unsupported 5-14
    y = 1
# %%
def f():
    global x  # expect: syntax.unsupported 4-12
# %%
def f():
    nonlocal x  # expect: syntax.unsupported 4-14
# %%
def f(*a):  # expect: syntax.unsupported 7-8
    return 1
# %%
def f(**a):  # expect: syntax.unsupported 8-9
    return 1
# %%
y = max(*x)  # expect: syntax.unsupported 8-10
# %%
y = max(**{'a': 1})  # expect: syntax.unsupported 8-18
# %%
y = (z := x)  # expect: syntax.unsupported 5-11
# %%
y = f'{x}'  # expect: syntax.unsupported 4-10
# %%
print(f'{(lambda: [v for v in x])}')  # expect: syntax.unsupported 6-35
# %%
del x  # expect: syntax.unsupported 0-5
# %%
assert x > 0  # expect: syntax.unsupported 0-12
# %%
raise x  # expect: syntax.unsupported 0-7
# %%
match x:  # expect: syntax.unsupported 0-8
    case 1: pass
# %%
async def f(): await x  # expect: syntax.unsupported 0-22
# %%
def f():
    yield x  # expect: syntax.unsupported 4-11
# %%
y: float = 1  # expect: syntax.unsupported 0-12
# fixed: y = 1
# %%
y: __import__('os') = 1  # expect: source.name 3-13
# %%
def f(t: float):  # expect: syntax.unsupported 6-14
    return t
y = f(x)
# fixed: def f(t):
# %%
def f(t) -> float:  # expect: syntax.unsupported 12-17
    return t
# %%
@f  # expect: syntax.unsupported 1-2
def g(t): return t
# %%
y = {'a': 1}  # expect: syntax.unsupported 4-12
# %%
y = {1, 2}  # expect: syntax.unsupported 4-10
# %%
y = 1j  # expect: syntax.unsupported 4-6
# fixed: y = 1*j
# %%
y = b'1'  # expect: syntax.unsupported 4-8
# %%
y = ...  # expect: syntax.unsupported 4-7
# %%
y = 'a'*10  # expect: syntax.unsupported 4-7
# %%
y = '\d'  # expect: syntax.unsupported 4-8
# %%
y = a & b  # expect: syntax.unsupported 4-9
# %%
y = a | b  # expect: syntax.unsupported 4-9
# %%
x <<= 1  # expect: syntax.unsupported 0-7
# %%
y = x is None  # expect: syntax.unsupported 4-13
# fixed: y = x == None
# %%
y = 1 in x  # expect: syntax.unsupported 4-10
# %%
type X = int  # expect: syntax.unsupported 0-4
# %%
y = [*x]  # expect: syntax.unsupported 5-7
# %%
lambda x: x  # expect: type.output 0-11
# %%
f = lambda t: t**2  # expect: type.output 4-18
