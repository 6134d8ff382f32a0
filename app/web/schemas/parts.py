"""The words that schemas of answers are made of."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """Another schema, by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(items: Schema) -> Schema:
    """A list of such things."""
    return {"type": "array", "items": items}


def mapped(values: Schema) -> Schema:
    """Such things by their names."""
    return {"type": "object", "additionalProperties": values}


def or_null(schema: Schema) -> Schema:
    """Such a thing, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def record(required: str, optional: str = "", **properties: Schema) -> Schema:
    """An object with these properties; the words of ``required`` are always there."""
    wanted = required.split()
    assert set(wanted) | set(optional.split()) == set(properties), set(properties) ^ set(wanted) ^ set(optional.split())
    named = {name.rstrip("_"): schema for name, schema in properties.items()}  # words of Python have a line behind them
    return {"type": "object", "required": [name.rstrip("_") for name in wanted], "properties": named}


TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
YES: Schema = {"type": "boolean"}
NUMBER: Schema = {"anyOf": [{"type": "number"}, {"enum": ["NaN", "Infinity", "-Infinity"]}]}
NAMED_TENSORS = mapped(ref("Tensor"))
SEED: Schema = {"anyOf": [ref("Tensor"), NAMED_TENSORS, {"type": "null"}], "default": None}
DIRECTION: Schema = {"anyOf": [NAMED_TENSORS, {"type": "null"}], "default": None}
BLOCKS = mapped(mapped(ref("Tensor")))
SIZES = listed(COUNT)
VALUE: Schema = {"anyOf": [ref("Tensor"), ref("Summary")]}
