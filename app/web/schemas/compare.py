"""The schemas of two programs beside each other."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NUMBER, SIZES, TEXT, Schema, listed, mapped, or_null, record, ref

SCHEMAS: dict[str, Schema] = {
    "Error": {
        "description": "How far a value is from exact arithmetic, at its worst entry; ulps are units in its last place.",
        **record(
            "exact digits absolute relative ulps index reason",
            exact=or_null(ref("Tensor")),
            digits=or_null(TEXT),
            absolute=or_null(NUMBER),
            relative=or_null(NUMBER),
            ulps=or_null(NUMBER),
            index=SIZES,
            reason=or_null(TEXT),
        ),
    },
    "Quantity": record("name shape value error", name=TEXT, shape=SIZES, value=or_null(ref("Tensor")), error=ref("Error")),
    "Side": {
        "description": "One of two programs; problem is what is wrong with it, or null. Without gradients, no_gradients says why.",
        **record(
            "problem",
            "inputs outputs gradients no_gradients counts",
            problem=or_null(ref("Problem")),
            inputs=listed(TEXT),
            outputs=listed(ref("Quantity")),
            gradients=listed(ref("Quantity")),
            no_gradients=or_null(TEXT),
            counts=record(
                "nodes inputs constants operations edges edge_multiplications depth",
                nodes=COUNT,
                inputs=COUNT,
                constants=COUNT,
                operations=mapped(COUNT),
                edges=COUNT,
                edge_multiplications=COUNT,
                depth=COUNT,
            ),
        ),
    },
    "Difference": {
        "description": "Two values side by side, at the entry where they are farthest apart; ulps counts the float64s in between.",
        **record(
            "left right verdict digit absolute relative ulps index",
            left=or_null(TEXT),
            right=or_null(TEXT),
            verdict={
                "enum": [
                    *("equal", "agree", "differ", "left_nan", "right_nan", "left_infinite", "right_infinite"),
                    *("infinite", "shape", "missing"),
                ]
            },
            digit=or_null(COUNT),
            absolute=or_null(NUMBER),
            relative=or_null(NUMBER),
            ulps=or_null(COUNT),
            index=SIZES,
        ),
    },
    "Compare": {
        "description": "A side that cannot be evaluated has its problem, and the other side what it has; the differences are then null.",
        **record(
            "left right differences",
            left=ref("Side"),
            right=ref("Side"),
            differences=or_null(record("outputs gradients", outputs=listed(ref("Difference")), gradients=listed(ref("Difference")))),
        ),
    },
}
