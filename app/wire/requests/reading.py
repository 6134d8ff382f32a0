"""A JSON value as a request, or a refusal that names the first wrong field."""

from __future__ import annotations

import difflib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.core.diagnostic import ProgramError, problem

Request = TypeVar("Request", bound=BaseModel)


def read(kind: type[Request], raw: Any) -> Request:
    """The request that a JSON value stands for; ``request.field`` or ``input.invalid`` otherwise."""
    if not isinstance(raw, dict):
        raise problem("request.field", "The body must be a JSON object.")
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        raise _refusal(kind, error) from None


def _refusal(kind: type[BaseModel], error: ValidationError) -> ProgramError:
    """The first wrong field, in a sentence; a misspelt one before the missing one that it was meant to be."""
    wrong = error.errors(include_url=False)
    first = next((e for e in wrong if e["type"] == "extra_forbidden"), wrong[0])
    place = [part for part in first["loc"] if not (isinstance(part, str) and part in ("bool", "Verify"))]
    name = ".".join(str(part) for part in place)[:100]
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(place[-1]), list(kind.model_fields), n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"The fields are {', '.join(kind.model_fields)}."
        return problem("request.field", f"There is no field {name!r}.", hint=hint, field=name)
    if first["type"] == "missing":
        return problem("request.field", f"The field {name!r} is missing.", field=name)
    return problem("request.field", f"{name}: {_expected(first)}.", field=name)


def _expected(error: Any) -> str:
    """What a field should have been, from pydantic's own sentence."""
    said = str(error["msg"]).removeprefix("Input ").removeprefix("should be ")
    return said if said[0].isupper() else f"must be {said}"
