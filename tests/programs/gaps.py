y = 1 +  # expect: source.syntax 6-7
# fixed: y = 1
# %%
y =  # expect: source.syntax 2-3
# %%
y = x * / 2  # expect: source.syntax 6-9
# %%
y = (x + )  # expect: source.syntax 7-10
# fixed: y = (x )
# %%
y = [1,, 2]  # expect: source.syntax 7-8
# fixed: y = [1, 2]
# %%
y = x.  # expect: source.syntax 5-6
# %%
x++  # expect: source.syntax 0-3
# fixed: x += 1
# %%
y = a && b  # expect: source.syntax 6-8
# %%
y = a || b  # expect: source.syntax 6-8
# %%
y = 2 if a =< b else 3  # expect: source.syntax 11-13
# fixed: y = 2 if a <= b else 3
# %%
y = 2 if a <> b else 3  # expect: source.syntax 11-13
# fixed: y = 2 if a != b else 3
# %%
y = 1.2.3  # expect: source.syntax 4-9
# fixed: y = 1.23
# %%
y = 007  # expect: source.syntax 4-7
# fixed: y = 7
# %%
y = x if x > 0  # expect: source.syntax 4-14
# %%
y = /x  # expect: source.syntax 4-5
