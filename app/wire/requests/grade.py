"""The requests of graders: one answer, its reading alone, and many answers to one exercise."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.wire.requests.exercise import ExerciseText

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)
Answers = Annotated[dict[str, Any], Field(max_length=20_000)]
"""By name, label, v3 or #5: an object of quantities, whose values are numbers, strings as written, or nested lists of them."""
Student = Annotated[str, Field(min_length=1, max_length=200)]
VariantSeed = Annotated[int, Field(ge=0, lt=2**53)]


class GradeRequest(BaseModel):
    """One answer to an exercise; ``seed`` is that of its variant, otherwise the student's own, otherwise 0."""

    model_config = STRICT

    exercise: ExerciseText
    answers: Answers
    student: Student | None = None
    seed: VariantSeed | None = None

    @property
    def source(self) -> str:
        """The program of the exercise."""
        return self.exercise.source


class ValidateRequest(GradeRequest):
    """One answer to be read, not judged."""


class Submission(BaseModel):
    """One answer of many."""

    model_config = STRICT

    id: Annotated[str, Field(max_length=200)] | Annotated[int, Field(ge=-(2**53), le=2**53)]
    answers: Any
    student: Student | None = None
    seed: VariantSeed | None = None


class GradeBatchRequest(BaseModel):
    """Many answers to one exercise; a submission that cannot be read has a problem of its own, and the others are graded."""

    model_config = STRICT

    exercise: ExerciseText
    submissions: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=1000)]

    @property
    def source(self) -> str:
        """The program of the exercise."""
        return self.exercise.source
