"""A program run with another number at one of its nodes: everything after it is decided and computed anew."""

from __future__ import annotations

from typing import Any

from app.ops.op import Value


class Changed(list[Any]):
    """The values of a tape under construction, of which one is replaced as it arrives: ``node`` gets ``value``."""

    def __init__(self) -> None:
        super().__init__()
        self.node = -1
        self.value: Value = None

    def append(self, made: Value) -> None:
        """The next value."""
        super().append(self.value if len(self) == self.node else made)
