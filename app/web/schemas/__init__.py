"""The fixed contract of the answers, as JSON schemas; fields may be added to answers, never taken away."""

from __future__ import annotations

from app.web.schemas import (
    autograd,
    backpropagation,
    classroom,
    compare,
    cost,
    dual,
    dynamics,
    export,
    grade,
    jacobian,
    lagrange,
    matrix,
    memory,
    numerical,
    paths,
    problem,
    reference,
    sheet,
    sweep,
    symbolic,
    trace,
)
from app.web.schemas.parts import Schema

SCHEMAS: dict[str, Schema] = {
    **trace.SCHEMAS,
    **sweep.SCHEMAS,
    **paths.SCHEMAS,
    **compare.SCHEMAS,
    **jacobian.SCHEMAS,
    **numerical.SCHEMAS,
    **autograd.SCHEMAS,
    **cost.SCHEMAS,
    **matrix.SCHEMAS,
    **memory.SCHEMAS,
    **dynamics.SCHEMAS,
    **lagrange.SCHEMAS,
    **grade.SCHEMAS,
    **classroom.SCHEMAS,
    **sheet.SCHEMAS,
    **symbolic.SCHEMAS,
    **dual.SCHEMAS,
    **backpropagation.SCHEMAS,
    **problem.SCHEMAS,
    **reference.SCHEMAS,
    **export.SCHEMAS,
}
