"""The request for a blank sheet."""

from __future__ import annotations

from app.wire.requests.grade import Posed, Student, VariantSeed


class SheetRequest(Posed):
    """An exercise to be worked out; ``seed`` is that of its variant, otherwise the student's own, otherwise 0."""

    student: Student | None = None
    seed: VariantSeed | None = None
