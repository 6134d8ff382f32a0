"""torch.name(…) and x.name(…) for the operations of the language: arguments as PyTorch takes them, results in PyTorch's dtypes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.labs.autograd.apply import applied, common, kinds
from app.labs.autograd.promotion import FLOATS, LONG_NAMES, Kind, floated, kind_of_number, refuse_mean, refuse_subtraction, summed
from app.labs.autograd.refusal import TorchError
from app.labs.autograd.tensor import Tensor
from app.labs.autograd.words import dimension_words, shape_words
from app.ops.numeric import bound
from app.ops.op import Op
from app.ops.table import OPS, SPELLINGS

SAME = frozenset(
    """
    add sub mul pow neg abs sign floor_divide remainder fmod maximum minimum fmax fmin relu clamp clamp_tensor square floor ceil round
    trunc where max min amax amin max_dim min_dim median median_dim sort cumsum cumprod cat stack hstack vstack matmul mm mv bmm dot
    outer inner index reshape T t transpose permute squeeze unsqueeze expand broadcast_to flatten flip roll repeat tile tril triu diag
    diagonal trace index_select gather kron einsum clone movedim relu6 hardtanh leaky_relu prod sum
    """.split()
)
"""Operations whose result has the dtype in which the operands meet; all others are of floats."""
COUNTED = frozenset({"sum", "prod", "cumsum", "cumprod"})
TRUTHS = frozenset("eq ne lt le gt ge logical_and logical_or logical_xor logical_not isnan isfinite isinf all any".split())
AVERAGES = frozenset({"mean", "var", "std"})
EQUAL_DTYPES = frozenset("matmul mm mv bmm dot outer inner".split())
KEYWORDS = {"input": "x", "axis": "dim", "keepdims": "keepdim", "other": "y", "descending": "descending", "tensors": "tensors"}
WITHOUT_EFFECT = frozenset({"device", "memory_format", "non_blocking"})


def operation(name: str) -> Callable[..., Any]:
    """One operation as a function of tensors and numbers."""
    op = OPS.get(name) or SPELLINGS[name]

    def function(*args: Any, **keywords: Any) -> Any:
        operands, attributes = arguments(op, args, keywords)
        return result(op, operands, attributes)

    return function


def arguments(op: Op, args: Sequence[Any], keywords: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Operands and attributes; a list of tensors is its items, and tensors of one whole number are counts."""
    own = {p.name for p in op.parameters}
    named = {word if word in own else op.renamed.get(word, KEYWORDS.get(word, word)): value for word, value in keywords.items()}
    named = {word: value for word, value in named.items() if word not in WITHOUT_EFFECT}
    try:
        operands, attributes = bound(op, args, named)
    except OpError as error:
        raise TorchError("TypeError", error.message) from None
    return [operand(op, x) for x in operands], {word: static(value) for word, value in attributes.items()}


def operand(op: Op, value: Any) -> Any:
    """A tensor or a number."""
    if isinstance(value, (Tensor, bool, int, float)):
        return value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return Tensor(value.copy())
    raise TorchError("TypeError", f"{op.name}(): argument 'input' (position 1) must be Tensor, not {type(value).__name__}")


def static(value: Any) -> Any:
    """An attribute: whole numbers, tuples of them, words; an index of a tensor as its array."""
    if isinstance(value, Tensor):
        return value.data.item() if value.data.ndim == 0 else np.array(value.data)
    if isinstance(value, (list, tuple)):
        return tuple(static(one) for one in value)
    return value


def result(op: Op, operands: Sequence[Any], attributes: dict[str, Any], name: str | None = None) -> Any:
    """The operation on checked operands."""
    found = kinds(operands)
    _check(op, operands, found, attributes)
    dtype = common(found)
    if op.name in COUNTED:
        dtype = summed(dtype)
    elif op.name not in SAME and op.name not in TRUTHS:
        dtype = floated(dtype)
    return applied(op, operands, attributes, dtype, name=name)


def _check(op: Op, operands: Sequence[Any], found: Sequence[Kind], attributes: dict[str, Any]) -> None:
    """What PyTorch refuses, in its words, before anything is computed."""
    if op.name in AVERAGES:
        refuse_mean(found[0].dtype)
    if op.name == "sub":
        refuse_subtraction(found[0], found[1])
    shapes = [x.shape if isinstance(x, Tensor) else () for x in operands]
    if op.name in EQUAL_DTYPES and found[0].dtype != found[1].dtype:
        short = {one.dtype: LONG_NAMES[one.dtype].lower() for one in found}
        said = f"expected m1 and m2 to have the same dtype, but got: {short[found[0].dtype]} != {short[found[1].dtype]}"
        raise TorchError("RuntimeError", said)
    if (
        op.name == "pow"
        and found[0].dtype not in FLOATS
        and not isinstance(operands[1], Tensor)
        and isinstance(operands[1], int)
        and operands[1] < 0
    ):
        raise TorchError("RuntimeError", "Integers to negative integer powers are not allowed.")
    if op.name in ("floor_divide", "remainder") and all(one.dtype not in FLOATS for one in found):
        divisor = operands[1]
        if not np.all(divisor.data if isinstance(divisor, Tensor) else divisor):
            raise TorchError("RuntimeError", "ZeroDivisionError")
    dim = attributes.get("dim")
    rank = len(shapes[0]) + (op.name == "stack")
    for one in dim if isinstance(dim, tuple) else (dim,):
        if isinstance(one, int) and (refusal := dimension_words(one, rank)):
            raise TorchError(*refusal)
    words = shape_words(op, shapes)
    if words is not None:
        raise TorchError(*words)


def number_kind(value: float) -> Kind:
    """The kind of a Python number."""
    return kind_of_number(value)
