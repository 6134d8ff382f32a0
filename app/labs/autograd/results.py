"""Two results of one operation, as PyTorch names and prints them."""

from __future__ import annotations

from collections.abc import Iterable

from app.labs.autograd.tensor import Tensor

CALLED = {"max_dim": "max", "min_dim": "min", "median_dim": "median", "sort": "sort", "cummax": "cummax", "cummin": "cummin"}
"""The operations whose results have names, and what PyTorch calls them."""


class Results(tuple[Tensor, ...]):  # noqa: SLOT001  a tuple with a name cannot have slots
    """Values, and where they were found."""

    name: str

    @classmethod
    def of(cls, name: str, tensors: Iterable[Tensor]) -> Results:
        """The results of an operation."""
        made = cls(tensors)
        made.name = CALLED[name]
        return made

    @property
    def values(self) -> Tensor:
        """What was found."""
        return self[0]

    @property
    def indices(self) -> Tensor:
        """Where it was found."""
        return self[1]

    def text(self) -> str:
        """What ``print`` shows."""
        return f"torch.return_types.{self.name}(\nvalues={self.values.text()},\nindices={self.indices.text()})"
