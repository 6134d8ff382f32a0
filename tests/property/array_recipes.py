"""Ways to use reductions, losses and signals in a random program."""

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


# ---------------------------------------------------------------- reductions


@recipe("sum", "mean", "amax", "amin", "var", "std", "norm", "logsumexp", "prod")
def reduced(d: Draw) -> Expr:
    x = tensor(d, limit=6.0)
    name = d.rng.choice(("sum", "mean", "amax", "amin", "var", "std", "norm", "logsumexp", "prod"))
    count = prod(x.shape)
    bound = {"sum": count * x.bound, "norm": count * x.bound, "var": 4 * x.bound**2, "prod": 1e3}.get(name, x.bound + 4)
    if name == "prod":
        x = d.tame(x, 1.5)
    if name in ("var", "std") and 1 in x.shape and not d.wild:  # of one element they are 0/0
        name = "mean"
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
