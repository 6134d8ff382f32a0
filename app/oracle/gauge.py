"""Factors that are determined only up to signs: torch's are turned to the signs that the program had.

Eigenvectors and singular vectors may be replaced by their negatives. Which ones come out depends on the build of
LAPACK, so two right evaluations can differ there, and in all that is made of them. Nothing but signs is adjusted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch


def eigenvectors(results: tuple[torch.Tensor, ...], ours: Sequence[Any]) -> tuple[torch.Tensor, ...]:
    """Eigenvalues and eigenvectors, each vector in our direction."""
    values, vectors = results
    return values, vectors * signs(vectors, ours[1])


def singular_vectors(results: tuple[torch.Tensor, ...], ours: Sequence[Any]) -> tuple[torch.Tensor, ...]:
    """U, S and Vᵀ, each pair of vectors in our direction."""
    u, s, vh = results
    turned = signs(u, ours[0])
    return u * turned, s, vh * turned.mT


GAUGES: dict[str, Callable[[tuple[torch.Tensor, ...], Sequence[Any]], tuple[torch.Tensor, ...]]] = {
    "eigh": eigenvectors,
    "svd": singular_vectors,
}


def signs(columns: torch.Tensor, ours: Any) -> torch.Tensor:
    """A row of ones and minus ones: which columns point the other way than ours."""
    wanted = torch.as_tensor(np.asarray(ours, dtype=np.float64), device=columns.device)
    if wanted.shape != columns.shape:
        return torch.ones_like(columns[..., :1, :]).detach()
    along = (columns.detach() * wanted).sum(dim=-2, keepdim=True)
    return torch.where(along < 0, -1.0, 1.0).to(torch.float64)
