"""What a search may cost: counted in visits to nodes, so that the same problem takes the same way on every machine."""

from __future__ import annotations


class ExhaustedError(Exception):
    """The search has used what it may use."""


class Meter:
    """Visits that are left."""

    def __init__(self, allowed: int) -> None:
        self.left = allowed

    def charge(self, visits: int) -> None:
        """Take some away, before they are made."""
        if visits > self.left:
            raise ExhaustedError
        self.left -= visits

    def allow(self, visits: int) -> None:
        """Begin another stage: what the last one left is gone."""
        self.left = visits
