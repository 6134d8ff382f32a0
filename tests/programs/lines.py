if x > 0  # expect: source.syntax 0-8
    y = x
# fixed: if x > 0:
# %%
if x > 0 then y = x  # expect: source.syntax 0-19
# fixed: if x > 0: y = x
# %%
if x > 0 y = x  # expect: source.syntax 0-14
# fixed: if x > 0: y = x
# %%
if x > 0: y = x
else y = 1  # expect: source.syntax 0-10
# fixed: else: y = 1
# %%
def f(t) return t  # expect: source.syntax 0-17
# %%
while x < 3  # expect: source.syntax 0-11
    x = x + 1
# fixed: while x < 3:
# %%
if x > 0:  # expect: source.syntax 0-9
y = x
# %%
y = x
for i in range(3):  # expect: source.syntax 0-18
# %%
y = x
  z = y  # expect: source.syntax 0-2
# fixed: z = y
# %%
if x > 0:
    y = x
  z = y  # expect: source.syntax 0-2
# %%
y = x
else:  # expect: source.syntax 0-4
    y = 1
# %%
if x > 0:
    y = x
else if x < 0:  # expect: source.syntax 0-7
    y = 1
# fixed: elif x < 0:
# %%
x = 1 y = 2  # expect: source.syntax 6-7
# fixed: x = 1; y = 2
# %%
fro i in range(3):  # expect: source.syntax 0-3
    y = i
# fixed: for i in range(3):
# %%
whlie x < 3:  # expect: source.syntax 0-5
    x = x + 1
# fixed: while x < 3:
# %%
for i = 1:10  # expect: source.syntax 0-7
    y = i
# %%
for i in range(10): for j in range(i): y = x  # expect: source.syntax 20-23
# %%
if x > 0:
	y = 1
        z = 2  # expect: source.syntax 0-8
# fixed:         z = 2
