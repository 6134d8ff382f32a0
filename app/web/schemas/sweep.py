"""The schemas of a program over a range of its inputs."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NUMBER, SIZES, TEXT, YES, Schema, listed, mapped, or_null, record, ref

SCHEMAS: dict[str, Schema] = {
    "Sweep": record(
        "vary shape vectorised nodes refused",
        "output outputs gradients",
        vary=mapped(listed(NUMBER)),
        shape=SIZES,
        vectorised=YES,
        output=or_null(ref("Tensor")),
        outputs=mapped(or_null(listed({}))),
        gradients=mapped(or_null(listed({}))),
        nodes=mapped(or_null(listed({}))),
        refused=listed(record("index code detail", index=SIZES, code=ref("Code"), detail=TEXT)),
    ),
    "Frames": {
        "description": "A trace is the first with each column's value set at its place; frames tells which entry of the columns.",
        **record(
            "vary first columns frames refused",
            vary=mapped(listed(NUMBER)),
            first=ref("Trace"),
            columns=listed(record("at values", at=listed({"type": ["string", "integer"]}), values=listed({}))),
            frames=listed(or_null(COUNT)),
            refused=listed(record("index code detail", index=SIZES, code=ref("Code"), detail=TEXT)),
        ),
    },
}
