"""PyTorch's own sentences about shapes that do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from app.ops.op import Op

Shape = Sequence[int]


def shape_words(op: Op, shapes: Sequence[Shape]) -> tuple[str, str] | None:
    """The class and the words of the refusal, None where the shapes fit as far as is checked here."""
    if op.name in ("mm", "matmul") and len(shapes[0]) == 2 and len(shapes[1]) == 2 and shapes[0][1] != shapes[1][0]:
        (m, n), (k, p) = shapes
        return "RuntimeError", f"mat1 and mat2 shapes cannot be multiplied ({m}x{n} and {k}x{p})"
    if op.name in ("mv", "matmul") and len(shapes[0]) == 2 and len(shapes[1]) == 1 and shapes[0][1] != shapes[1][0]:
        (m, n), (k,) = shapes
        return "RuntimeError", f"size mismatch, got input ({m}), mat ({m}x{n}), vec ({k})"
    if op.name in ("dot", "matmul") and len(shapes[0]) == len(shapes[1]) == 1 and shapes[0] != shapes[1]:
        a, b = shapes[0][0], shapes[1][0]
        said = f"inconsistent tensor size, expected tensor [{a}] and src [{b}] to have the same number of elements"
        return "RuntimeError", f"{said}, but got {a} and {b} elements respectively"
    if op.name == "stack" and len({tuple(shape) for shape in shapes}) > 1:
        place = next(k for k, shape in enumerate(shapes) if tuple(shape) != tuple(shapes[0]))
        said = (
            f"stack expects each tensor to be equal size, but got {list(shapes[0])} at entry 0 and {list(shapes[place])} at entry {place}"
        )
        return "RuntimeError", said
    return broadcast_words(shapes) if op.elementwise else None


def broadcast_words(shapes: Sequence[Shape]) -> tuple[str, str] | None:
    """Two sizes that meet in one dimension and are neither equal nor 1."""
    result: list[int] = []
    for shape in shapes:
        longest = max(len(result), len(shape))
        left = [1] * (longest - len(result)) + result
        right = [1] * (longest - len(shape)) + list(shape)
        for place in range(longest - 1, -1, -1):
            a, b = left[place], right[place]
            if a != b and 1 not in (a, b):
                said = f"The size of tensor a ({a}) must match the size of tensor b ({b}) at non-singleton dimension {place}"
                return "RuntimeError", said
        result = [b if a == 1 else a for a, b in zip(left, right, strict=True)]
    return None


def dimension_words(dim: int, rank: int) -> tuple[str, str] | None:
    """A dimension that is not there."""
    span = max(rank, 1)
    if -span <= dim < span:
        return None
    return "IndexError", f"Dimension out of range (expected to be in range of [{-span}, {span - 1}], but got {dim})"
