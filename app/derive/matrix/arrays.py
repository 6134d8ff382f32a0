"""The namespace ``o`` of rules for forms: operations of the language on symbolic arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from app.derive.matrix import algebra as al
from app.derive.matrix.terms import SCALAR, Atom, Form, Monomial, NoForm, Shape, identity, of_atom, of_number, zero
from app.ops.namespace import Operated
from app.ops.op import Op
from app.ops.table import OPS, SPELLINGS


@dataclass(frozen=True, slots=True, eq=False)
class Array(Operated):
    """A symbolic array: its form, its shape as torch has it (with letters as primes), and its primal where the program has it."""

    form: Form
    shape: tuple[int, ...]
    primal: Any = None


def sides(shape: Sequence[int]) -> Shape:
    """Rows and columns of a shape: a vector is a column."""
    if len(shape) > 2:
        raise NoForm("arrays of more than two dimensions have no place in matrix notation")
    return SCALAR if not shape else (shape[0], 1) if len(shape) == 1 else (shape[0], shape[1])


def array(value: Any) -> Array:
    """A number or a plain array as a symbolic one: zeros, ones and identities have a form."""
    if isinstance(value, Array):
        return value
    given = np.asarray(value, dtype=np.float64)
    shape = given.shape
    rows = sides(shape)
    if not shape:
        return Array(of_number(float(given)), (), float(given))
    if not given.any():
        return Array(zero(rows), shape, given)
    first = given.flat[0]
    if (given == first).all():
        return Array(al.scale(of_number(float(first)), al.all_ones(rows)), shape, given)
    if len(shape) == 2 and shape[0] == shape[1] and (given == first * np.eye(shape[0])).all():
        return Array(al.scale(of_number(float(first)), identity(shape[0])), shape, given)
    raise NoForm("an array of numbers has no letter")


# ------------------------------------------------------------ broadcasting


def common(a: Array, b: Array) -> tuple[Array, Array, tuple[int, ...]]:
    """Both stretched to their common shape; numbers stay numbers, since they only scale."""
    shape = np.broadcast_shapes(a.shape, b.shape)
    return broadcast_to(a, shape), broadcast_to(b, shape), shape


def broadcast_to(x: Any, shape: Sequence[int]) -> Array:
    """A number repeated, a vector as every row, a row or column of one repeated."""
    given, shape = array(x), tuple(int(n) for n in shape)
    if given.shape == shape:
        return given
    rows, form = sides(shape), given.form
    if form.is_scalar:
        return Array(al.scale(form, al.all_ones(rows)), shape)
    if given.ndim == 1:
        form = al.transpose(form)
    if form.shape[0] == 1 != rows[0]:
        form = al.times(al.all_ones((rows[0], 1)), form)
    if form.shape[1] == 1 != rows[1]:
        form = al.times(form, al.all_ones((1, rows[1])))
    return Array(form, shape)


def sum_to_size(x: Any, size: Sequence[int]) -> Array:
    """Summed over what was stretched."""
    given, size = array(x), tuple(size)
    if given.shape == size:
        return given
    lead = given.ndim - len(size)
    dims = (*range(lead), *(lead + i for i, n in enumerate(size) if n != given.shape[lead + i]))
    return reshape(total(given, dim=dims), size)


def reshape(x: Any, shape: Sequence[int]) -> Array:
    """Sides of 1 put in or taken out; all else is no matter of matrices."""
    given, shape = array(x), tuple(shape)
    if [n for n in given.shape if n != 1] != [n for n in shape if n != 1]:
        raise NoForm("reshape has no matrix notation")
    form, rows = given.form, sides(shape)
    return Array(form if form.shape == rows else al.transpose(form), shape)


def unsqueeze(x: Any, dim: int) -> Array:
    """A side of 1 put in."""
    given = array(x)
    place = dim % (given.ndim + 1)
    return reshape(given, (*given.shape[:place], 1, *given.shape[place:]))


def squeeze(x: Any, dim: Any = None) -> Array:
    """Sides of 1 taken out."""
    given = array(x)
    places = range(given.ndim) if dim is None else [d % given.ndim for d in ([dim] if isinstance(dim, int) else dim)]
    return reshape(given, [n for i, n in enumerate(given.shape) if not (i in places and n == 1)])


# ------------------------------------------------------------ arithmetic


def add(a: Any, b: Any) -> Array:
    """The sum, broadcast."""
    x, y, shape = common(array(a), array(b))
    return Array(al.add(x.form, y.form), shape)


def neg(a: Any) -> Array:
    """The opposite."""
    x = array(a)
    return Array(al.minus(x.form), x.shape)


def mul(a: Any, b: Any) -> Array:
    """The product element by element: a row or column beside a matrix multiplies as a diagonal matrix."""
    x, y = array(a), array(b)
    shape = np.broadcast_shapes(x.shape, y.shape)
    if x.form.is_scalar or y.form.is_scalar:
        made = al.hadamard(x.form, y.form)
        return Array(made, shape) if made.shape == sides(shape) else broadcast_to(Array(made, made_shape(x, y)), shape)
    return Array(_stretched(x, y) or _stretched(y, x) or al.hadamard(*(v.form for v in common(x, y)[:2])), shape)


def made_shape(x: Array, y: Array) -> tuple[int, ...]:
    """The shape of the one that is no single number."""
    return y.shape if x.form.is_scalar else x.shape


def _stretched(x: Array, y: Array) -> Form | None:
    """A vector or a row times each row of a matrix, a column times each column; None for anything else."""
    whole = sides(np.broadcast_shapes(x.shape, y.shape))
    if y.form.shape != whole or y.ndim != 2:
        return None
    form = al.transpose(x.form) if x.ndim == 1 else x.form
    if form.shape == (1, whole[1]) != whole:
        return al.times(y.form, al.diag(al.transpose(form)))
    if form.shape == (whole[0], 1) != whole:
        return al.times(al.diag(form), y.form)
    return None


def power(a: Any, b: Any) -> Array:
    """Elements to a number's power; a power that is no number is a function of both."""
    x, y = array(a), array(b)
    exponent = y.form.number
    if exponent is None:
        return applied(OPS["pow"], [x, y])
    return Array(al.raised(x.form, exponent), x.shape)


def applied(op: Op, operands: Sequence[Any], options: Sequence[tuple[str, Any]] = (), *, whole: bool = False) -> Array:
    """A function of the table as a factor: element by element, or of the whole array."""
    given = [array(x) for x in operands]
    shape = given[0].shape if whole else np.broadcast_shapes(*(x.shape for x in given))
    rows = sides(shape)
    forms = tuple(x.form if x.form.is_scalar else broadcast_to(x, shape).form for x in given)
    traits = frozenset({"whole"}) if whole else frozenset[str]()
    return Array(of_atom(Atom("function", rows, forms, op.name, options=tuple(options), traits=traits)), tuple(shape))


# ------------------------------------------------------------ products and parts


def matmul(a: Any, b: Any) -> Array:
    """The product of matrices and vectors."""
    x, y = array(a), array(b)
    left = al.transpose(x.form) if x.ndim == 1 else x.form
    made = al.times(left, y.form)
    shape = (*x.shape[:-1], *y.shape[1:])
    if made.shape != sides(shape):
        made = al.transpose(made)
    return Array(made, shape)


def outer(a: Any, b: Any) -> Array:
    """a bᵀ."""
    x, y = array(a), array(b)
    return Array(al.times(x.form, al.transpose(y.form)), (*x.shape, *y.shape))


def t(a: Any) -> Array:
    """The transpose; a vector is its own, as in torch."""
    x = array(a)
    return x if x.ndim < 2 else Array(al.transpose(x.form), x.shape[::-1])


def inv(a: Any) -> Array:
    """The inverse."""
    x = array(a)
    return Array(al.inverse(x.form), x.shape)


def total(a: Any, dim: Any = None, keepdim: bool = False) -> Array:
    """The sum of everything, or along dimensions: products with vectors of ones."""
    x = array(a)
    dims = range(x.ndim) if dim is None or dim == () else {d % x.ndim for d in ((dim,) if isinstance(dim, int) else dim)}
    form = x.form
    if 0 in dims:
        form = al.times(al.all_ones((1, form.shape[0])), form)
    if 1 in dims:
        form = al.times(form, al.all_ones((form.shape[1], 1)))
    kept = tuple(1 if i in dims else n for i, n in enumerate(x.shape))
    if keepdim:
        return Array(form, kept)
    shape = tuple(n for i, n in enumerate(x.shape) if i not in dims)
    return Array(form if form.shape == sides(shape) else al.transpose(form), shape)


def trace(a: Any) -> Array:
    """The sum of the diagonal: linear, and blind to the order around the circle."""
    x = array(a)
    terms = [al.scale(Form(SCALAR, (Monomial(term.number, term.scalars),)), al.trace_of(term.chain, x.shape[0])) for term in x.form.terms]
    return Array(al.add(*terms) if terms else zero(SCALAR), ())


def det(a: Any) -> Array:
    """The determinant."""
    x = array(a)
    form = min(x.form, al.transpose(x.form), key=lambda f: f.key.count("transposed"))
    return Array(of_atom(Atom("det", SCALAR, (form,))), ())


def norm(a: Any) -> Array:
    """The Euclidean norm of all elements."""
    x = array(a)
    return Array(of_atom(Atom("norm", SCALAR, (x.form,))), ())


def diag(a: Any) -> Array:
    """The diagonal matrix of a vector, the diagonal of a matrix."""
    x = array(a)
    if x.ndim == 1:
        return Array(al.diag(x.form), (*x.shape, *x.shape))
    return Array(al.diagonal(x.form), x.shape[:1])


def kron(a: Any, b: Any) -> Array:
    """The Kronecker product of two matrices."""
    x, y = array(a), array(b)
    if (x.ndim, y.ndim) != (2, 2):
        raise NoForm("the Kronecker product is one of matrices here")
    return Array(al.kron(x.form, y.form), (x.shape[0] * y.shape[0], x.shape[1] * y.shape[1]))


def matrix_power(a: Any, n: int) -> Array:
    """A whole power of a matrix, written out as a product."""
    x = array(a)
    if abs(n) > 24:
        raise NoForm("a power above 24 is not written out")
    base = x.form if n >= 0 else al.inverse(x.form)
    return Array(al.times(identity(x.shape[0]), *[base] * abs(n)), x.shape)


def where(condition: Any, a: Any, b: Any) -> Any:
    """A case that holds everywhere, or nowhere, on the numbers of the run; any other choice is a function of its own."""
    if isinstance(condition, Array):
        return applied(OPS["where"], [condition, a, b])
    held = np.asarray(condition)
    if held.all():
        return array(a)
    if not held.any():
        return array(b)
    raise NoForm("a choice between elements has no matrix notation")


def exp(a: Any) -> Array:
    """The exponential; exp(x − logsumexp(x)) is softmax."""
    x = array(a)
    for term in x.form.terms:
        for atom, exponent in term.scalars:
            if atom.name == "logsumexp" and exponent == 1 and term.number == -1:
                inside = atom.args[0]
                if al.add(inside, al.scale(of_number(-1), al.scale(of_atom(atom), al.all_ones(x.form.shape)))) == x.form:
                    return applied(OPS["softmax"], [Array(inside, x.shape)], [("dim", 0)], whole=True)
    return applied(OPS["exp"], [x])


_OWN: dict[str, Callable[..., Any]] = {
    "add": add, "sub": lambda a, b: add(a, neg(b)), "mul": mul, "div": lambda a, b: mul(a, power(b, -1)), "neg": neg, "pow": power,
    "square": lambda a: power(a, 2), "sqrt": lambda a: power(a, Fraction(1, 2)), "reciprocal": lambda a: power(a, -1),
    "rsqrt": lambda a: power(a, Fraction(-1, 2)), "clone": array, "positive": array, "exp": exp,
    "matmul": matmul, "mm": matmul, "mv": matmul, "dot": matmul, "vdot": matmul, "outer": outer, "t": t, "T": t, "mT": t,
    "inv": inv, "solve": lambda A, b: matmul(inv(A), b), "sum": total, "trace": trace, "det": det, "diag": diag, "kron": kron,
    "adjugate": lambda A: mul(det(A), inv(A)), "logdet": lambda A: applied(OPS["log"], [det(A)]), "matrix_power": matrix_power,
    "broadcast_to": broadcast_to, "expand": broadcast_to, "sum_to_size": sum_to_size, "reshape": reshape, "view": reshape,
    "unsqueeze": unsqueeze, "squeeze": squeeze, "where": where, "inner": lambda a, b: matmul(a, t(b)),
}  # fmt: skip


class Symbolic:
    """Rules evaluated here make forms: ``o.matmul(a, b)``."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """The operation of that name; raises NoForm at its call where matrices have no word for it."""
        if name in _OWN:
            return _OWN[name]
        op = OPS.get(name) or SPELLINGS.get(name)
        if op is None:
            raise AttributeError(name)
        if op.name in _OWN:
            return _OWN[op.name]
        if op.elementwise:
            return lambda *operands: applied(op, operands)
        return _without(op.name)


def _without(name: str) -> Callable[..., Any]:
    def refuse(*args: Any, **keywords: Any) -> Any:
        raise NoForm(f"{name} has no place in it")

    return refuse


SYMBOLIC = Symbolic()
Array.o = SYMBOLIC
