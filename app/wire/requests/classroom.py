"""The requests that keep something: sign in, hand in, regrade."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.wire.requests.grade import Answers, Student

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)
ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"
ExerciseId = Annotated[str, Field(pattern=ID_PATTERN)]
Why = Annotated[str, Field(max_length=1000)]


class SessionRequest(BaseModel):
    """A teacher's key, or a class link with a student's opaque id."""

    model_config = STRICT

    key: Annotated[str, Field(max_length=200)] | None = None
    link: Annotated[str, Field(max_length=200)] | None = None
    student: Student | None = None


class SubmissionRequest(BaseModel):
    """A sheet to be graded and kept; who it is of is the session's student, or the one that a key names."""

    model_config = STRICT

    exercise_id: ExerciseId
    answers: Answers
    student: Student | None = None


class RegradeRequest(BaseModel):
    """All submissions of an exercise graded anew under a version of it: on paper, unless ``dry_run`` is false."""

    model_config = STRICT

    exercise_id: ExerciseId
    version: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    policy: Literal["keep_higher", "replace"] = "keep_higher"
    dry_run: bool = True
    why: Why = ""


class ApplyRequest(BaseModel):
    """How a regrade is applied, if otherwise than was planned."""

    model_config = STRICT

    policy: Literal["keep_higher", "replace"] | None = None


class UndoRequest(BaseModel):
    """Why a regrade is undone."""

    model_config = STRICT

    why: Why = ""
