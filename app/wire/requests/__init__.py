"""What a client may ask: requests as types, every field strict, unknown fields refused."""

from __future__ import annotations

from pydantic import BaseModel

from app.wire.requests.dual import DualRequest
from app.wire.requests.grade import ExerciseTestRequest, GradeBatchRequest, GradeRequest, ValidateRequest
from app.wire.requests.lagrange import LagrangeRequest
from app.wire.requests.matrix import MatrixDerivativeRequest
from app.wire.requests.numerical import NumericalRequest
from app.wire.requests.programs import (
    AutogradRequest,
    BackpropagationRequest,
    CompareRequest,
    CostsRequest,
    DynamicsRequest,
    ExportRequest,
    FramesRequest,
    HessianRequest,
    JacobianRequest,
    MemoryRequest,
    PathsRequest,
    SweepRequest,
    TraceRequest,
)
from app.wire.requests.sheet import SheetRequest
from app.wire.requests.symbolic import SymbolicRequest

REQUESTS: dict[str, type[BaseModel]] = {
    "trace": TraceRequest,
    "export": ExportRequest,
    "sweep": SweepRequest,
    "frames": FramesRequest,
    "paths": PathsRequest,
    "compare": CompareRequest,
    "jacobian": JacobianRequest,
    "hessian": HessianRequest,
    "numerical": NumericalRequest,
    "autograd": AutogradRequest,
    "cost": CostsRequest,
    "memory": MemoryRequest,
    "dynamics": DynamicsRequest,
    "matrix-derivative": MatrixDerivativeRequest,
    "lagrange": LagrangeRequest,
    "grade": GradeRequest,
    "grade/batch": GradeBatchRequest,
    "validate": ValidateRequest,
    "exercises/test": ExerciseTestRequest,
    "sheet": SheetRequest,
    "symbolic": SymbolicRequest,
    "dual": DualRequest,
    "backpropagation": BackpropagationRequest,
}
"""By the names of the calls; the schema of an answer has the name of its request without that word."""
