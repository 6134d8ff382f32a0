"""What a derivative inside a program has recorded, evaluated again in torch, operation by operation.

Torch differentiates functions by its own means, and there is no telling which step of its sweep is which of ours. So the results
are compared with what torch's autograd gives, and each operation on the way with torch's function of that name on torch's
numbers; the derivatives that flow into the results are torch's too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812  everybody calls it F
from torch.nn import grad as nn_grad

from app.oracle.arguments import Arguments, Operation, operation, placed, spread, static
from app.oracle.claims import Claim, Work
from app.oracle.gauge import GAUGES
from app.oracle.operations import TABLE
from app.oracle.values import MISSING


def evaluated_again(claims: Sequence[Claim], found: list[Any], *, leaves: bool) -> dict[int, torch.Tensor]:
    """Torch's values of all claims that derivatives inside the program have recorded.

    What they are made from outside is taken as ``found``: with ``leaves``, cut off there, so that adjoints stop.
    """
    values: dict[int, torch.Tensor] = {}
    outside: dict[int, torch.Tensor] = {}
    for claim in claims:
        work = claim.work
        if work is None:
            continue
        if claim.kind == "constant":
            values[claim.id] = torch.as_tensor(claim.primal)
            continue
        operands = [values[i] if _own(claims, work, i) else _outside(outside, found, i, leaves=leaves) for i in work.operands]
        made = _applied(work, operands, [claims[i].primal for i in work.family])
        if any(made is x for x in operands):
            made = made.view_as(made)
        if made.requires_grad:
            made.retain_grad()
        values[claim.id] = made
    return values


def _own(claims: Sequence[Claim], work: Work, node: int) -> bool:
    """Whether a sweep knows an operand from the function's evaluation itself; a copy is of what the program around gives."""
    other = claims[node].work
    return other is not None and other.stretch == work.stretch and (other.part == work.part or work.name != "clone")


def _outside(kept: dict[int, torch.Tensor], found: list[Any], node: int, *, leaves: bool) -> torch.Tensor:
    """An operand that the program itself has computed."""
    if node not in kept:
        value = found[node]
        made = value if isinstance(value, torch.Tensor) else torch.as_tensor(float(value) if value is not MISSING else torch.nan)
        kept[node] = made.detach().requires_grad_(made.requires_grad) if leaves else made
    return kept[node]


def _applied(work: Work, operands: list[torch.Tensor], ours: Sequence[Any]) -> torch.Tensor:
    """One operation; of several results the one that is meant."""
    name = OTHERWISE.get(work.name, work.name)
    wanted = PRIVATE.get(name) or TABLE[name]
    taken = placed(wanted, Arguments(list(operands), {NAMES.get((name, word), word): value for word, value in work.attributes.items()}))
    first = [v for p in wanted.operands for v in _listed(p, taken.pop(p, None))]
    attributes = {p.lstrip("*"): spread(v) if p.startswith("*") else _attribute(v) for p, v in taken.items()}
    made = wanted.function(*first, **attributes)
    if name in GAUGES:
        made = GAUGES[name](made, ours)
    result: torch.Tensor = made if work.result is None else made[work.result]
    return result


def _listed(parameter: str, value: Any) -> list[Any]:
    return value if parameter.startswith("*") else [] if value is None else [value]


def _attribute(value: Any) -> Any:
    """An attribute as torch takes it; an index stays as it is, but for its arrays."""
    return value if isinstance(value, tuple) and any(isinstance(v, (slice, np.ndarray)) or v is Ellipsis for v in value) else static(value)


# ---------------------------------------------------------------- operations that programs cannot name

OTHERWISE = {"max_dim": "max", "min_dim": "min"}
NAMES = {("broadcast_to", "shape"): "size", ("expand", "size"): "shape", ("einsum", "formula"): "equation"}
"""Where the language calls an attribute otherwise."""


def _index(x: torch.Tensor, index: Any = ()) -> torch.Tensor:
    return x[_positions(index)]


def _index_put(x: torch.Tensor, shape: Any = (), index: Any = ()) -> torch.Tensor:
    """The adjoint of an index."""
    places = torch.arange(int(np.prod(shape, dtype=int))).reshape(shape)[_positions(index)]
    flat = torch.zeros(int(np.prod(shape, dtype=int)), dtype=x.dtype)
    return flat.index_add(0, places.reshape(-1), x.expand(places.shape).reshape(-1)).reshape(shape)


def _positions(index: Any) -> Any:
    several = index if isinstance(index, tuple) else (index,)
    return tuple(torch.as_tensor(v) if isinstance(v, np.ndarray) else v for v in several)


def _recurrence(a: torch.Tensor, b: torch.Tensor, dim: int = 0) -> torch.Tensor:
    if not a.dim():
        return b
    rows: list[torch.Tensor] = []
    for x, y in zip(a.unbind(dim), b.unbind(dim), strict=True):
        rows.append(x * rows[-1] + y if rows else y)
    return torch.stack(rows, dim) if rows else b


def _adjugate(A: torch.Tensor) -> torch.Tensor:
    """The transpose of the derivative of det, by cofactors, which exist for singular matrices too."""
    n = A.shape[-1]
    keep = [[k for k in range(n) if k != i] for i in range(n)]
    rows = [[(-1) ** (i + j) * torch.det(A[..., keep[i], :][..., :, keep[j]]) for i in range(n)] for j in range(n)]
    return torch.stack([torch.stack(row, -1) for row in rows], -2) if n > 1 else torch.ones_like(A)


def _adjugate_push(A: torch.Tensor, E: torch.Tensor) -> torch.Tensor:
    """The change of the adjugate along E: the derivative of a polynomial, by complex numbers it is exact to rounding."""
    h = 1e-30
    made: torch.Tensor = _adjugate(torch.complex(A, h * E)).imag / h
    return made


def _of_convolution(name: str) -> Callable[..., torch.Tensor]:
    """The adjoints of a convolution, where torch wants whole shapes."""
    rank = int(name[4])
    function = getattr(nn_grad, name)

    def by_input(y: torch.Tensor, weight: torch.Tensor, size: Any, groups: int = 1, **how: Any) -> torch.Tensor:
        batched = y.dim() == rank + 2
        shape = (*((y.shape[0],) if batched else (1,)), weight.shape[1] * groups, *size)
        made: torch.Tensor = function(shape, weight, y if batched else y.unsqueeze(0), groups=groups, **how)
        return made if batched else made.squeeze(0)

    def by_weight(x: torch.Tensor, y: torch.Tensor, size: Any, groups: int = 1, **how: Any) -> torch.Tensor:
        batched = x.dim() == rank + 2
        shape = (y.shape[-rank - 1], x.shape[-rank - 1] // groups, *size)
        made: torch.Tensor = function(x if batched else x.unsqueeze(0), shape, y if batched else y.unsqueeze(0), groups=groups, **how)
        return made

    return by_input if name.endswith("input") else by_weight


_CONVOLUTIONS = {f"conv{rank}d_{by}": words for rank in (1, 2) for by, words in (("input", "y, weight"), ("weight", "x, y"))}

PRIVATE: dict[str, Operation] = {
    "max": operation(torch.max, "x; dim, keepdim"),
    "min": operation(torch.min, "x; dim, keepdim"),
    "median": operation(torch.median, "x; dim, keepdim"),
    "median_dim": operation(lambda x, dim=-1, keepdim=False: torch.median(x, dim, keepdim), "x; dim, keepdim"),
    "softmax": operation(lambda x, dim=None: F.softmax(x, dim), "x; dim"),
    "log_softmax": operation(lambda x, dim=None: F.log_softmax(x, dim), "x; dim"),
    "clamp_tensor": operation(torch.clamp, "x, min, max"),
    "detach": operation(torch.detach, "x"),
    "index": operation(_index, "x; index"),
    "index_put": operation(_index_put, "x; shape, index"),
    "recurrence": operation(_recurrence, "a, b; dim"),
    "adjugate": operation(_adjugate, "A"),
    "adjugate_push": operation(_adjugate_push, "A, E"),
    **{
        name: operation(_of_convolution(name), f"{words}; size, stride, padding, dilation, groups") for name, words in _CONVOLUTIONS.items()
    },
}


def seeds(derived: Mapping[int, Sequence[torch.Tensor]], values: Mapping[int, torch.Tensor]) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """What flows into the results of derivatives from the program around them."""
    return [
        (values[node], result.grad)
        for node, results in derived.items()
        for result in results
        if node in values and values[node].requires_grad and result.grad is not None
    ]
