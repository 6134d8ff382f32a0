"""The API described as OpenAPI 3.1: requests from their types, answers from the fixed contract."""

from __future__ import annotations

import json
from typing import Any

from app import __version__
from app.core.codes import CODES
from app.settings import Settings
from app.web.schemas import NAMED_TENSORS, SCHEMAS, SEED
from app.wire.calls import EVALUATIONS
from app.wire.requests import REQUESTS

REFERENCE = "#/components/schemas/{model}"
EXAMPLES: dict[str, Any] = {
    "trace": {"source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}, "mode": "reverse"},
    "sweep": {"source": "y = sin(x) * x", "vary": {"x": {"start": -3, "stop": 3, "num": 7}}},
    "paths": {"source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}, "from": "a"},
    "export": {"source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}, "format": "numpy"},
}
ANSWERS = {
    "trace": "The graph, its derivatives and its steps",
    "sweep": "Values at every point",
    "paths": "The ledger: paths, their number, their sum",
    "export": "The text, with a name for its file",
}
"""What a call answers, in a few words."""
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
        "paths": _paths(),
        "components": {"schemas": {**SCHEMAS, **_requests()}},
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _requests() -> dict[str, Any]:
    """The schemas of what can be asked."""
    found: dict[str, Any] = {}
    for kind in REQUESTS.values():
        schema = kind.model_json_schema(ref_template=REFERENCE)
        found |= schema.pop("$defs", {})
        tensors = {"inputs": NAMED_TENSORS, "seed": SEED}
        schema["properties"] |= {name: tensors[name] for name in tensors.keys() & schema["properties"].keys()}
        found[kind.__name__] = schema
    return {**found, "Code": {"type": "string", "enum": list(CODES)}}


def _paths() -> dict[str, Any]:
    """What every address answers."""
    return {
        **{f"/api/v1/{call}": {"post": _evaluation(call)} for call in EVALUATIONS},
        "/api/v1/examples": {"get": _get("examples", "The gallery of programs", "Examples")},
        "/api/v1/examples/outlines": {"get": _get("outlines", "The graphs of the gallery, for small pictures", "Outlines")},
        "/api/v1/ops": {"get": _get("ops", "Every operation, with its rules and conventions", "Operations")},
        "/api/v1/limits": {"get": _get("limits", "The budgets of a program", "Limits")},
        "/healthz": {"get": _get("healthz", "Whether the server runs", "Health")},
        "/readyz": {"get": _get("readyz", "Whether the workers answer, and how far torch is", "Readiness")},
        "/metrics": {"get": _metrics()},
    }


def _evaluation(call: str) -> dict[str, Any]:
    """What workers do with a program."""
    asked = REQUESTS[call].__name__
    return {
        "operationId": call,
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
