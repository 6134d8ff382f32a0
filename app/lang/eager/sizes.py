"""How large the result of a call will be, told from shapes alone, and never too small."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

Shape = tuple[int, ...]
Shaped = Callable[[Any], Shape | None]
HUGE = 10**18
HIDDEN = "?"
"""A function whose name is not known."""
SLOW = 50
"""What an element of a list costs, in operations on elements of tensors."""


class Ask(NamedTuple):
    """Elements of the result, and element operations."""

    elements: int
    work: int


def asked(name: str, values: list[Any], keywords: Mapping[str, Any], shaped: Shaped) -> Ask:
    """What a call asks for."""
    return SIZERS.get(name, _spread)(in_order(name, values, keywords), shaped)


def in_order(name: str, values: list[Any], keywords: Mapping[str, Any]) -> list[Any]:
    """The arguments by place, those with a name too where the place decides."""
    if name not in PLACES:
        return [*values, *keywords.values()]
    later = [words.split("|") for words in PLACES[name].split()[len(values) :]]
    return [*values, *(keywords[word] for words in later for word in words if word in keywords)]


PLACES: Mapping[str, str] = {
    "arange": "start end|stop step",
    "linspace": "start end|stop steps|num",
    "full": "size|shape fill_value",
    "cat": "tensors dim",
    "concat": "tensors dim",
    "concatenate": "tensors dim",
    "stack": "tensors dim",
    "tensor": "data",
    "array": "object",
    "repeat_interleave": "input|repeats repeats",
}
"""The parameters of functions that are sized by their first arguments."""


def _shapes(values: Any, shaped: Shaped) -> Iterator[Shape]:
    """The shapes of tensors, also of those in lists."""
    stack, seen = list(values), 0
    while stack:
        value = stack.pop()
        seen += 1
        if seen > MOST_LISTED:  # a list may hold itself
            yield (HUGE,)
            return
        shape = shaped(value)
        if shape is not None:
            yield shape
        elif isinstance(value, (list, tuple)):
            stack += value


def _numbers(values: Any) -> Iterator[int]:
    """Whole numbers, also of lists."""
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from _numbers(value)
        elif isinstance(value, (int, float, np.integer)) and not isinstance(value, bool) and math.isfinite(value):
            yield int(value)


def _spread(values: list[Any], shaped: Shaped) -> Ask:
    """An elementwise operation, or one that makes less: the shape that all broadcast to."""
    sides: dict[int, int] = {}
    for shape in _shapes(values, shaped):
        for place, side in enumerate(reversed(shape)):
            sides[place] = side if sides.get(place, 1) in (0, 1) else max(side, sides[place])
    count = math.prod(sides.values())
    return Ask(count, count + 1)


def _created(values: list[Any], shaped: Shaped) -> Ask:
    """zeros(2, 3), or zeros((2, 3))."""
    if values and isinstance(values[0], (list, tuple)):
        values = values[:1]
    count = math.prod(max(0, n) for n in _numbers(values)) if any(True for _ in _numbers(values)) else 1
    return Ask(count, count + 1)


def _legacy(values: list[Any], shaped: Shaped) -> Ask:
    """Tensor(2, 3) has a shape; Tensor([2, 3]) has these numbers."""
    return (_listed if values and type(values[0]) is list else _created)(values, shaped)


def _filled(values: list[Any], shaped: Shaped) -> Ask:
    return _created(values[:1], shaped)


def _square(values: list[Any], shaped: Shaped) -> Ask:
    sides = [*_numbers(values)][:2]
    count = math.prod(sides * (2 if len(sides) == 1 else 1))
    return Ask(count, count + 1)


def _counted(values: list[Any], shaped: Shaped) -> Ask:
    """arange: from, to, step."""
    numbers = [float(v) for v in values if isinstance(v, (int, float, np.integer)) and not isinstance(v, bool)]
    first, last, step = {0: (0.0, 0.0, 1.0), 1: (0.0, *numbers[:1], 1.0), 2: (*numbers[:2], 1.0)}.get(len(numbers), tuple(numbers[:3]))
    length = abs((last - first) / step) if step else HUGE
    count = math.ceil(length) if length < HUGE else HUGE
    return Ask(count, count + 1)


def _spaced(values: list[Any], shaped: Shaped) -> Ask:
    count = max([100, *_numbers(values[2:])])
    return Ask(count, count + 1)


def _listed(values: list[Any], shaped: Shaped) -> Ask:
    """tensor, array, cat, stack: as many elements as are given."""
    count, slow, seen, stack = 0, 0, 0, values[:1]
    while stack:
        value = stack.pop()
        seen += 1
        if seen > MOST_LISTED:  # a list may hold itself
            return Ask(HUGE, HUGE)
        shape = shaped(value)
        if shape is not None:
            count += math.prod(shape)
        elif isinstance(value, (list, tuple)):
            stack += value
        else:
            slow += 1
            count += 1
    return Ask(count, count + SLOW * slow + 1)


def _joined(values: list[Any], shaped: Shaped) -> Ask:
    count = sum(math.prod(shape) for shape in _shapes(values, shaped))
    return Ask(count, count + 1)


def _multiplied(values: list[Any], shaped: Shaped) -> Ask:
    """Products of matrices: rows times columns, and the side that is summed."""
    shapes = [shaped(v) or () for v in values if shaped(v) is not None][:2]
    if len(shapes) < 2 or not all(shapes):
        return Ask(1, 1)
    a, b = shapes
    rows, columns = (a[-2] if len(a) > 1 else 1), (b[-1] if len(b) > 1 else 1)
    batch = max(math.prod(a[:-2]), 1) * max(math.prod(b[:-2]), 1) if a[:-2] != b[:-2] else math.prod(a[:-2])
    count = batch * rows * columns
    return Ask(count, count * a[-1] + 1)


def _all_pairs(values: list[Any], shaped: Shaped) -> Ask:
    count = math.prod(math.prod(shape) for shape in _shapes(values, shaped))
    return Ask(count, count + 1)


def _repeated(values: list[Any], shaped: Shaped) -> Ask:
    """As many copies as all whole numbers say together."""
    own = max([math.prod(shape) for shape in _shapes(values, shaped)] or [1])
    count = own * math.prod(max(1, n) for n in _numbers(values))
    return Ask(count, count + 1)


def _expanded(values: list[Any], shaped: Shaped) -> Ask:
    """The sizes that are asked for; -1 keeps a side."""
    own = shaped(values[0]) or () if values else ()
    sizes = [*_numbers(values[1:])]
    count = math.prod(n if n >= 0 else max(own or (1,)) for n in sizes)
    return Ask(count, count + 1)


def _hidden(values: list[Any], shaped: Shaped) -> Ask:
    """The most that any function could make: every element with every other, as often as the whole numbers say."""
    count = math.prod(math.prod(shape) for shape in _shapes(values, shaped)) * math.prod(max(1, abs(n)) for n in _numbers(values))
    return Ask(count, count + 1)


def _cubic(values: list[Any], shaped: Shaped) -> Ask:
    """Linear algebra: n cubed."""
    shapes = [*_shapes(values, shaped)]
    count = max([math.prod(shape) for shape in shapes] or [1])
    side = max([max(shape, default=1) for shape in shapes] or [1])
    power = max([abs(n).bit_length() for n in _numbers(values)] or [1])
    return Ask(count, 30 * count * side * max(1, power))


def _picked(values: list[Any], shaped: Shaped) -> Ask:
    """x[…]: lists and tensors of positions pick rows as often as they have entries."""
    own = shaped(values[0]) or () if values else ()
    index = values[1] if len(values) > 1 else ()
    parts = index if isinstance(index, tuple) else (index,)
    times, sides = 1, list(own)
    for place, part in enumerate(parts):
        shape = shaped(part)
        count = math.prod(shape) if shape is not None else len(part) if isinstance(part, (list, tuple)) else 0
        if count:
            times *= max(1, count) if place == 0 else max(1, math.ceil(count / max(1, times)))
            if place < len(sides) and count > sides[place]:
                continue
            if place < len(sides):
                sides[place] = 1
    count = times * math.prod(sides)
    return Ask(count, count + 1)


def _diagonal(values: list[Any], shaped: Shaped) -> Ask:
    """A vector becomes a matrix; a matrix gives less than it is."""
    own = shaped(values[0]) or () if values else ()
    side = math.prod(own) + sum(abs(n) for n in _numbers(values[1:]))
    count = side * side if len(own) == 1 else math.prod(own)
    return Ask(count, count + 1)


def _selected(values: list[Any], shaped: Shaped) -> Ask:
    """Rows along one dimension, as often as they are named."""
    shapes, dims = [shape for value in values if (shape := shaped(value)) is not None], [*_numbers(values)]
    if len(shapes) < 2 or not dims or not -len(shapes[0]) <= dims[0] < len(shapes[0]):
        return Ask(1, 1)
    count = math.prod(shapes[1]) * math.prod(shapes[0]) // max(1, shapes[0][dims[0]])
    return Ask(count, count + 1)


def _summed(values: list[Any], shaped: Shaped) -> Ask:
    """einsum: a side for each letter; those of the result count for its size."""
    formula = next((value for value in values if isinstance(value, str)), "").replace(" ", "")
    left, arrow, right = formula.partition("->")
    shapes = [shape for value in values for shape in reversed([*_shapes([value], shaped)])]
    sides = {letter: side for word, shape in zip(left.split(","), shapes, strict=False) for letter, side in zip(word, shape, strict=False)}
    if "." in formula or not formula:  # the letters may also be numbers in lists
        return _all_pairs(values, shaped)
    kept = right if arrow else [letter for letter in sides if left.count(letter) == 1]
    return Ask(math.prod(sides.get(letter, 1) for letter in kept), math.prod(sides.values()) + 1)


def _pooled(values: list[Any], shaped: Shaped) -> Ask:
    """Windows over an image: as many places as it has with its border, each as much work as a window is large."""
    own = shaped(values[0]) or () if values else ()
    sides = [*_numbers(values[1:2])]
    window = math.prod(max(1, n) for n in (sides if len(sides) > 1 else sides * 2))
    count = 4 * math.prod(own)
    return Ask(count, count * window + 1)


def _taken_out(values: list[Any], shaped: Shaped) -> Ask:
    """tolist: elements become numbers of Python, one by one."""
    count = math.prod(shaped(values[0]) or ()) if values else 1
    return Ask(count, SLOW * count)


MOST_LISTED = 2_000_000
"""No list is read any further than this: it is too long anyway."""

SIZED = frozenset("zeros ones empty rand randn Tensor FloatTensor full eye arange linspace".split())
"""Functions whose arguments are all sizes."""
RESIZED = frozenset("repeat tile repeat_interleave expand broadcast_to diag".split())
"""Functions whose arguments but the first are sizes."""

SIZERS: Mapping[str, Callable[[list[Any], Shaped], Ask]] = {
    **dict.fromkeys(("zeros", "ones", "empty", "rand", "randn"), _created),
    **dict.fromkeys(("Tensor", "FloatTensor"), _legacy),
    **dict.fromkeys(("full", "new_full"), _filled),
    **dict.fromkeys(("new_zeros", "new_ones"), _created),
    "eye": _square,
    "arange": _counted,
    **dict.fromkeys(("linspace", "logspace"), _spaced),
    **dict.fromkeys(("tensor", "array", "as_tensor", "asarray", "from_numpy"), _listed),
    **dict.fromkeys(("cat", "concat", "concatenate", "stack", "hstack", "vstack"), _joined),
    **dict.fromkeys(("matmul", "mm", "mv", "bmm", "dot", "inner", "vdot"), _multiplied),
    **dict.fromkeys(("outer", "ger", "kron"), _all_pairs),
    **dict.fromkeys(("repeat", "tile", "repeat_interleave"), _repeated),
    **dict.fromkeys(("expand", "broadcast_to"), _expanded),
    **dict.fromkeys(("inv", "inverse", "solve", "det", "slogdet", "logdet", "pinv", "svd", "qr", "eigh", "eigvalsh", "cholesky"), _cubic),
    **dict.fromkeys(("matrix_power", "matrix_exp", "matrix_norm"), _cubic),
    "diag": _diagonal,
    "get": _picked,
    "einsum": _summed,
    "max_pool2d": _pooled,
    "index_select": _selected,
    "gather": _joined,
    "tolist": _taken_out,
    HIDDEN: _hidden,
}
