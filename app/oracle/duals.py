"""Dual numbers of torch: a primal with a tangent."""

from __future__ import annotations

from typing import Any

import torch
from torch.autograd import forward_ad


def dual(primal: torch.Tensor, tangent: torch.Tensor) -> torch.Tensor:
    """The dual number of a primal and a tangent."""
    made: torch.Tensor = forward_ad.make_dual(primal, tangent)  # type: ignore[no-untyped-call]  # torch has no types here
    return made


def parts(value: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
    """The primal and the tangent of a tensor; no tangent where nothing flows."""
    primal, tangent = forward_ad.unpack_dual(value)  # type: ignore[no-untyped-call]  # torch has no types here
    return primal, tangent


def tangent_by_reverse(function: Any, operands: Any, attributes: dict[str, Any]) -> Any:
    """The result with its tangent, where torch has only an adjoint: J v is the derivative of w ↦ wᵀ J v."""
    pairs = [parts(o) if isinstance(o, torch.Tensor) else (o, None) for o in operands]
    with torch.enable_grad():
        fresh = [primal if dot is None else primal.detach().requires_grad_() for primal, dot in pairs]
        moving = [(x, dot) for x, (_, dot) in zip(fresh, pairs, strict=True) if dot is not None]
        result = function(*fresh, **attributes)
        if isinstance(result, tuple):
            return tuple([_pushed(y, moving) for y in result])
        return _pushed(result, moving)


def _pushed(result: torch.Tensor, moving: list[tuple[torch.Tensor, torch.Tensor]]) -> torch.Tensor:
    """One result as a dual number."""
    if not result.requires_grad:
        return result
    cotangent = torch.zeros_like(result, requires_grad=True)
    rows = torch.autograd.grad(result, [x for x, _ in moving], cotangent, create_graph=True, allow_unused=True)
    terms = [(row * dot).sum() for row, (_, dot) in zip(rows, moving, strict=True) if row is not None]
    total = torch.stack(terms).sum() if terms else cotangent.sum() * 0
    (tangent,) = torch.autograd.grad(total, cotangent, allow_unused=True)
    return dual(result.detach(), torch.zeros_like(result) if tangent is None else tangent.detach())
