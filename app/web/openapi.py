"""The API described as OpenAPI 3.1: requests from their types, answers from the fixed contract."""

from __future__ import annotations

import json
from typing import Any

from app import __version__
from app.core.codes import CODES
from app.settings import Settings
from app.web import openapi_classroom
from app.web.schemas import SCHEMAS
from app.web.schemas.dual import DUAL_INPUTS
from app.web.schemas.parts import DIRECTION, NAMED_TENSORS, SEED
from app.wire.calls import EVALUATIONS
from app.wire.formatted import FORMATS
from app.wire.requests import REQUESTS
from app.wire.requests.dual import DualRequest

REFERENCE = "#/components/schemas/{model}"
GRADED = {"source": "c = a + b\nd = b + 1\ne = c * d", "inputs": {"a": 2, "b": 1}, "mode": "reverse"}
SHEET = {
    "c": {"primal": 4, "adjoint": "2"}, "d": {"primal": 2, "adjoint": 4}, "e": {"primal": 8, "adjoint": 1},
    "a": {"adjoint": 2}, "b": {"adjoint": 6},
}  # fmt: skip
"""An exercise, and a sheet with one slip in c that everything else follows from."""
EXAMPLES: dict[str, Any] = {
    "trace": {"source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}, "mode": "reverse"},
    "sweep": {"source": "y = sin(x) * x", "vary": {"x": {"start": -3, "stop": 3, "num": 7}}},
    "frames": {"source": "y = sin(x) * x", "vary": {"x": [1, 1.5, 2]}},
    "paths": {"source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}, "from": "a"},
    "compare": {"left": {"source": "y = log(1 + x)"}, "right": {"source": "y = log1p(x)"}, "inputs": {"x": 1e-10}},
    "jacobian": {"source": "u = a * b\nv = sin(a)\nu, v", "inputs": {"a": 2, "b": 3}, "chain": True},
    "hessian": {"source": "y = sum(sin(x))", "inputs": {"x": [1, 2]}, "direction": {"x": [1, -1]}},
    "numerical": {"source": "y = 3 * x ** 3 - 5 * x ** 2", "inputs": {"x": 1.5}, "wrt": "x", "steps": [0.1, 0.001, 1e-05, 1e-07]},
    "autograd": {"source": "import torch\nx = torch.tensor(2.0, requires_grad=True)\n(x * x).backward()\nprint(x.grad)"},
    "cost": {"source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}},
    "memory": {"source": "for i in range(8):\n    x = sin(x) * a", "inputs": {"x": 1, "a": 2}, "slots": 3},
    "dynamics": {"source": "y = x\nwhile y < 10: y = y * y", "inputs": {"x": 2}, "other": {"x": 3}},
    "matrix-derivative": {"source": "x.T @ A @ x", "wrt": "x", "shapes": {"x": ["n"], "A": ["n", "n"]}},
    "symbolic": {"source": "y = exp(x) * sin(x)", "inputs": {"x": 1}, "wrt": "x"},
    "lagrange": {"objective": "x*y", "constraints": ["x**2 + y**2 == 1"], "sense": "max"},
    "dual": {"source": "y = x * sin(x)", "inputs": {"x": "2 + ε"}, "order": 3},
    "backpropagation": {"source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}},
    "grade": {"exercise": GRADED, "answers": SHEET},
    "grade/batch": {
        "exercise": GRADED,
        "submissions": [{"id": "first", "answers": SHEET}, {"id": "second", "answers": {"c": {"primal": "6"}}}],
    },
    "validate": {"exercise": GRADED, "answers": {"c": {"primal": "1/2", "adjoint": "two"}}},
    "exercises/test": {"exercise": GRADED | {"inputs": {}, "variants": {"a": {"choice": [2, 3]}, "b": {"range": [4, 6]}}}, "count": 10},
    "sheet": {"exercise": GRADED},
    "export": {"source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}, "format": "numpy"},
}
ANSWERS = {
    "trace": "The graph, its derivatives and its steps",
    "sweep": "Values at every point",
    "frames": "The first trace, and what differs in the others",
    "paths": "The ledger: paths, their number, their sum",
    "compare": "Both sides, each with its rounding errors, and their differences",
    "jacobian": "The Jacobian block by block, and what it took",
    "hessian": "The Hessian block by block, and its product with the direction",
    "numerical": "The derivative, every estimate of it with its error, and the best step",
    "autograd": "What the code prints, with its graphs and gradients",
    "cost": "Counts of operations, passes, totals, and where the modes change places",
    "memory": "Lives of values, peaks, the curve over snapshots, and one schedule",
    "dynamics": "The run, its decisions and rounds, and the other run beside it",
    "matrix-derivative": "The closed form, typeset in all layouts, its derivation and its check",
    "symbolic": "The derivative written out and simplified, rule by rule, with its size beside what AD needs",
    "lagrange": "Every stationary point, with its multipliers, its kind and its surroundings",
    "dual": "Coefficients of the result and of every node, the rules that made them, and how they were checked",
    "backpropagation": "The right sweep, the wrong ones, and why each adjoint of theirs is wrong",
    "grade": "The verdict on every value, the slips behind the wrong ones, and the score",
    "grade/batch": "A status and a result, or a problem, for every sheet",
    "validate": "Every value as it was understood",
    "exercises/test": "Whether all is well, and what is wrong with each variant that is not",
    "sheet": "The blank sheet: no number that is asked is in it",
    "export": "The text, with a name for its file",
}
"""What a call answers, in a few words."""
FORMAT = {
    "name": "format",
    "in": "query",
    "description": "The same in the shape that another system reads; moodle-csv is a table",
    "schema": {"enum": ["json", *FORMATS]},
}
REFUSALS = (400, 408, 413, 415, 422, 503)


def openapi(settings: Settings) -> bytes:
    """The document; its addresses are relative to where it stands."""
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Wengert",
            "version": __version__,
            "description": "Automatic differentiation, step by step, every node checked against PyTorch. "
            "Numbers are float64; the non-finite ones are the strings NaN, Infinity and -Infinity.",
        },
        "servers": [{"url": settings.root_path or "/"}],
        "paths": _paths() | openapi_classroom.paths(_problem),
        "components": {"schemas": {**SCHEMAS, **_requests()}, "securitySchemes": openapi_classroom.SECURITY},
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _requests() -> dict[str, Any]:
    """The schemas of what can be asked."""
    found: dict[str, Any] = {}
    for kind in (*REQUESTS.values(), *openapi_classroom.REQUESTS):
        schema = kind.model_json_schema(ref_template=REFERENCE)
        found |= schema.pop("$defs", {})
        tensors = {"inputs": NAMED_TENSORS, "seed": SEED, "direction": DIRECTION}
        schema["properties"] |= {name: tensors[name] for name in tensors.keys() & schema["properties"].keys()}
        if kind is DualRequest:
            schema["properties"]["inputs"] = DUAL_INPUTS
        found[kind.__name__] = schema
    return {**found, "Code": {"type": "string", "enum": list(CODES)}}


def _paths() -> dict[str, Any]:
    """What every address answers."""
    return {
        **{f"/api/v1/{call}": {"post": _evaluation(call)} for call in EVALUATIONS},
        "/api/v1/examples": {"get": _get("examples", "The gallery of programs", "Examples")},
        "/api/v1/examples/questions": {"get": _get("questions", "What each example asks in predict mode", "Questions")},
        "/api/v1/examples/outlines": {"get": _get("outlines", "The graphs of the gallery, for small pictures", "Outlines")},
        "/api/v1/lessons": {"get": _get("lessons", "The lessons with their exercises", "Lessons")},
        "/api/v1/examples/costs": {"get": _get("costs", "What each example's sweeps cost", "GalleryCosts")},
        "/api/v1/ops": {"get": _get("ops", "Every operation, with its rules and conventions", "Operations")},
        "/api/v1/limits": {"get": _get("limits", "The budgets of a program", "Limits")},
        "/healthz": {"get": _get("healthz", "Whether the server runs", "Health")},
        "/readyz": {"get": _get("readyz", "Whether the workers answer, and how far torch is", "Readiness")},
        "/metrics": {"get": _metrics()},
    }


def _evaluation(call: str) -> dict[str, Any]:
    """What workers do with a program."""
    asked = REQUESTS[call].__name__
    return ({"parameters": [FORMAT]} if call in ("grade", "grade/batch") else {}) | {
        "operationId": call.replace("/", "_"),
        "tags": ["programs"],
        "summary": EVALUATIONS[call],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{asked}"}, "example": EXAMPLES[call]}},
        },
        "responses": {"200": _json(ANSWERS[call], asked.removesuffix("Request")), **{str(s): _problem(s) for s in REFUSALS}},
    }


def _get(name: str, summary: str, schema: str) -> dict[str, Any]:
    """An address that is only read."""
    responses = {"200": _json(summary, schema), "503": _problem(503)}
    if name == "readyz":
        responses["503"] = _json("The workers do not answer yet", schema)
    if name == "healthz":
        del responses["503"]
    return {"operationId": name, "tags": ["service" if name.endswith("z") else "reference"], "summary": summary, "responses": responses}


def _metrics() -> dict[str, Any]:
    text = {"description": "Prometheus' text format", "content": {"text/plain": {"schema": {"type": "string"}}}}
    return {"operationId": "metrics", "tags": ["service"], "summary": "Figures of the server", "responses": {"200": text}}


def _json(description: str, schema: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}


def _problem(status: int) -> dict[str, Any]:
    """A refusal: which codes it can carry."""
    titles = "; ".join(f"`{name}` {code.title.lower()}" for name, code in CODES.items() if code.status == status)
    answer: dict[str, Any] = {
        "description": titles,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == 503:
        answer["headers"] = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}}
    return answer
