"""The API is frozen: whatever changes the document changes the snapshot, on purpose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from live import GOOD, Live

SNAPSHOT = Path(__file__).parent / "openapi.json"


@pytest.fixture(scope="module")
def document(shared_server: Live) -> dict:
    return shared_server.client.get("/openapi.json").json()


def test_the_document_is_the_one_agreed_on(document: dict):
    """To change the API on purpose: write the document of ``/openapi.json`` to tests/contract/openapi.json, indented by 1."""
    assert document == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def references(value) -> set[str]:
    if isinstance(value, dict):
        found = {value["$ref"]} if "$ref" in value else set()
        return found.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def test_every_reference_leads_somewhere(document: dict):
    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references(document) <= schemas


def test_the_fields_of_the_contract_are_there(document: dict):
    fields = document["components"]["schemas"]["TraceRequest"]["properties"].keys()
    assert set(fields) == {"source", "inputs", "mode", "wrt", "seed", "outputs", "verify", "values", "include", "format"}


@pytest.mark.parametrize(
    "path",
    [
        *("/api/v1/examples", "/api/v1/examples/questions", "/api/v1/examples/outlines", "/api/v1/examples/costs", "/api/v1/lessons"),
        *("/api/v1/ops", "/api/v1/limits", "/healthz", "/readyz"),
    ],
)
def test_answers_are_as_described(server: Live, document: dict, path: str):
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(mismatches(server.client.get(path).json(), schema, document)) == []


@pytest.mark.parametrize("mode", ["primal", "forward", "reverse", "both"])
@pytest.mark.parametrize("change", [{}, {"format": "columns"}, {"include": []}, {"verify": True}])
def test_traces_are_as_described(server: Live, document: dict, mode: str, change: dict):
    schema = document["paths"]["/api/v1/trace"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = server.trace(GOOD | {"mode": mode} | change)
    assert answer.status_code == 200
    assert list(mismatches(answer.json(), schema, document)) == []


@pytest.mark.parametrize("left", ["y = exp(x)", "y = x +", "p = x*[1, 2]", "y = 1/(x - 3)"])
def test_comparisons_are_as_described(server: Live, document: dict, left: str):
    schema = document["paths"]["/api/v1/compare"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = server.client.post("/api/v1/compare", json={"left": {"source": left}, "right": {"source": "y = x*x"}, "inputs": {"x": 3}})
    assert answer.status_code == 200
    assert list(mismatches(answer.json(), schema, document)) == []


@pytest.mark.parametrize("chain", [False, True])
@pytest.mark.parametrize("source", ["u = a * b\nv = sin(a)\nu, v", "y = 1/(a - 2)", "y = a[0]"])
def test_jacobians_are_as_described(server: Live, document: dict, source: str, chain: bool):
    schema = document["paths"]["/api/v1/jacobian"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    inputs = {"a": [2, 3] if "[" in source else 2, "b": 3}
    answer = server.client.post("/api/v1/jacobian", json={"source": source, "inputs": inputs, "chain": chain})
    assert answer.status_code == 200
    assert list(mismatches(answer.json(), schema, document)) == []


@pytest.mark.parametrize("source", ["y = x**2", "y = 3", "y = x > 1", "y = [x, sin(x)]", "for i in range(9):\n    x = sin(x)"])
def test_costs_are_as_described(server: Live, document: dict, source: str):
    schema = document["paths"]["/api/v1/cost"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = server.client.post("/api/v1/cost", json={"source": source, "inputs": {"x": 3}})
    assert answer.status_code == 200
    assert list(mismatches(answer.json(), schema, document)) == []


@pytest.mark.parametrize("direction", [{}, {"direction": {"x": [1, -1]}}])
def test_hessians_are_as_described(server: Live, document: dict, direction: dict):
    schema = document["paths"]["/api/v1/hessian"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = server.client.post("/api/v1/hessian", json={"source": "y = sum(sin(x))", "inputs": {"x": [1, 2]}} | direction)
    assert answer.status_code == 200
    assert list(mismatches(answer.json(), schema, document)) == []


LONG = "for i in range(3000):\n    x = sin(x)"


@pytest.mark.parametrize("source", ["y = x**2", "y = 3", "y = x > 1", "y = [x, sin(x)]", "for i in range(9):\n    x = sin(x)", LONG])
def test_memories_are_as_described(server: Live, document: dict, source: str):
    schema = document["paths"]["/api/v1/memory"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = server.client.post("/api/v1/memory", json={"source": source, "inputs": {"x": 3}})
    assert answer.status_code == 200
    assert list(mismatches(answer.json(), schema, document)) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"source": "(3 + ε) * (2 - 4ε)"},
        {"source": "y = x**2.5\nz = y > 1\nwhere(z, y, sin(y))", "inputs": {"x": "1 + ε - ε²"}, "order": 12, "around": {}},
        {"source": "U, S, V = svd(A)\nS", "inputs": {"A": [["1 + ε", 2], [3, 4]]}, "order": 2},
        {"source": "x, 2 * x", "inputs": {"x": "Infinity"}},
        {"source": LONG, "inputs": {"x": 1}},
    ],
)
def test_dual_numbers_are_as_described(server: Live, document: dict, asked: dict):
    schema = document["paths"]["/api/v1/dual"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = server.client.post("/api/v1/dual", json=asked)
    assert answer.status_code == 200
    assert list(mismatches(answer.json(), schema, document)) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"objective": "x*y", "constraints": ["x**2 + y**2 == 1"], "sense": "max"},
        {"objective": "x", "constraints": ["y**2 - x**3"]},
        {"objective": "x**2 + y**2", "constraints": [], "inequalities": ["x + y >= 2"], "sense": "min"},
        {"objective": "sum(x*x)", "constraints": ["sum(x) == 3"], "start": {"x": [1, 2, 3]}},
        {"objective": "if x > 0:\n    y = x\nelse:\n    y = 1/x\nz*y", "constraints": ["x + z"]},
        {"objective": "for i in range(2): x = sin(x)"},
    ],
)
def test_lagrange_is_as_described(server: Live, document: dict, asked: dict):
    schema = document["paths"]["/api/v1/lagrange"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = server.client.post("/api/v1/lagrange", json=asked)
    assert answer.status_code == 200
    assert list(mismatches(answer.json(), schema, document)) == []


@pytest.mark.parametrize("other", [None, {"x": -2}, {"x": [1, 2]}])
def test_dynamics_are_as_described(server: Live, document: dict, other: dict | None):
    schema = document["paths"]["/api/v1/dynamics"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    source = "def f(u): return f(u / 2) if u > 1 else u\ny = f(x)\nwhile y < 9:\n    y = y * 2 + 1\ny"
    answer = server.client.post("/api/v1/dynamics", json={"source": source, "inputs": {"x": 3}, "other": other})
    assert answer.status_code == 200
    assert list(mismatches(answer.json(), schema, document)) == []


def test_problems_are_as_described(server: Live, document: dict):
    for body in ({"source": "y = 4x"}, {"source": "y = x"}, {"sauce": 1}):
        schema = document["paths"]["/api/v1/trace"]["post"]["responses"]["422"]["content"]["application/problem+json"]["schema"]
        assert list(mismatches(server.trace(body).json(), schema, document)) == []


KINDS = {"string": str, "object": dict, "array": list, "boolean": bool, "integer": int, "number": (int, float), "null": type(None)}


def mismatches(value, schema: dict, document: dict, place: str = "answer"):  # noqa: C901  # one line a word of JSON Schema
    """Where a value is not as a schema says; the few words of JSON Schema that ours uses."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema and all(list(mismatches(value, choice, document)) for choice in schema["anyOf"]):
        yield f"{place}: {str(value)[:80]} is none of the choices"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    kind = schema.get("type")
    if kind and (not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind in ("integer", "number"))):
        yield f"{place}: {str(value)[:80]!r} is no {kind}"
    elif kind == "array":
        for i, item in enumerate(value):
            yield from mismatches(item, schema.get("items", {}), document, f"{place}[{i}]")
    elif kind == "object":
        for name in schema.get("required", []):
            if name not in value:
                yield f"{place}: {name} is missing"
        for name, item in value.items():
            inside = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
            yield from mismatches(item, inside, document, f"{place}.{name}")
