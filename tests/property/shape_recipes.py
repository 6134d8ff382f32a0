"""Ways to reshape, join, pick from and create arrays in a random program."""

from __future__ import annotations

from math import prod

from tests.property.array_recipes import matrix, tensor
from tests.property.draw import LARGE, Draw, Expr, Shape, bracketed
from tests.property.recipes import recipe


@recipe("tril", "triu", "diag", "diagonal", "transpose", "t", "T")
def of_matrix(d: Draw) -> Expr:
    a = matrix(d, limit=LARGE)
    rows, columns = a.shape
    text = bracketed(a.text)
    ways = [
        (f"tril({a.text})", a.shape),
        (f"triu({a.text}, 1)", a.shape),
        (f"diag({a.text})", (min(rows, columns),)),
        (f"{text}.t()", (columns, rows)),
        (f"diagonal({a.text})", (min(rows, columns),)),
        (f"transpose({a.text}, 0, 1)", (columns, rows)),
        (f"{text}.T", (columns, rows)),
        (f"tril({a.text}, -1)", a.shape),
    ]
    made, shape = d.rng.choice(ways)
    return Expr(made, shape, a.bound)


@recipe("diag")
def diagonal_matrix(d: Draw) -> Expr:
    v = d.operand((d.side(),))
    return Expr(f"diag({v.text})", v.shape * 2, v.bound)


@recipe("reshape", "flatten", "permute", "squeeze", "unsqueeze", "expand", "broadcast_to", "flip", "roll", "repeat", "transpose")
def reshaped(d: Draw) -> Expr:
    x = tensor(d)
    s, text, rank = x.shape, bracketed(x.text), len(x.shape)
    order = d.rng.sample(range(rank), rank)
    dim = d.rng.randrange(rank)
    front = d.rng.choice((2, 3))
    ways = [
        (f"{text}.reshape(-1)", (prod(s),)),
        (f"flatten({x.text})", (prod(s),)),
        (f"reshape({x.text}, ({s[0]}, -1))", (s[0], prod(s[1:]))),
        (f"permute({x.text}, {tuple(order)})", tuple(s[i] for i in order)),
        (f"unsqueeze({x.text}, {dim})", (*s[:dim], 1, *s[dim:])),
        (f"squeeze(unsqueeze({x.text}, 0), 0)", s),
        (f"{text}.expand({', '.join(map(str, (front, *s)))})", (front, *s)),
        (f"broadcast_to({x.text}, {(front, *s)})", (front, *s)),
        (f"flip({x.text}, ({dim},))", s),
        (f"roll({x.text}, 1, {dim})", s),
        (f"{text}.repeat({', '.join('2' if i == dim else '1' for i in range(rank))})", (*s[:dim], 2 * s[dim], *s[dim + 1 :])),
        (f"transpose({x.text}, {dim}, -1)", swapped(s, dim)),
        (f"roll({x.text}, 1)", s),
        (f"{text}.reshape(-1).view({', '.join(map(str, s))})", s),
    ]
    made, shape = d.rng.choice(ways)
    return Expr(made, shape, x.bound)


def swapped(s: Shape, dim: int) -> Shape:
    sides = list(s)
    sides[dim], sides[-1] = sides[-1], sides[dim]
    return tuple(sides)


@recipe("movedim", "clone", "tile", "repeat_interleave", "index_select", "sum_to_size")
def rearranged(d: Draw) -> Expr:
    x = tensor(d)
    s, text, rank = x.shape, bracketed(x.text), len(x.shape)
    dim = d.rng.randrange(rank)
    taken = [d.rng.randrange(s[dim]) for _ in range(2)]
    ways = [
        (f"movedim({x.text}, {dim}, 0)", (s[dim], *s[:dim], *s[dim + 1 :])),
        (f"{text}.clone()", s),
        (f"tile({x.text}, (2,))", (*s[:-1], 2 * s[-1])),
        (f"repeat_interleave({x.text}, 2, dim={dim})", (*s[:dim], 2 * s[dim], *s[dim + 1 :])),
        (f"index_select({x.text}, {dim}, {taken})", (*s[:dim], 2, *s[dim + 1 :])),
        (f"{text}.sum_to_size({', '.join('1' if i == dim else str(side) for i, side in enumerate(s))})", (*s[:dim], 1, *s[dim + 1 :])),
    ]
    made, shape = d.rng.choice(ways)
    return Expr(made, shape, x.bound * 4)


@recipe("cat", "stack", "hstack", "vstack")
def joined(d: Draw) -> Expr:
    x = tensor(d, 1, 2)
    y = d.operand(x.shape)
    ways = [
        (f"cat([{x.text}, {y.text}])", (2 * x.shape[0], *x.shape[1:])),
        (f"torch.cat(({x.text}, {y.text}, {x.text}), dim=0)", (3 * x.shape[0], *x.shape[1:])),
        (f"stack([{x.text}, {y.text}])", (2, *x.shape)),
        (f"hstack([{x.text}, {y.text}])", (2 * x.shape[0],) if len(x.shape) == 1 else (x.shape[0], 2 * x.shape[1])),
        (f"vstack([{x.text}, {y.text}])", (2, x.shape[0]) if len(x.shape) == 1 else (2 * x.shape[0], x.shape[1])),
        (f"stack([{x.text}, {y.text}], dim=-1)", (*x.shape, 2)),
        (f"np.concatenate([{x.text}, {y.text}], axis=-1)", (*x.shape[:-1], 2 * x.shape[-1])),
    ]
    made, shape = d.rng.choice(ways)
    return Expr(made, shape, max(x.bound, y.bound))


@recipe("index", "gather")
def picked(d: Draw) -> Expr:
    x = matrix(d, limit=LARGE)
    rows, columns = x.shape
    text = bracketed(x.text)
    i, j = d.rng.randrange(-rows, rows), d.rng.randrange(columns)
    taken = [d.rng.randrange(columns) for _ in range(3)]
    index = [[d.rng.randrange(columns) for _ in range(2)] for _ in range(rows)]
    ways = [
        (f"{text}[{i}]", (columns,)),
        (f"{text}[{i}, {j}]", ()),
        (f"{text}[:, {j}]", (rows,)),
        (f"{text}[{i}, :]", (columns,)),
        (f"{text}[1:]", (rows - 1, columns)),
        (f"{text}[::2]", ((rows + 1) // 2, columns)),
        (f"{text}[:, {taken}]", (rows, 3)),
        (f"gather({x.text}, 1, {index})", (rows, 2)),
        (f"{text}[None]", (1, rows, columns)),
        (f"{text}[..., {j}]", (rows,)),
        (f"sum({text}[{text} > 0])", ()),
        (f"{text}[-1][{j}]", ()),
        (f"gather({x.text}, dim=1, index={index})", (rows, 2)),
    ]
    made, shape = d.rng.choice(ways)
    return Expr(made, shape, x.bound * (rows * columns if made.startswith("sum") else 1))


@recipe("creation")
def created(d: Draw) -> Expr:
    x = d.operand(d.shape(d.rng.randint(1, 2)))
    sides = ", ".join(map(str, x.shape))
    other = d.rng.choice(
        (
            f"ones({sides})",
            f"zeros({sides})",
            f"zeros_like({x.text})",
            f"ones_like({x.text})",
            f"full(({sides},), 0.5)",
            f"full_like({x.text}, 2.0)",
            f"randn({sides})",
            f"rand({sides})",
            f"arange({x.shape[-1]})",
            f"linspace(0, 1, {x.shape[-1]})",
        )
    )
    return Expr(f"{bracketed(x.text)} + {other}", x.shape, x.bound + 4)
