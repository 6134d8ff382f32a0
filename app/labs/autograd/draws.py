"""Random numbers: PyTorch's own for a seed, from the oracle; or those that somebody gives."""

from __future__ import annotations

from typing import Any, Protocol

from app.core.diagnostic import problem


class Source(Protocol):
    """Draws as PyTorch's generator makes them, as arrays of float32."""

    def seeded(self, seed: int) -> None:
        """Begin anew."""

    def uniform(self, shape: tuple[int, ...], low: float, high: float) -> Any:
        """Evenly spread numbers."""

    def normal(self, shape: tuple[int, ...]) -> Any:
        """Standard normal numbers."""


class Draws:
    """What a run draws from; without a source nothing can be drawn."""

    def __init__(self) -> None:
        self.source: Source | None = None

    def _known(self) -> Source:
        if self.source is None:
            raise problem("value.random", "Random tensors need PyTorch here: ask with verify, or give their values.")
        return self.source

    def seeded(self, seed: int) -> None:
        """torch.manual_seed."""
        if self.source is not None:
            self.source.seeded(seed)

    def uniform(self, shape: tuple[int, ...], low: float, high: float) -> Any:
        """Evenly spread numbers."""
        return self._known().uniform(shape, low, high)

    def normal(self, shape: tuple[int, ...]) -> Any:
        """Standard normal numbers."""
        return self._known().normal(shape)


DRAWS = Draws()
