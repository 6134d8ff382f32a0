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


@pytest.mark.parametrize("path", ["/api/v1/examples", "/api/v1/examples/outlines", "/api/v1/ops", "/api/v1/limits", "/healthz", "/readyz"])
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
