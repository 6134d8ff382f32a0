"""Programs that ended a worker."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field


@dataclass(slots=True)
class Suspects:
    """Programs that ended a worker, by the digest that a worker gave them; twice is once too often."""

    strikes: OrderedDict[bytes, int] = field(default_factory=OrderedDict)
    refused: list[bytes] = field(default_factory=list)

    def strike(self, digest: bytes) -> None:
        """Count one; the oldest are forgotten beyond a thousand."""
        self.strikes[digest] = self.strikes.pop(digest, 0) + 1
        if self.strikes[digest] == 2:
            self.refused.append(digest)
        while len(self.strikes) > 1000:
            self.strikes.popitem(last=False)
