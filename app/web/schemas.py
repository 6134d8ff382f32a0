"""The fixed contract of the answers, as JSON schemas; fields may be added to answers, never taken away."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _object(required: str, optional: str = "", **properties: Schema) -> Schema:
    """An object with these properties; the words of ``required`` are always there."""
    wanted = required.split()
    assert set(wanted) | set(optional.split()) == set(properties), set(properties) ^ set(wanted) ^ set(optional.split())
    named = {name.rstrip("_"): schema for name, schema in properties.items()}  # words of Python have a line behind them
    return {"type": "object", "required": [name.rstrip("_") for name in wanted], "properties": named}


TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
YES: Schema = {"type": "boolean"}
NUMBER: Schema = {"anyOf": [{"type": "number"}, {"enum": ["NaN", "Infinity", "-Infinity"]}]}
NAMED_TENSORS = _map(_ref("Tensor"))
SEED: Schema = {"anyOf": [_ref("Tensor"), NAMED_TENSORS, {"type": "null"}], "default": None}
SIZES = _list(COUNT)
VALUE: Schema = {"anyOf": [_ref("Tensor"), _ref("Summary")]}

SCHEMAS: dict[str, Schema] = {
    "Tensor": {
        "description": "A number, a boolean, or a rectangular nested list of them; words stand for the non-finite numbers.",
        "anyOf": [*NUMBER["anyOf"], YES, _list(_ref("Tensor"))],
    },
    "Span": {
        "description": "A stretch of the source: lines from 1, columns from 0 in UTF-16 units, the end excluded.",
        **_object("line column end_line end_column", line=COUNT, column=COUNT, end_line=COUNT, end_column=COUNT),
    },
    "Summary": {
        "description": "A large tensor by its figures (values: summary).",
        **_object(
            "shape", "min max mean norm corner", shape=SIZES, min=NUMBER, max=NUMBER, mean=NUMBER, norm=NUMBER, corner=_ref("Tensor")
        ),
    },
    "Partial": {
        "description": "The derivative of a node by one of its inputs.",
        **_object("", "latex value structure", latex=TEXT, value=_or_null(_ref("Tensor")), structure=TEXT),
    },
    "Node": _object(
        "id label v op kind inputs shape dtype primal requires_grad grad_fn group notes",
        "adjoint tangent span latex partials",
        id=COUNT,
        label=TEXT,
        v=_or_null(TEXT),
        op=TEXT,
        kind={"enum": ["input", "constant", "op"]},
        inputs=_list(COUNT),
        shape=SIZES,
        dtype={"enum": ["float64", "int64", "bool"]},
        primal=VALUE,
        adjoint=_or_null(VALUE),
        tangent=_or_null(VALUE),
        requires_grad=YES,
        grad_fn=_or_null(TEXT),
        group=_or_null(COUNT),
        notes=_list({}),
        span=_or_null(_ref("Span")),
        latex=TEXT,
        partials=_list(_ref("Partial")),
    ),
    "Contribution": {
        "description": "What one edge adds to an adjoint, and the adjoint after it.",
        **_object("to slot value adjoint_after", to=COUNT, slot=COUNT, value=VALUE, adjoint_after=VALUE),
    },
    "Step": _object(
        "phase node",
        "contributions",
        phase={"enum": ["forward", "reverse"]},
        node=COUNT,
        contributions=_list(_ref("Contribution")),
    ),
    "Cuts": {
        "description": "Places of the tape in mode both; the sum of adjoint times tangent over what crosses one is the same at each.",
        **_object(
            "spread steady places",
            spread=NUMBER,
            steady=YES,
            places=_list(
                _object(
                    "after sum terms",
                    after=COUNT,
                    sum=NUMBER,
                    terms=_or_null(_list(_object("node adjoint product", node=COUNT, adjoint=_or_null(_ref("Tensor")), product=NUMBER))),
                )
            ),
        ),
    },
    "Cost": _object(
        "nodes forward_operations reverse_operations peak_saved_values",
        nodes=COUNT,
        forward_operations=COUNT,
        reverse_operations=COUNT,
        peak_saved_values=COUNT,
    ),
    "Verification": _object(
        "agrees backend device max_abs_error max_rel_error nodes",
        agrees=YES,
        backend=TEXT,
        device=TEXT,
        max_abs_error=_or_null(NUMBER),
        max_rel_error=_or_null(NUMBER),
        nodes=_list(
            _object("id primal_error derivative_error", id=COUNT, primal_error=_or_null(NUMBER), derivative_error=_or_null(NUMBER))
        ),
    ),
    "Trace": _object(
        "nodes outputs names mode seed groups cost",
        "gradients output_tangents steps cuts verification",
        nodes={"anyOf": [_list(_ref("Node")), {"description": "format: columns", **_map(_list({}))}]},
        outputs=_list(COUNT),
        names=_map(COUNT),
        mode={"enum": ["primal", "forward", "reverse", "both"]},
        seed=_or_null(_map(_ref("Tensor"))),
        gradients=_map(_or_null(VALUE)),
        output_tangents=_map(_or_null(VALUE)),
        steps=_list(_ref("Step")),
        cuts=_or_null(_ref("Cuts")),
        groups=_list({"type": "object"}),
        cost=_ref("Cost"),
        verification=_ref("Verification"),
    ),
    "Sweep": _object(
        "vary shape vectorised nodes refused",
        "output outputs gradients",
        vary=_map(_list(NUMBER)),
        shape=SIZES,
        vectorised=YES,
        output=_or_null(_ref("Tensor")),
        outputs=_map(_or_null(_list({}))),
        gradients=_map(_or_null(_list({}))),
        nodes=_map(_or_null(_list({}))),
        refused=_list(_object("index code detail", index=SIZES, code=_ref("Code"), detail=TEXT)),
    ),
    "Path": _object(
        "nodes edges partials structures product",
        nodes=_list(COUNT),
        edges=_list(_list(COUNT)),
        partials=_list(_or_null(NUMBER)),
        structures=_list(_or_null(TEXT)),
        product=_or_null(NUMBER),
    ),
    "Paths": {
        "description": "Counts above 2^53 are strings; edges are producer, consumer, slot; sum is null unless all paths are listed.",
        **_object(
            "from_ to count listed paths sum adjoint edge_multiplications path_multiplications note mistakes",
            from_=COUNT,
            to=COUNT,
            count={"anyOf": [COUNT, TEXT]},
            listed=COUNT,
            paths=_list(_ref("Path")),
            sum=_or_null(NUMBER),
            adjoint=_or_null(VALUE),
            edge_multiplications=COUNT,
            path_multiplications={"anyOf": [COUNT, TEXT]},
            note=_or_null(TEXT),
            mistakes=_object("overwritten code_order", overwritten=_or_null(NUMBER), code_order=_or_null(NUMBER)),
        ),
    },
    "Export": _object("format filename media_type text", format=TEXT, filename=TEXT, media_type=TEXT, text=TEXT),
    "Fix": {
        "description": "A change that mends the program: text for a span, or a value for an input.",
        "anyOf": [
            _object("span replacement", span=_ref("Span"), replacement=TEXT),
            _object("input value", input=TEXT, value=_or_null(NUMBER)),
        ],
    },
    "Problem": {
        "description": "A refusal (RFC 9457). detail is a sentence for people, code is for programs and never changes.",
        **_object(
            "type title status detail code",
            "span hint fix",
            type={"type": "string", "format": "uri-reference"},
            title=TEXT,
            status=COUNT,
            detail=TEXT,
            code=_ref("Code"),
            span=_ref("Span"),
            hint=TEXT,
            fix=_ref("Fix"),
        ),
    },
    "Examples": _object(
        "examples", examples=_list(_object("id title source inputs", id=TEXT, title=TEXT, source=TEXT, inputs=_map(_ref("Tensor"))))
    ),
    "Outlines": {
        "description": "By example: a sign for each node (i input, o operation, y output) and the edges, constants left out.",
        **_object("outlines", outlines=_map(_object("nodes edges", nodes=TEXT, edges=_list(_list(COUNT))))),
    },
    "Operation": _object(
        "name aliases signature category summary latex torch grad_fn differentiable results method conventions rule partials",
        name=TEXT,
        aliases=_list(TEXT),
        signature=TEXT,
        category=TEXT,
        summary=TEXT,
        latex=TEXT,
        torch=TEXT,
        grad_fn=_or_null(TEXT),
        differentiable=YES,
        results=COUNT,
        method=YES,
        conventions=_list(TEXT),
        rule=_or_null(_object("value partials domain", value=TEXT, partials=_list(_or_null(TEXT)), domain=_or_null(TEXT))),
        partials=_list(TEXT),
    ),
    "Operations": _object("ops", ops=_list(_ref("Operation"))),
    "Limits": _map({"type": "number"}),
    "Health": _object("status", status=TEXT),
    "Readiness": _object(
        "status pool torch workers", status=TEXT, pool=TEXT, torch={"enum": ["loading", "ready", "failed", "off"]}, workers=COUNT
    ),
}
