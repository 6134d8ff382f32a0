"""Ways to use the array operations in a random program."""

from __future__ import annotations

from math import prod

from tests.property.draw import LARGE, Draw, Expr, Shape, bracketed
from tests.property.recipes import recipe


def along(d: Draw, x: Expr) -> tuple[int, str, Shape]:
    """A dimension of a value, an argument that names it, and the shape without it (or with 1)."""
    dim = d.rng.randrange(len(x.shape))
    keep = d.rng.random() < 0.3
    word = d.rng.choice(("dim", "axis"))
    text = f"{word}={dim - len(x.shape) if d.rng.random() < 0.4 else dim}" + (", keepdim=True" if keep else "")
    shape = x.shape[:dim] + ((1,) if keep else ()) + x.shape[dim + 1 :]
    return dim, text, shape


def tensor(d: Draw, least: int = 1, most: int = 3, limit: float = LARGE) -> Expr:
    """A value with dimensions."""
    return d.operand(d.shape(d.rng.randint(least, most)), limit)


def matrix(d: Draw, rows: int | None = None, columns: int | None = None, limit: float = 5.0) -> Expr:
    return d.operand((rows or d.side(), columns or d.side()), limit)


def square(d: Draw) -> Expr:
    """A well-conditioned square matrix."""
    n = d.rng.choice((2, 2, 3))
    e = d.operand((n, n), 1.0)
    return Expr(f"({bracketed(e.text)} + {n + 1} * eye({n}))", (n, n), n + 2.0)


def definite(d: Draw) -> Expr:
    """A symmetric positive definite matrix with distinct eigenvalues."""
    n = d.rng.choice((2, 2, 3))
    e = d.operand((n, n), 1.0)
    text = bracketed(e.text)
    steps = ", ".join(str(1.0 + 1.5 * i) for i in range(n))
    return Expr(f"({text} @ {text}.T + diag([{steps}]))", (n, n), 12.0)


# ---------------------------------------------------------------- reductions


@recipe("sum", "mean", "amax", "amin", "var", "std", "norm", "logsumexp", "prod")
def reduced(d: Draw) -> Expr:
    x = tensor(d, limit=6.0)
    name = d.rng.choice(("sum", "mean", "amax", "amin", "var", "std", "norm", "logsumexp", "prod"))
    count = prod(x.shape)
    bound = {"sum": count * x.bound, "norm": count * x.bound, "var": 4 * x.bound**2, "prod": 1e3}.get(name, x.bound + 4)
    if name == "prod":
        x = d.tame(x, 1.5)
    if name in ("var", "std"):
        x = Expr(f"{bracketed(x.text)} + {distinct(x.shape)}", x.shape, x.bound + 3)
    if d.rng.random() < 0.4 and name != "logsumexp":
        prefix = d.rng.choice(("", "torch.", "np."))
        return Expr(f"{prefix}{name}({x.text})" if d.rng.random() < 0.6 else f"{bracketed(x.text)}.{name}()", (), bound)
    _, text, shape = along(d, x)
    p = d.rng.choice(("", "", "p=1, ", "p=inf, ", "p=3, ")) if name == "norm" else ""
    options = d.rng.choice(("", "", ", correction=0")) if name in ("var", "std") else ""
    return Expr(f"{name}({x.text}, {p}{text}{options})", shape, bound)


def distinct(shape: Shape) -> str:
    """A constant of this shape without equal entries."""
    sides = ", ".join(map(str, shape))
    return f"linspace(0, 3, {prod(shape)}).reshape({sides})"


@recipe("max", "min", "max_dim", "min_dim", "median", "median_dim", "sort", "cummax", "cummin", "argmax", "argmin", "argsort")
def ordered(d: Draw) -> Expr:
    x = tensor(d, 1, 2)
    name = d.rng.choice(("max", "min", "median", "sort", "cummax", "cummin", "argmax", "argmin", "argsort"))
    dim, text, shape = along(d, x)
    if name in ("max", "min", "median"):
        if d.rng.random() < 0.4:
            return Expr(f"{name}({x.text})", (), x.bound)
        return Expr(f"{name}({x.text}, {text})[0]", shape, x.bound)
    if name in ("argmax", "argmin"):
        return Expr(f"({name}({x.text}, dim={dim}) * {d.number()})", x.shape[:dim] + x.shape[dim + 1 :], 8.0)
    if name == "argsort":
        return Expr(f"(argsort({x.text}, dim={dim}) * {d.number()})", x.shape, 8.0)
    rest = d.rng.choice((", descending=True", "")) if name == "sort" else ""
    return Expr(f"{name}({x.text}, dim={dim}{rest})[0]", x.shape, x.bound)


@recipe("cumsum", "cumprod")
def running(d: Draw) -> Expr:
    x = tensor(d, 1, 2, 1.5)
    name = d.rng.choice(("cumsum", "cumprod"))
    return Expr(f"{name}({x.text}, dim={d.rng.randrange(len(x.shape))})", x.shape, 8.0)


@recipe("softmax", "log_softmax")
def normalised(d: Draw) -> Expr:
    x = tensor(d, limit=8.0)
    name = d.rng.choice(("softmax", "log_softmax", "F.softmax", "torch.log_softmax"))
    return Expr(f"{name}({x.text}, dim={d.rng.randrange(len(x.shape))})", x.shape, 1.0 if "log" not in name else 20.0)


# ---------------------------------------------------------------- losses


@recipe("mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss")
def loss(d: Draw) -> Expr:
    x = tensor(d, limit=6.0)
    y = d.operand(x.shape, 6.0)
    name = d.rng.choice(("mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss", "F.mse_loss"))
    reduction = d.rng.choice(("mean", "sum", "none", ""))
    rest = f", reduction='{reduction}'" if reduction else ""
    return Expr(f"{name}({x.text}, {y.text}{rest})", x.shape if reduction == "none" else (), 100.0 * prod(x.shape))


@recipe("binary_cross_entropy", "binary_cross_entropy_with_logits", "nll_loss")
def cross_entropy_of_two(d: Draw) -> Expr:
    if d.rng.random() < 0.3:
        z = matrix(d)
        return Expr(f"nll_loss(log_softmax({z.text}, dim=1), {[d.rng.randrange(z.shape[1]) for _ in range(z.shape[0])]})", (), 20.0)
    x = tensor(d, limit=4.0)
    y = d.operand(x.shape, 4.0)
    if d.rng.random() < 0.5:
        return Expr(f"binary_cross_entropy_with_logits({x.text}, sigmoid({y.text}))", (), 8.0)
    return Expr(f"binary_cross_entropy(sigmoid({x.text}), sigmoid({y.text}))", (), 8.0)


@recipe("cross_entropy")
def cross_entropy(d: Draw) -> Expr:
    x = matrix(d)
    rows, classes = x.shape
    if d.rng.random() < 0.3:
        y = d.operand(x.shape, 4.0)
        return Expr(f"cross_entropy({x.text}, softmax({y.text}, dim=1))", (), 16.0)
    return Expr(f"cross_entropy({x.text}, {[d.rng.randrange(classes) for _ in range(rows)]})", (), 16.0)


# ---------------------------------------------------------------- products


@recipe("matmul", "mm", "mv", "dot", "vdot", "outer", "inner", "kron", "cross", "bmm")
def multiplied(d: Draw) -> Expr:
    kind = d.rng.choice(
        (
            "matmul",
            "matmul",
            "mm",
            "mv",
            "mv",
            "vm",
            "dot",
            "dot",
            "outer",
            "kron",
            "cross",
            "batch",
            "batch",
            "bmm",
            "bmm",
            "self",
            "inner",
        )
    )
    if kind in ("matmul", "mm"):
        a = matrix(d)
        b = matrix(d, a.shape[1])
        text = f"mm({a.text}, {b.text})" if kind == "mm" else f"{bracketed(a.text)} @ {bracketed(b.text)}"
        return Expr(text, (a.shape[0], b.shape[1]), 4 * a.bound * b.bound)
    if kind == "self":
        n = d.side()
        a = d.operand((n, n), 3.0)
        return Expr(f"{bracketed(a.text)} @ {bracketed(a.text)}", a.shape, 40.0)
    if kind in ("batch", "bmm"):
        a = d.operand((2, d.side(), d.side()), 3.0)
        b = d.operand((2, a.shape[2], 3) if kind == "bmm" else d.rng.choice(((a.shape[2], 2), (2, a.shape[2], 3), (a.shape[2],))), 3.0)
        if len(b.shape) == 3 and d.rng.random() < 0.6:
            return Expr(f"bmm({a.text}, {b.text})", (2, a.shape[1], 3), 40.0)
        tail = (a.shape[1],) + b.shape[-1:] * (len(b.shape) > 1)
        return Expr(f"matmul({a.text}, {b.text})", (2, *tail), 40.0)
    return _of_vectors(d, kind)


def _of_vectors(d: Draw, kind: str) -> Expr:
    if kind in ("mv", "vm"):
        a = matrix(d)
        v = d.operand((a.shape[1] if kind == "mv" else a.shape[0],), 5.0)
        if kind == "mv":
            return Expr(d.rng.choice(("mv({}, {})", "({}) @ ({})")).format(a.text, v.text), (a.shape[0],), 100.0)
        return Expr(f"({v.text}) @ ({a.text})", (a.shape[1],), 100.0)
    if kind == "kron":
        a, b = matrix(d, 2, 2), matrix(d, 2, d.rng.choice((1, 2)))
        return Expr(f"kron({a.text}, {b.text})", (4, 2 * b.shape[1]), 25.0)
    if kind == "cross":
        a, b = d.operand((3,), 5.0), d.input((3,))  # a × a is 0, or the rounding of 0: no ground for a branch
        return Expr(f"cross({a.text}, {b.text}, dim=-1)" if d.rng.random() < 0.5 else f"cross({a.text}, {b.text})", (3,), 50.0)
    a = d.operand((d.side(),), 5.0)
    b = d.operand((d.side(),) if kind == "outer" else a.shape, 5.0)
    kind = d.rng.choice(("dot", "vdot", "inner")) if kind == "dot" else kind
    return Expr(f"{kind}({a.text}, {b.text})", a.shape + b.shape if kind == "outer" else (), 100.0)


@recipe("einsum")
def einsum(d: Draw) -> Expr:
    a = matrix(d, limit=3.0)
    rows, columns = a.shape
    ways = [
        ("'ij->ji'", [], (columns, rows)),
        ("'ij->'", [], ()),
        ("'ij,j->i'", [(columns,)], (rows,)),
        ("'ij,jk->ik'", [(columns, 2)], (rows, 2)),
        ("'ij,ij->'", [a.shape], ()),
        ("'ij,k->ijk'", [(2,)], (rows, columns, 2)),
        ("'ij,j->'", [(columns,)], ()),
        ("'ij,i,j->'", [(rows,), (columns,)], ()),
    ]
    formula, others, shape = d.rng.choice(ways)
    first = f"tensor({a.text})" if a.text.startswith("[") else a.text
    texts = [first] + [d.operand(s, 3.0).text for s in others]
    return Expr(f"einsum({formula}, {', '.join(texts)})", shape, 300.0)


# ---------------------------------------------------------------- linear algebra


@recipe("trace", "det", "slogdet", "logdet", "inv", "pinv", "matrix_power", "matrix_exp", "solve", "qr", "solve_triangular")
def of_square(d: Draw) -> Expr:
    a = square(d)
    n = a.shape[0]
    if d.rng.random() < 0.15:
        b = d.operand((n, 2), 6.0)
        upper = d.rng.random() < 0.5
        return Expr(f"solve_triangular({'triu' if upper else 'tril'}({a.text}), {b.text}, upper={upper})", b.shape, 10.0)
    name = d.rng.choice(("trace", "det", "slogdet", "logdet", "inv", "pinv", "matrix_power", "matrix_exp", "solve", "qr"))
    if name == "solve":
        b = d.operand(d.rng.choice(((n,), (n, 2))), 6.0)
        return Expr(f"solve({a.text}, {b.text})", b.shape, 10.0)
    if name == "qr" and d.wild:  # what LAPACK makes of NaN there is its own affair
        name = "inv"
    if name == "qr":
        return Expr(f"{d.rng.choice(('', 'torch.linalg.'))}qr({a.text})[{d.rng.choice((0, 1))}]", (n, n), 6.0)
    if name == "matrix_power":
        return Expr(f"matrix_power(0.3 * {a.text}, {d.rng.choice((2, 3, -1, 1))})", (n, n), 30.0)
    if name == "matrix_exp":
        return Expr(f"matrix_exp(0.3 * {a.text})", (n, n), 20.0)
    if name in ("inv", "pinv"):
        return Expr(f"{d.rng.choice(('', 'torch.linalg.'))}{name}({a.text})", (n, n), 2.0)
    return Expr(f"{name}({a.text}){'[1]' if name == 'slogdet' else ''}", (), 150.0)


@recipe("pinv", "qr", "svd")
def of_rectangle(d: Draw) -> Expr:
    """A tall or wide matrix with separated singular values."""
    rows, columns = d.rng.choice(((3, 2), (2, 3), (4, 2)))
    e = d.operand((rows, columns), 0.6)
    base = [[0.0] * columns for _ in range(rows)]
    for i in range(min(rows, columns)):
        base[i][i] = 2.0 + 2.5 * i
    text = f"({bracketed(e.text)} + {base})"
    name = d.rng.choice(("pinv", "qr", "svd"))
    least = min(rows, columns)
    if name == "pinv":
        return Expr(f"pinv({text})", (columns, rows), 1.0)
    if name == "qr" and rows > columns and not d.wild:
        shapes = ((rows, least), (least, columns))
        which = d.rng.choice((0, 1))
        return Expr(f"qr({text})[{which}]", shapes[which], 6.0)
    if d.rng.random() < 0.5:
        return Expr(f"svd({text})[1]", (least,), 6.0)
    if d.rng.random() < 0.5:
        return Expr(f"svd({text})[0] * {d.values((rows, least))}", (rows, least), 2.0)
    return Expr(f"svd({text})[2] * {d.values((least, columns))}", (least, columns), 2.0)


@recipe("cholesky", "eigh", "eigvalsh", "logdet")
def of_definite(d: Draw) -> Expr:
    a = definite(d)
    n = a.shape[0]
    name = d.rng.choice(("cholesky", "eigh", "eigvalsh", "logdet", "vectors"))
    if name == "cholesky":
        return Expr(f"cholesky({a.text})", (n, n), 4.0)
    if name == "logdet":
        return Expr(f"logdet({a.text})", (), 10.0)
    if name == "vectors":
        return Expr(f"eigh({a.text})[1] * {d.values((n, n))}", (n, n), 2.0)
    return Expr(f"{name}({a.text}){'[0]' if name == 'eigh' else ''}", (n,), 12.0)


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


# ---------------------------------------------------------------- shapes


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


# ---------------------------------------------------------------- signal


@recipe("conv1d", "conv2d", "avg_pool2d", "max_pool2d")
def filtered(d: Draw) -> Expr:
    name = d.rng.choice(("conv1d", "conv2d", "avg_pool2d", "max_pool2d"))
    if name == "conv1d":
        x, k = d.operand((1, 2, 5), 4.0), d.operand((3, 2, 2), 2.0)
        rest, side = d.rng.choice((("", 4), (", padding=1", 6), (", stride=2", 2)))
        return Expr(f"conv1d({x.text}, {k.text}{rest})", (1, 3, side), 40.0)
    x = d.operand((1, 1, 4, 4), 4.0)
    if name == "conv2d":
        k = d.operand((2, 1, 2, 2), 2.0)
        bias, rest, side = d.rng.choice(
            (("", "", 3), ("", ", padding=1", 5), ("", ", stride=2", 2), (f", {d.operand((2,), 2.0).text}", "", 3))
        )
        return Expr(f"conv2d({x.text}, {k.text}{bias}{rest})", (1, 2, side, side), 40.0)
    options, side = d.rng.choice((("2", 2), ("2, stride=1", 3), ("3, padding=1, stride=2", 2)))
    return Expr(f"{name}({x.text}, {options})", (1, 1, side, side), 4.0)


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
