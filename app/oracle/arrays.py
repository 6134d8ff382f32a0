"""Torch's array functions under the names of the language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch.nn import functional as F  # noqa: N812  everybody calls it F

from app.oracle.arguments import Operation, operation

Pair = tuple[torch.Tensor, torch.Tensor]


def _svd(x: torch.Tensor, full_matrices: bool = False) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    u, s, vh = torch.linalg.svd(x, full_matrices=bool(full_matrices))
    return u, s, vh


def _norm(x: torch.Tensor, p: Any = "fro", dim: Any = None, keepdim: bool = False) -> torch.Tensor:
    made: torch.Tensor = torch.norm(x, p="fro" if p is None else p, dim=dim, keepdim=keepdim)
    return made


def _ordered(function: Any, order: Any) -> Any:
    """A norm of torch.linalg, where the exponent is called ord."""
    return lambda x, p=order, **options: function(x, ord=p, **options)


def _spread(function: Callable[..., torch.Tensor], default: int = 1) -> Callable[..., torch.Tensor]:
    """The variance or the standard deviation; ``unbiased`` is a correction of 1 or 0, and may stand in the place of ``dim``."""

    def spread(x: torch.Tensor, dim: Any = None, unbiased: Any = None, keepdim: bool = False, correction: Any = None) -> torch.Tensor:
        if isinstance(dim, bool):
            dim, unbiased = None, dim
        if correction is None:
            correction = default if unbiased is None else int(unbiased)
        return function(x, dim=dim, correction=correction, keepdim=keepdim)

    return spread


def _prod(x: torch.Tensor, dim: Any = None, keepdim: bool = False) -> torch.Tensor:
    return torch.prod(x) if dim is None else torch.prod(x, dim, keepdim=keepdim)


def _cross_entropy(x: torch.Tensor, target: torch.Tensor, reduction: str = "mean", **options: Any) -> torch.Tensor:
    target = target.long() if target.dim() < x.dim() else target
    return F.cross_entropy(x, target, reduction=reduction, **options)


def _nll_loss(x: torch.Tensor, target: torch.Tensor, **options: Any) -> torch.Tensor:
    return F.nll_loss(x, target.long(), **options)


def _solve_triangular(A: torch.Tensor, B: torch.Tensor, *, upper: bool, left: bool = True, unitriangular: bool = False) -> Any:
    return torch.linalg.solve_triangular(A, B, upper=bool(upper), left=bool(left), unitriangular=bool(unitriangular))


def _repeat_interleave(x: torch.Tensor, repeats: Any, dim: Any = None) -> Any:
    times = repeats if isinstance(repeats, int) else torch.as_tensor(repeats, device=x.device).long()
    return torch.repeat_interleave(x, times, dim=dim)


def _gather(x: torch.Tensor, dim: int, index: Any) -> torch.Tensor:
    return torch.gather(x, dim, torch.as_tensor(index, device=x.device).long())


def _index_select(x: torch.Tensor, dim: int, index: Any) -> torch.Tensor:
    return torch.index_select(x, dim, torch.as_tensor(index, device=x.device).long())


def _kron(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """torch.kron, which refuses some operands that are views."""
    return torch.kron(x.clone(memory_format=torch.contiguous_format), y.clone(memory_format=torch.contiguous_format))


def _transpose(x: torch.Tensor, dim0: Any = None, dim1: Any = None) -> torch.Tensor:
    """torch's transpose of two dimensions; numpy's of all, in a given order or backwards."""
    if dim0 is None or isinstance(dim0, tuple):
        return x.permute(dim0 or tuple(reversed(range(x.dim()))))
    return torch.transpose(x, dim0, dim1)


def _flip(x: torch.Tensor, dims: Any = ()) -> torch.Tensor:
    """numpy's flip: of all dimensions, where none are given."""
    return torch.flip(x, dims or tuple(range(x.dim())))


def _sort(x: torch.Tensor, dim: int = -1, descending: bool = False) -> Pair:
    values, indices = torch.sort(x, dim=dim, descending=descending, stable=True)
    return values, indices


def _two(function: Any) -> Any:
    """A function of torch with two results, as a plain tuple."""
    return lambda *args, **options: tuple(function(*args, **options))


def _several(function: Any) -> Any:
    """A function of torch that takes a list of tensors."""
    return lambda *tensors, **options: function(list(tensors), **options)


ARRAYS: dict[str, Operation] = {
    "sum": operation(torch.sum, "x; dim, keepdim"),
    "mean": operation(torch.mean, "x; dim, keepdim"),
    "prod": operation(_prod, "x; dim, keepdim"),
    "math.prod": operation(lambda x: torch.prod(x, 0), "x"),
    "var": operation(_spread(torch.var), "x; dim, unbiased, keepdim, correction"),
    "std": operation(_spread(torch.std), "x; dim, unbiased, keepdim, correction"),
    "numpy.var": operation(_spread(torch.var, 0), "x; dim, unbiased, keepdim, correction"),
    "numpy.std": operation(_spread(torch.std, 0), "x; dim, unbiased, keepdim, correction"),
    "norm": operation(_norm, "x; p, dim, keepdim"),
    "linalg.norm": operation(_ordered(torch.linalg.norm, None), "x; p, dim, keepdim"),
    "matrix_norm": operation(_ordered(torch.linalg.matrix_norm, "fro"), "x; p, dim, keepdim"),
    "vector_norm": operation(_ordered(torch.linalg.vector_norm, 2), "x; p, dim, keepdim"),
    "amax": operation(torch.amax, "x; dim, keepdim"),
    "amin": operation(torch.amin, "x; dim, keepdim"),
    "all": operation(torch.all, "x; dim, keepdim"),
    "any": operation(torch.any, "x; dim, keepdim"),
    "logsumexp": operation(torch.logsumexp, "x; dim, keepdim"),
    "argmax": operation(torch.argmax, "x; dim, keepdim"),
    "argmin": operation(torch.argmin, "x; dim, keepdim"),
    "cumsum": operation(torch.cumsum, "x; dim"),
    "cumprod": operation(torch.cumprod, "x; dim"),
    "cummax": operation(_two(torch.cummax), "x; dim"),
    "cummin": operation(_two(torch.cummin), "x; dim"),
    "argsort": operation(lambda x, **options: _sort(x, **options)[1], "x; dim, descending"),
    "sort": operation(_sort, "x; dim, descending"),
    "softmax": operation(torch.softmax, "x; dim"),
    "log_softmax": operation(torch.log_softmax, "x; dim"),
    "mse_loss": operation(F.mse_loss, "x, target; reduction"),
    "l1_loss": operation(F.l1_loss, "x, target; reduction"),
    "smooth_l1_loss": operation(F.smooth_l1_loss, "x, target; reduction, beta"),
    "huber_loss": operation(F.huber_loss, "x, target; reduction, delta"),
    "binary_cross_entropy": operation(F.binary_cross_entropy, "x, target; reduction"),
    "cross_entropy": operation(_cross_entropy, "x, target; reduction, label_smoothing, ignore_index"),
    "binary_cross_entropy_with_logits": operation(F.binary_cross_entropy_with_logits, "x, target; reduction"),
    "nll_loss": operation(_nll_loss, "x, target; reduction, ignore_index"),
    "matmul": operation(torch.matmul, "a, b"),
    "mm": operation(torch.mm, "a, b"),
    "mv": operation(torch.mv, "a, b"),
    "bmm": operation(torch.bmm, "a, b"),
    "dot": operation(torch.dot, "a, b"),
    "vdot": operation(torch.vdot, "a, b"),
    "inner": operation(torch.inner, "a, b"),
    "outer": operation(torch.outer, "a, b"),
    "kron": operation(_kron, "a, b"),
    "cross": operation(torch.linalg.cross, "a, b; dim"),
    "torch.cross": operation(torch.cross, "a, b; dim"),
    "einsum": operation(lambda *tensors, equation: torch.einsum(equation, *tensors), "*tensors; equation"),
    "trace": operation(torch.trace, "x"),
    "det": operation(torch.det, "A"),
    "slogdet": operation(_two(torch.slogdet), "A"),
    "logdet": operation(torch.logdet, "A"),
    "inv": operation(torch.linalg.inv, "A"),
    "pinv": operation(torch.linalg.pinv, "A"),
    "solve": operation(torch.linalg.solve, "A, b"),
    "solve_triangular": operation(_solve_triangular, "A, B; upper, left, unitriangular"),
    "cholesky": operation(torch.linalg.cholesky, "A"),
    "qr": operation(_two(torch.linalg.qr), "A"),
    "eigh": operation(_two(torch.linalg.eigh), "A"),
    "eigvalsh": operation(torch.linalg.eigvalsh, "A"),
    "svd": operation(_svd, "A; full_matrices"),
    "matrix_power": operation(torch.linalg.matrix_power, "A; n"),
    "matrix_exp": operation(torch.linalg.matrix_exp, "A"),
    "tril": operation(torch.tril, "x; diagonal"),
    "triu": operation(torch.triu, "x; diagonal"),
    "diag": operation(torch.diag, "x; diagonal"),
    "diagonal": operation(torch.diagonal, "x; offset, dim1, dim2"),
    "linalg.diagonal": operation(torch.linalg.diagonal, "x; offset, dim1, dim2"),
    "transpose": operation(_transpose, "x; dim0, dim1"),
    "t": operation(torch.t, "x"),
    "T": operation(lambda x: x.permute(*reversed(range(x.dim()))), "x"),
    "reshape": operation(torch.reshape, "x; *shape"),
    "flatten": operation(torch.flatten, "x; start_dim, end_dim"),
    "permute": operation(torch.permute, "x; *dims"),
    "squeeze": operation(torch.squeeze, "x; dim"),
    "unsqueeze": operation(torch.unsqueeze, "x; dim"),
    "expand": operation(lambda x, shape: x.expand(shape), "x; *shape"),
    "broadcast_to": operation(torch.broadcast_to, "x; *size"),
    "movedim": operation(torch.movedim, "x; source, destination"),
    "clone": operation(torch.clone, "x"),
    "sum_to_size": operation(lambda x, size: x.sum_to_size(size), "x; *size"),
    "repeat_interleave": operation(_repeat_interleave, "x; repeats, dim"),
    "cat": operation(_several(torch.cat), "*tensors; dim"),
    "stack": operation(_several(torch.stack), "*tensors; dim"),
    "hstack": operation(_several(torch.hstack), "*tensors"),
    "vstack": operation(_several(torch.vstack), "*tensors"),
    "flip": operation(torch.flip, "x; *dims"),
    "numpy.flip": operation(_flip, "x; *dims"),
    "roll": operation(torch.roll, "x; shifts, dims"),
    "repeat": operation(lambda x, repeats: x.repeat(repeats), "x; *repeats"),
    "tile": operation(torch.tile, "x; *dims"),
    "gather": operation(_gather, "x; dim, index"),
    "index_select": operation(_index_select, "x; dim, index"),
    "conv1d": operation(F.conv1d, "x, weight, bias; stride, padding, dilation, groups"),
    "conv2d": operation(F.conv2d, "x, weight, bias; stride, padding, dilation, groups"),
    "avg_pool2d": operation(F.avg_pool2d, "x; kernel_size, stride, padding"),
    "max_pool2d": operation(F.max_pool2d, "x; kernel_size, stride, padding, dilation"),
}

_ALIASES = {
    "concatenate": "cat", "concat": "cat", "view": "reshape", "ravel": "flatten", "swapaxes": "transpose", "inverse": "inv",
    "moveaxis": "movedim", "swapdims": "transpose", "expand_dims": "unsqueeze", "ger": "outer", "tr": "trace",
    "expm": "matrix_exp", "copy": "clone",
}  # fmt: skip
ARRAYS |= {alias: ARRAYS[name] for alias, name in _ALIASES.items() if name in ARRAYS}

_NUMPYS = {"max": "amax", "min": "amin", "dot": "matmul", "repeat": "repeat_interleave"}
ARRAYS |= {f"numpy.{theirs}": ARRAYS[name] for theirs, name in _NUMPYS.items()}
"""numpy's functions of these names are others of torch."""
