"""The schemas of a trace: nodes, steps, cost, and torch's verdict."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NUMBER, SIZES, TEXT, VALUE, YES, Schema, listed, mapped, or_null, record, ref

SCHEMAS: dict[str, Schema] = {
    "Tensor": {
        "description": "A number, a boolean, or a rectangular nested list of them; words stand for the non-finite numbers.",
        "anyOf": [*NUMBER["anyOf"], YES, listed(ref("Tensor"))],
    },
    "Span": {
        "description": "A stretch of the source: lines from 1, columns from 0 in UTF-16 units, the end excluded.",
        **record("line column end_line end_column", line=COUNT, column=COUNT, end_line=COUNT, end_column=COUNT),
    },
    "Summary": {
        "description": "A large tensor by its figures (values: summary).",
        **record("shape", "min max mean norm corner", shape=SIZES, min=NUMBER, max=NUMBER, mean=NUMBER, norm=NUMBER, corner=ref("Tensor")),
    },
    "Partial": {
        "description": "The derivative of a node by one of its inputs.",
        **record("", "latex value structure", latex=TEXT, value=or_null(ref("Tensor")), structure=TEXT),
    },
    "Node": record(
        "id label v op kind inputs shape dtype primal requires_grad grad_fn group notes",
        "adjoint tangent span latex partials",
        id=COUNT,
        label=TEXT,
        v=or_null(TEXT),
        op=TEXT,
        kind={"enum": ["input", "constant", "op"]},
        inputs=listed(COUNT),
        shape=SIZES,
        dtype={"enum": ["float64", "int64", "bool"]},
        primal=VALUE,
        adjoint=or_null(VALUE),
        tangent=or_null(VALUE),
        requires_grad=YES,
        grad_fn=or_null(TEXT),
        group=or_null(COUNT),
        notes=listed({}),
        span=or_null(ref("Span")),
        latex=TEXT,
        partials=listed(ref("Partial")),
    ),
    "Contribution": {
        "description": "What one edge adds to an adjoint, and the adjoint after it.",
        **record("to slot value adjoint_after", to=COUNT, slot=COUNT, value=VALUE, adjoint_after=VALUE),
    },
    "Step": record(
        "phase node",
        "contributions",
        phase={"enum": ["forward", "reverse"]},
        node=COUNT,
        contributions=listed(ref("Contribution")),
    ),
    "Cuts": {
        "description": "Places of the tape in mode both; the sum of adjoint times tangent over what crosses one is the same at each.",
        **record(
            "spread steady places",
            spread=NUMBER,
            steady=YES,
            places=listed(
                record(
                    "after sum terms",
                    after=COUNT,
                    sum=NUMBER,
                    terms=or_null(listed(record("node adjoint product", node=COUNT, adjoint=or_null(ref("Tensor")), product=NUMBER))),
                )
            ),
        ),
    },
    "Cost": record(
        "nodes forward_operations reverse_operations peak_saved_values",
        nodes=COUNT,
        forward_operations=COUNT,
        reverse_operations=COUNT,
        peak_saved_values=COUNT,
    ),
    "Verification": record(
        "agrees backend device max_abs_error max_rel_error nodes",
        agrees=YES,
        backend=TEXT,
        device=TEXT,
        max_abs_error=or_null(NUMBER),
        max_rel_error=or_null(NUMBER),
        nodes=listed(record("id primal_error derivative_error", id=COUNT, primal_error=or_null(NUMBER), derivative_error=or_null(NUMBER))),
    ),
    "Trace": record(
        "nodes outputs names mode seed groups cost",
        "gradients output_tangents steps cuts verification",
        nodes={"anyOf": [listed(ref("Node")), {"description": "format: columns", **mapped(listed({}))}]},
        outputs=listed(COUNT),
        names=mapped(COUNT),
        mode={"enum": ["primal", "forward", "reverse", "both"]},
        seed=or_null(mapped(ref("Tensor"))),
        gradients=mapped(or_null(VALUE)),
        output_tangents=mapped(or_null(VALUE)),
        steps=listed(ref("Step")),
        cuts=or_null(ref("Cuts")),
        groups=listed({"type": "object"}),
        cost=ref("Cost"),
        verification=ref("Verification"),
    ),
}
