"""One name, several operations: which one is meant shows in the dialect, the arguments, or only in the shapes at run time."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from app.core.diagnostic import ProgramError
from app.lang.binding import Argument, Arguments, attribute, bind_rule, placed
from app.lang.compiler import Closure, Compiler
from app.lang.operands import static
from app.lang.values import NOTHING, Frame, Plain, Sequence
from app.ops.op import NO_ATTRIBUTES, REQUIRED, Parameter, Shape, shape_of, signature
from app.ops.table import OPS

Overload = Callable[[Compiler, ast.Call, Arguments], Closure]

# ---------------------------------------------------------------- extremes: max, min, median, clamp


def _extreme(pair: str) -> Overload:
    """max and min: of a whole tensor, along a dimension (values and indices), or of two values."""

    def overloaded(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
        name = {"maximum": "max", "minimum": "min"}[pair]
        along = OPS[f"{name}_dim"]
        if len(arguments.positional) == 1 and not set(arguments.keywords) & {"dim", "keepdim"}:
            return bind_rule(c, node, OPS[name], arguments)
        if len(arguments.positional) != 2 or arguments.keywords:
            return bind_rule(c, node, along, arguments)
        (first, first_site), (second, second_site) = arguments.positional

        def run(frame: Frame) -> Any:
            x, y = first(frame), second(frame)
            if type(y) is Plain and type(y.value) is int and type(x) is int and shape_of(c.recorder.values[x]):
                return c.apply(along, (x,), {"dim": y.value, "keepdim": False}, node)
            return c.apply(OPS[pair], (c.node_of(x, first_site), c.node_of(y, second_site)), NO_ATTRIBUTES, node)

        return run

    return overloaded


def _median(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """median: of a whole tensor, or along a dimension (values and indices)."""
    whole = len(arguments.positional) == 1 and not arguments.keywords
    return bind_rule(c, node, OPS["median" if whole else "median_dim"], arguments)


def _clamp(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """clamp: between numbers, which are attributes, or between tensors, which are operands."""
    rule = OPS["clamp"]
    taken = placed(c, node, "clamp", rule.parameters, arguments)
    (x, site), lower, upper = taken["x"][0], taken.get("min"), taken.get("max")

    def run(frame: Frame) -> Any:
        operand = c.node_of(x(frame), site)
        bounds = [b[0][0](frame) if b else NOTHING for b in (lower, upper)]
        if not any(isinstance(b, (int, Sequence)) for b in bounds):
            low, high = (static(c.recorder, b, node) for b in bounds)
            return c.apply(rule, (operand,), {"min": low, "max": high}, node)
        ends = [Plain(infinity, node) if b is NOTHING else b for b, infinity in zip(bounds, (float("-inf"), float("inf")), strict=True)]
        return c.apply(OPS["clamp_tensor"], (operand, *(c.node_of(b, node) for b in ends)), NO_ATTRIBUTES, node)

    return run


# ---------------------------------------------------------------- one operation with other defaults


def _reader(
    c: Compiler, node: ast.Call, name: str, parameters: tuple[Parameter, ...], arguments: Arguments
) -> Callable[[Frame], tuple[tuple[int, ...], dict[str, Any]]]:
    """The closure that gives the nodes of the operands, and the attributes, of a call with these parameters."""
    taken = placed(c, node, name, parameters, arguments)
    operands: list[Argument] = [taken[p.name][0] for p in parameters if p.operand]
    attributes = [(p, taken[p.name]) for p in parameters if not p.operand and taken.get(p.name)]
    base = {p.name: p.default for p in parameters if not p.operand and p.default is not REQUIRED}

    def read(frame: Frame) -> tuple[tuple[int, ...], dict[str, Any]]:
        nodes = tuple([c.node_of(closure(frame), site) for closure, site in operands])
        return nodes, base | {p.name: attribute(c, frame, p, closures) for p, closures in attributes}

    return read


def _with_defaults(name: str, defaults: Mapping[str, Any]) -> Overload:
    """An operation whose attributes have other defaults here."""
    rule = OPS[name]
    parameters = tuple(Parameter(p.name, p.operand, p.variadic, defaults.get(p.name, p.default)) for p in rule.parameters)

    def overloaded(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
        read = _reader(c, node, name, parameters, arguments)

        def run(frame: Frame) -> Any:
            operands, given = read(frame)
            return c.apply(rule, operands, given, node)

        return run

    return overloaded


def _flattened(name: str) -> Overload:
    """numpy's cumsum and cumprod: without a dimension they go over all entries in a row."""
    rule, parameters = OPS[name], signature("x; dim=None")

    def overloaded(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
        read = _reader(c, node, name, parameters, arguments)

        def run(frame: Frame) -> Any:
            (x,), given = read(frame)
            if given["dim"] is None:
                given["dim"] = 0
                if len(shape_of(c.recorder.values[x])) != 1:
                    x = c.apply(OPS["flatten"], (x,), {"start_dim": 0, "end_dim": -1}, node)
            return c.apply(rule, (x,), given, node)

        return run

    return overloaded


def _flip(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """numpy's flip: without a dimension it goes over all of them."""
    if len(arguments.positional) + len(arguments.keywords) > 1:
        return bind_rule(c, node, OPS["flip"], arguments)
    read = _reader(c, node, "flip", signature("x"), arguments)

    def run(frame: Frame) -> Any:
        (x,), _ = read(frame)
        return c.apply(OPS["flip"], (x,), {"dims": tuple(range(len(shape_of(c.recorder.values[x]))))}, node)

    return run


def _cross(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """torch.cross: without a dimension it takes the first one of size 3, not the last."""
    read = _reader(c, node, "cross", signature("a, b; dim=None"), arguments)

    def run(frame: Frame) -> Any:
        operands, given = read(frame)
        if given["dim"] is None:
            shape = shape_of(c.recorder.values[operands[0]])
            given["dim"] = shape.index(3) if 3 in shape else -1
        return c.apply(OPS["cross"], operands, given, node)

    return run


# ---------------------------------------------------------------- svd


def _svd(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """svd(A, full_matrices=False): the reduced one, which is the full one of a square matrix."""
    read = _reader(c, node, "svd", signature("A; full_matrices=False"), arguments)

    def run(frame: Frame) -> Any:
        (A,), given = read(frame)
        sides = shape_of(c.recorder.values[A])[-2:]
        if not isinstance(given["full_matrices"], int):
            raise c.recorder.fail("type.mismatch", "full_matrices is True or False.", node)
        if given["full_matrices"] and len(set(sides)) > 1:
            raise c.recorder.fail("call.arguments", "Here is only the reduced svd.", node, "Write full_matrices=False.")
        return c.apply(OPS["svd"], (A,), NO_ATTRIBUTES, node)

    return run


def _old_svd(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """torch.svd(A) and A.svd(): the third result is V, not Vᵀ."""
    read = _reader(c, node, "svd", signature("A"), arguments)

    def run(frame: Frame) -> Any:
        operands, given = read(frame)
        u, s, vh = c.apply(OPS["svd"], operands, given, node)
        return u, s, c.apply(OPS["transpose"], (vh,), {"dim0": -2, "dim1": -1}, node)

    return run


# ---------------------------------------------------------------- norms


def _linalg_norm(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """linalg.norm: of a matrix as a map where an order is given, otherwise of the entries."""
    read = _reader(c, node, "norm", signature("x; p=None, dim=None, keepdim=False"), arguments)

    def run(frame: Frame) -> Any:
        (x,), given = read(frame)
        shape = shape_of(c.recorder.values[x])
        if not _is_of_matrices(c, node, shape, given):
            return c.apply(OPS["norm"], (x,), _of_entries(c, node, given), node)
        given = {**given, "p": "fro" if given["p"] is None else given["p"], "dim": given["dim"] or (-2, -1)}
        return c.apply(OPS["matrix_norm"], (x,), given, node)

    return run


def _is_of_matrices(c: Compiler, node: ast.Call, shape: Shape, given: Mapping[str, Any]) -> bool:
    """Whether linalg.norm with these arguments is a norm of matrices."""
    p, dim = given["p"], given["dim"]
    if dim is not None:
        count = len(dim) if isinstance(dim, tuple) else 1
        if count not in (1, 2):
            raise _no_norm(c, node, f"goes over one dimension or over two, not over {count}")
        return count == 2
    if p is not None and len(shape) not in (1, 2):
        raise _no_norm(c, node, f"with an order takes a vector or a matrix, not a tensor with {len(shape)} dimensions")
    return p is not None and len(shape) == 2


def _of_entries(c: Compiler, node: ast.Call, given: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of a norm of vectors."""
    if isinstance(given["p"], str):
        raise _no_norm(c, node, f"of vectors has no order {given['p']!r}")
    return {**given, "p": 2 if given["p"] is None else given["p"]}


def _no_norm(c: Compiler, node: ast.Call, why: str) -> ProgramError:
    return c.recorder.fail("call.arguments", f"linalg.norm {why}.", node, "norm(x, p) is the norm of all entries.")


def _vector_norm(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """linalg.vector_norm: of the entries, whatever their shape."""
    read = _reader(c, node, "vector_norm", signature("x; p=2, dim=None, keepdim=False"), arguments)

    def run(frame: Frame) -> Any:
        operands, given = read(frame)
        return c.apply(OPS["norm"], operands, _of_entries(c, node, given), node)

    return run


OVERLOADS: dict[str, Overload] = {
    "max": _extreme("maximum"),
    "min": _extreme("minimum"),
    "median": _median,
    "clamp": _clamp,
    "clip": _clamp,
    "svd": _svd,
    "vector_norm": _vector_norm,
    "torch.cross": _cross,
    "torch.svd": _old_svd,
    "numpy.flip": _flip,
    "numpy.cumsum": _flattened("cumsum"),
    "numpy.cumprod": _flattened("cumprod"),
    "math.prod": _with_defaults("prod", {"dim": 0}),
    "linalg.norm": _linalg_norm,
    "linalg.diagonal": _with_defaults("diagonal", {"dim1": -2, "dim2": -1}),
}
"""By name, or by what a dialect means with a name (``dialects.MEANINGS``)."""
