"""The schema of a blank sheet."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NAMED_TENSORS, NUMBER, SIZES, TEXT, YES, Schema, listed, or_null, record, ref

SCHEMAS: dict[str, Schema] = {
    "Sheet": {
        "description": "asked has the numbers in working order: as the program runs, then back along the reverse sweep. node, quantity and "
        "slot are what an answer says. Only inputs and constants have values; inputs are as drawn for this student.",
        **record(
            "title statement source mode inputs seed seeds policy tolerance decimal_comma points nodes groups outputs asked",
            title=TEXT,
            statement=TEXT,
            source=TEXT,
            mode={"enum": ["primal", "forward", "reverse", "both"]},
            inputs=NAMED_TENSORS,
            seed=or_null(COUNT),
            seeds=listed(
                record(
                    "node id quantity value",
                    node=TEXT,
                    id=COUNT,
                    quantity={"enum": ["tangent", "adjoint"]},
                    value=ref("Tensor"),
                )
            ),
            policy=record(
                "attempts feedback carry opens closes late",
                attempts=or_null(COUNT),
                feedback={"enum": ["none", "verdicts", "hints", "full"]},
                carry={"enum": ["off", "best", "always_local"]},
                opens=or_null(TEXT),
                closes=or_null(TEXT),
                late=or_null(NUMBER),
            ),
            tolerance=TEXT,
            decimal_comma=YES,
            points=NUMBER,
            nodes=listed(ref("BlankNode")),
            groups=listed({"type": "object"}),
            outputs=listed(COUNT),
            asked=listed(
                record(
                    "node id quantity slot index weight latex",
                    node=TEXT,
                    id=COUNT,
                    quantity={"enum": ["primal", "partial", "tangent", "adjoint", "gradient", "output"]},
                    slot=or_null(COUNT),
                    index=or_null(listed(COUNT)),
                    weight=NUMBER,
                    latex=TEXT,
                )
            ),
        ),
    },
    "BlankNode": record(
        "id label name v op kind inputs shape dtype group span latex",
        "value",
        id=COUNT,
        label=TEXT,
        name=TEXT,
        v=or_null(TEXT),
        op=TEXT,
        kind={"enum": ["input", "constant", "op"]},
        inputs=listed(COUNT),
        shape=SIZES,
        dtype={"enum": ["float64", "int64", "bool"]},
        group=or_null(COUNT),
        span=or_null(ref("Span")),
        latex=TEXT,
        value=ref("Tensor"),
    ),
}
