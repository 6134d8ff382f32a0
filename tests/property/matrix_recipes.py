"""Ways to use products and linear algebra in a random program."""

from __future__ import annotations

from tests.property.array_recipes import matrix
from tests.property.draw import Draw, Expr, bracketed
from tests.property.recipes import recipe


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


@recipe("matrix_norm")
def norm_of_matrix(d: Draw) -> Expr:
    a = d.rng.choice((square, matrix))(d)
    orders = ("'fro'", "1", "-1", "inf", "-inf", "2", "-2", "'nuc'")
    order = d.rng.choice(orders[:5] if d.wild else orders)
    return Expr(f"{d.rng.choice(('', 'torch.linalg.'))}matrix_norm({a.text}, {order})", (), 30.0)


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
