"""The requests of graders: one answer, its reading alone, and many answers to one exercise."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import JsonSchemaValue

from app.core.diagnostic import problem
from app.gallery.reading import library
from app.wire.requests.exercise import ExerciseText

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)
Answers = Annotated[dict[str, Any], Field(max_length=20_000)]
"""By name, label, v3 or #5: an object of quantities, whose values are numbers, strings as written, or nested lists of them."""
Student = Annotated[str, Field(min_length=1, max_length=200)]
VariantSeed = Annotated[int, Field(ge=0, lt=2**53)]


def _either(schema: JsonSchemaValue) -> None:
    """An exercise, or the id of one."""
    name = {"type": "string", "description": "An exercise of the library, instead of one that is written out"}
    schema["properties"] = {"exercise": schema["properties"].pop("exercise"), "exercise_id": name, **schema["properties"]}
    schema["required"] = [one for one in schema["required"] if one != "exercise"]
    schema["oneOf"] = [{"required": ["exercise"]}, {"required": ["exercise_id"]}]


class Posed(BaseModel):
    """About an exercise: one that is written out, or ``exercise_id`` of the library."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, json_schema_extra=_either)

    exercise: ExerciseText

    @model_validator(mode="before")
    @classmethod
    def _found(cls, raw: Any) -> Any:
        """Put the library's exercise in the place of its id."""
        if not isinstance(raw, dict) or "exercise_id" not in raw:
            return raw
        identity = raw["exercise_id"]
        if "exercise" in raw or not isinstance(identity, str):
            raise problem("request.field", "Give an exercise, or the id of one as exercise_id.", field="exercise_id")
        if identity not in library():
            raise problem("exercise.unknown", f"There is no exercise {identity[:100]!r}.")
        return {name: value for name, value in raw.items() if name != "exercise_id"} | {"exercise": library()[identity]}

    @property
    def source(self) -> str:
        """The program of the exercise."""
        return self.exercise.source


class GradeRequest(Posed):
    """One answer to an exercise; ``seed`` is that of its variant, otherwise the student's own, otherwise 0."""

    answers: Answers
    student: Student | None = None
    seed: VariantSeed | None = None


class ValidateRequest(GradeRequest):
    """One answer to be read, not judged."""


class Submission(BaseModel):
    """One answer of many; ``answers`` may also be the text of a file of them, which is read on its own."""

    model_config = STRICT

    id: Annotated[str, Field(max_length=200)] | Annotated[int, Field(ge=-(2**53), le=2**53)]
    answers: Any
    student: Student | None = None
    seed: VariantSeed | None = None


class GradeBatchRequest(Posed):
    """Many answers to one exercise; a submission that cannot be read has a problem of its own, and the others are graded."""

    submissions: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=1000)]


class ExerciseTestRequest(Posed):
    """Variants of an exercise to be tried: the seeds from 0 on."""

    count: Annotated[int, Field(ge=1, le=500)] = 100
