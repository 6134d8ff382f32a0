"""One run as forms: its primals, and the sweeps over them, recorded by the rules of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from app.derive.matrix import algebra as al
from app.derive.matrix import arrays as ar
from app.derive.matrix.arrays import SYMBOLIC, Array
from app.derive.matrix.terms import Atom, Form, Monomial, NoForm, identity, of_atom, of_number
from app.engine.tape import NO_ATTRIBUTES
from app.lang.program import Run
from app.ops.op import Op
from app.ops.rule import RESULT, Elementwise
from app.ops.stretch import reduced_on
from app.ops.table import OPS
from app.ops.text import CONSTANTS, Call, Term


@dataclass(frozen=True, slots=True)
class Contribution:
    """One step of the reverse sweep: what a node passes to one of its operands."""

    node: int
    to: int
    slot: int
    value: Form
    adjoint: Form
    """The adjoint of the operand after it."""


@dataclass(slots=True)
class Recorded:
    """The primals of a run as forms; None where the notation has none, with the reason."""

    run: Run
    primals: list[Array | None]
    reasons: dict[int, str]


def recorded(run: Run, symbols: Mapping[str, Atom]) -> Recorded:
    """The nodes of a run as forms of its inputs."""
    tape = run.tape
    names = {node: name for name, node in run.inputs.items()}
    found = Recorded(run, [], {})
    for node, rule in enumerate(tape.rules):
        value = tape.values[node]
        try:
            if node in names:
                made = Array(of_atom(symbols[names[node]]), np.shape(value), value)
            elif rule is None:
                made = ar.array(value)
            else:
                operands = [_known(found, i) for i in tape.inputs[node]]
                made = forward(rule, operands, dict(tape.attributes.get(node, NO_ATTRIBUTES)))  # type: ignore[arg-type]  # rules are Ops
                made = Array(made.form, np.shape(value), value)
            found.primals.append(made)
        except NoForm as error:
            found.reasons[node] = str(error)
            found.primals.append(None)
    return found


def _known(found: Recorded, node: int) -> Array:
    """The form of a node; raises NoForm with the reason why there is none."""
    made = found.primals[node]
    if made is None:
        raise NoForm(found.reasons[node])
    return made


def forward(op: Op, operands: Sequence[Array], attributes: dict[str, Any]) -> Array:
    """The result of an operation as a form."""
    special = SPECIAL.get(op.name)
    if special is not None:
        return special(*operands, **attributes)
    if op.elementwise and op.name not in ar._OWN:  # noqa: SLF001  one table, in two rooms
        defaults = {p.name: p.default for p in op.parameters if not p.operand}
        given = [(k, v) for k, v in attributes.items() if v != defaults.get(k)]
        return ar.applied(op, operands, given)
    own: Array = getattr(SYMBOLIC, op.name)(*operands, **attributes)
    return own


def _mean(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    """The sum over its count, which stays a letter."""
    dims = range(x.ndim) if dim is None else [d % x.ndim for d in ((dim,) if isinstance(dim, int) else dim)]
    count = of_number(1)
    for d in dims:
        count = al.scale(count, al.size(x.shape[d]))
    summed = ar.total(x, dim, keepdim)
    return Array(al.scale(al.power(count, Fraction(-1)), summed.form), summed.shape)


def _norm(x: Array, p: Any = "fro", dim: Any = None, keepdim: bool = False) -> Array:
    if dim is not None or keepdim:
        raise NoForm("norms of rows or columns have no matrix notation")
    if p in ("fro", 2, None):
        return ar.norm(x)
    if p == 1:
        return ar.total(ar.applied(_op("abs"), [x]))
    raise NoForm(f"the norm of order {p} has no closed form here")


def _soft(name: str) -> Callable[..., Array]:
    def function(x: Array, dim: int | None = None, **_: Any) -> Array:
        if x.ndim != 1:
            raise NoForm(f"{name} of rows or columns has no matrix notation")
        made = ar.applied(_op(name), [x], [("dim", 0)], whole=True)
        if name == "logsumexp":
            (atom,) = made.form.terms[0].chain
            return Array(of_atom(Atom("function", (1, 1), atom.args, name, options=atom.options, traits=atom.traits)), ())
        return made

    return function


def _op(name: str) -> Op:
    return OPS[name]


def _unmoved(x: Array, **attributes: Any) -> Array:
    if any(attributes.values()):
        raise NoForm("other diagonals than the main one have no matrix notation")
    return ar.diag(x)


def _diagonal(x: Array, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Array:
    if offset or (dim1, dim2) not in ((0, 1), (-2, -1)):
        raise NoForm("other diagonals than the main one have no matrix notation")
    return ar.diag(x)


def _transposed(x: Array, dim0: int, dim1: int) -> Array:
    return x if dim0 % x.ndim == dim1 % x.ndim else ar.t(x)


def _mse(x: Array, y: Array, reduction: str = "mean") -> Array:
    squares = ar.power(x - y, 2)
    reduced: dict[str, Callable[..., Array]] = {"mean": _mean, "sum": ar.total, "none": ar.array}
    return reduced[reduction](squares)


SPECIAL: dict[str, Callable[..., Array]] = {
    "mean": _mean, "norm": _norm, "logsumexp": _soft("logsumexp"), "softmax": _soft("softmax"), "log_softmax": _soft("log_softmax"),
    "diag": lambda x, diagonal=0: _unmoved(x, diagonal=diagonal), "diagonal": _diagonal, "diag_embed": lambda x, **a: _unmoved(x),
    "transpose": _transposed, "permute": lambda x, dims: x if tuple(dims) == tuple(range(x.ndim)) else ar.t(x),
    "mse_loss": _mse, "detach": ar.array,
}  # fmt: skip
"""Operations whose attributes matter to their form."""


# ------------------------------------------------------------ partials


def evaluated(term: Term, variables: Mapping[str, Any]) -> Any:
    """Rule text as a form; the singular cases of a rule are points, of which a formula does not speak."""
    if isinstance(term, Call):
        if term.name == "singular":
            return evaluated(term.args[2], variables)
        values = [evaluated(a, variables) for a in term.args]
        return getattr(SYMBOLIC, term.name)(*values)
    if isinstance(term, str):
        return variables[term] if term in variables else CONSTANTS[term]
    return term


def partial(op: Elementwise, slot: int, z: Array, operands: Sequence[Array], attributes: Mapping[str, Any]) -> Any:
    """The local derivative of an elementwise operation, as its rule writes it."""
    variables: dict[str, Any] = dict(zip(op.operands, operands, strict=True)) | {RESULT: z}
    if op.attributes:
        variables |= zip((p.name for p in op.attributes), op.settings(attributes), strict=True)
    term = op.partials[slot]
    return evaluated(0 if term is None else term, variables)


def pull(op: Op, slot: int, bar: Array, z: Array, operands: Sequence[Array], attributes: Mapping[str, Any]) -> Array:
    """What a node passes to an operand: its adjoint through the rule."""
    own = PULLS.get(op.name)
    if own is not None:
        made = own(slot, bar, z, *operands, **attributes)
    elif isinstance(op, Elementwise):
        whole = ar.broadcast_to(ar.mul(bar, partial(op, slot, z, operands, attributes)), z.shape)
        made = reduced_on(SYMBOLIC, whole, operands[slot].shape, z.shape)
    else:
        made = op.vjp(SYMBOLIC, slot, bar, z, operands, attributes)
    return ar.broadcast_to(made, operands[slot].shape)


def push(op: Op, slot: int, dot: Array, z: Array, operands: Sequence[Array], attributes: Mapping[str, Any]) -> Array:
    """What the tangent of an operand brings to the node."""
    if isinstance(op, Elementwise):
        return ar.broadcast_to(ar.mul(dot, partial(op, slot, z, operands, attributes)), z.shape)
    if op.name in PUSHES:
        return PUSHES[op.name](slot, dot, z, *operands, **attributes)
    made = op.jvp(SYMBOLIC, slot, dot, z, operands, attributes)
    return ar.broadcast_to(made, z.shape)


def _powers(x: Array, n: int, around: Callable[[Array, Array], Array]) -> Array:
    """Σ of the products with the i-th factor changed."""
    if n < 1:
        raise NoForm("matrix_power has a closed form here for powers from 1 on; write inv for others")
    terms = [around(ar.matrix_power(x, i), ar.matrix_power(x, n - 1 - i)) for i in range(n)]
    return sum(terms[1:], terms[0])


def _kron_pull(slot: int, bar: Array, z: Array, a: Array, b: Array) -> Array:
    """Where the adjoint is a Kronecker product P ⊗ Q itself: ⟨A, P⟩ Q for B, ⟨B, Q⟩ P for A."""
    parts = []
    mine, other = (a, b) if slot == 0 else (b, a)
    for term in bar.form.terms:
        outer = Form((1, 1), (Monomial(term.number, term.scalars),))
        if not term.chain:
            pair = (identity(a.shape[0]), identity(b.shape[0]))
        elif len(term.chain) == 1 and term.chain[0].kind == "kron":
            pair = term.chain[0].args  # type: ignore[assignment]  # a Kronecker product has two
        else:
            raise NoForm("what comes back through a Kronecker product has no matrix notation here")
        kept, used = pair if slot == 0 else pair[::-1]
        inner = ar.trace(ar.matmul(ar.t(other), Array(used, other.shape)))
        parts.append(ar.mul(Array(outer, ()), ar.mul(inner, Array(kept, mine.shape))))
    return sum(parts[1:], parts[0])


def _norm_gradient(bar: Array, z: Array, x: Array) -> Array:
    return ar.mul(ar.mul(bar, ar.power(z, -1)), x)


def _norm_pull(slot: int, bar: Array, z: Array, x: Array, p: Any = "fro", **_: Any) -> Array:
    return ar.mul(bar, ar.applied(_op("sign"), [x])) if p == 1 else _norm_gradient(bar, z, x)


def _norm_push(slot: int, dot: Array, z: Array, x: Array, p: Any = "fro", **_: Any) -> Array:
    return _inner(_norm_pull(0, ar.array(1.0), z, x, p), dot)


def _inner(a: Array, b: Array) -> Array:
    """⟨a, b⟩."""
    return ar.trace(ar.matmul(ar.t(a), b)) if a.ndim == 2 else ar.matmul(a, b) if a.ndim else ar.mul(a, b)


def _mean_pull(slot: int, bar: Array, z: Array, x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    return ar.mul(_spread(bar, x, dim), _share(x, dim))


def _share(x: Array, dim: Any) -> Array:
    """One over the count."""
    dims = range(x.ndim) if dim is None else [d % x.ndim for d in ((dim,) if isinstance(dim, int) else dim)]
    made = of_number(1)
    for d in dims:
        made = al.scale(made, al.power(al.size(x.shape[d]), Fraction(-1)))
    return Array(made, ())


def _spread(bar: Array, x: Array, dim: Any) -> Array:
    if dim is not None:
        dims = [d % x.ndim for d in ((dim,) if isinstance(dim, int) else dim)]
        bar = ar.reshape(bar, [1 if i in dims else n for i, n in enumerate(x.shape)])
    return ar.broadcast_to(bar, x.shape)


def _mse_pull(slot: int, bar: Array, z: Array, x: Array, y: Array, reduction: str = "mean") -> Array:
    slope = ar.mul(2 if slot == 0 else -2, x - y)
    if reduction == "mean":
        slope = ar.mul(slope, _share(x, None))
    return ar.mul(bar, slope)


def _solve_pull(slot: int, bar: Array, z: Array, A: Array, b: Array) -> Array:
    """A⁻ᵀ bar for b; minus that, times zᵀ, for A."""
    back = ar.matmul(ar.t(ar.inv(A)), bar)
    if slot:
        return back
    return ar.neg(ar.outer(back, z) if b.ndim == 1 else ar.matmul(back, ar.t(z)))


PULLS: dict[str, Callable[..., Array]] = {
    "trace": lambda slot, bar, z, x: ar.mul(bar, Array(identity(x.shape[0]), x.shape)),
    "kron": _kron_pull,
    "matrix_power": lambda slot, bar, z, x, n: _powers(ar.t(x), n, lambda left, right: left @ bar @ right),
    "norm": _norm_pull, "mean": _mean_pull, "mse_loss": _mse_pull,
    "logdet": lambda slot, bar, z, x: ar.mul(bar, ar.t(ar.inv(x))),
    "diag": lambda slot, bar, z, x, **_: ar.diag(bar), "diagonal": lambda slot, bar, z, x, **_: ar.diag(bar),
    "transpose": lambda slot, bar, z, x, dim0, dim1: _transposed(bar, dim0, dim1),
    "permute": lambda slot, bar, z, x, dims: bar if tuple(dims) == tuple(range(x.ndim)) else ar.t(bar),
    "solve": _solve_pull,
}  # fmt: skip
"""Rules whose matrix form the table's own, made for numbers, does not show: masks, flattened copies, counts."""

PUSHES: dict[str, Callable[..., Array]] = {
    "trace": lambda slot, dot, z, x: ar.trace(dot),
    "matrix_power": lambda slot, dot, z, x, n: _powers(x, n, lambda left, right: left @ dot @ right),
    "norm": _norm_push, "mean": lambda slot, dot, z, x, **a: _mean(dot, **a),
    "logdet": lambda slot, dot, z, x: ar.trace(ar.matmul(ar.inv(x), dot)),
    "det": lambda slot, dot, z, x: ar.mul(ar.det(x), ar.trace(ar.matmul(ar.inv(x), dot))),
    "diag": lambda slot, dot, z, x, **_: ar.diag(dot), "diagonal": lambda slot, dot, z, x, **_: ar.diag(dot),
    "transpose": lambda slot, dot, z, x, dim0, dim1: _transposed(dot, dim0, dim1),
    "permute": lambda slot, dot, z, x, dims: dot if tuple(dims) == tuple(range(x.ndim)) else ar.t(dot),
    "mse_loss": lambda slot, dot, z, x, y, reduction="mean": _inner(_mse_pull(slot, ar.array(1.0), z, x, y, reduction), dot),
}  # fmt: skip


# ------------------------------------------------------------ sweeps


def reverse(found: Recorded, seed: Form | None = None) -> tuple[dict[int, Array], list[Contribution]]:
    """The reverse sweep from the one output, a number: adjoints by node, and every contribution in order."""
    run, tape = found.run, found.run.tape
    (_, out) = run.outputs[0]
    bars: dict[int, Array] = {out: Array(seed or of_number(1), ())}
    steps: list[Contribution] = []
    for node in range(out, -1, -1):
        rule = tape.rules[node]
        if node not in bars or rule is None:
            continue
        op: Op = rule  # type: ignore[assignment]  # the rules of this project are Ops
        attributes = tape.attributes.get(node, NO_ATTRIBUTES)
        shapes = [np.shape(tape.values[i]) for i in tape.inputs[node]]
        for slot, to in enumerate(tape.inputs[node]):
            if not tape.live[to] or op.blocks(slot, shapes, attributes):
                continue
            operands = [_known(found, i) for i in tape.inputs[node]]
            value = pull(op, slot, bars[node], _known(found, node), operands, attributes)
            bars[to] = value + bars[to] if to in bars else value  # the first statement's part first, as it is read
            steps.append(Contribution(node, to, slot, value.form, bars[to].form))
    return bars, steps


def tangents(found: Recorded, seeds: Mapping[int, Array]) -> tuple[dict[int, Array], list[int]]:
    """The forward sweep from tangents of inputs: tangents by node, and the nodes in order."""
    tape = found.run.tape
    dots = dict(seeds)
    for node, rule in enumerate(tape.rules):
        if rule is None or not tape.live[node]:
            continue
        op: Op = rule  # type: ignore[assignment]  # see above
        attributes = tape.attributes.get(node, NO_ATTRIBUTES)
        shapes = [np.shape(tape.values[i]) for i in tape.inputs[node]]
        for slot, to in enumerate(tape.inputs[node]):
            if to in dots and not op.blocks(slot, shapes, attributes):
                operands = [_known(found, i) for i in tape.inputs[node]]
                part = push(op, slot, dots[to], _known(found, node), operands, attributes)
                dots[node] = dots[node] + part if node in dots else part
    return dots, sorted(dots)
