"""The schemas of what sweeps take."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NUMBER, TEXT, Schema, listed, or_null, record, ref

FIGURES: dict[str, Schema] = {
    "inputs": COUNT,
    "outputs": COUNT,
    "primal": ref("Count"),
    "forward": ref("Count"),
    "reverse": ref("Count"),
    "cheaper": {"enum": ["forward", "reverse", "same"]},
    "ratio": or_null(NUMBER),
}
"""What a Jacobian costs; whole counts the primal once and every pass."""


SCHEMAS: dict[str, Schema] = {
    "Count": {
        "description": "Operations by kind; other is the work of array operations that are none of these.",
        **record(
            "additions multiplications functions other total",
            "passes whole",
            **dict.fromkeys(("additions", "multiplications", "functions", "other", "total", "passes", "whole"), COUNT),
        ),
    },
    "Costs": record(
        "inputs outputs primal forward reverse cheaper ratio bound above sums crossover crossing rows operations conventions",
        "",
        **FIGURES,
        bound=COUNT,
        above=listed(TEXT),
        sums=COUNT,
        crossover=or_null(NUMBER),
        crossing=or_null(record("outputs inputs", outputs=NUMBER, inputs=NUMBER)),
        rows=record(
            "by_outputs by_inputs",
            by_outputs=listed(record("outputs forward reverse", outputs=COUNT, forward=COUNT, reverse=COUNT)),
            by_inputs=listed(record("inputs forward reverse", inputs=COUNT, forward=COUNT, reverse=COUNT)),
        ),
        operations=listed(
            record(
                "name nodes primal forward reverse ratio",
                name=TEXT,
                nodes=COUNT,
                primal=ref("Count"),
                forward=ref("Count"),
                reverse=ref("Count"),
                ratio=or_null(NUMBER),
            )
        ),
        conventions=listed(TEXT),
    ),
    "GalleryCosts": {
        "description": "By example: its counts, and the operations that by themselves cost more than the bound says.",
        **record(
            "bound conventions costs",
            bound=COUNT,
            conventions=listed(TEXT),
            costs=listed(
                record(
                    "id title inputs outputs primal forward reverse cheaper ratio above",
                    "",
                    id=TEXT,
                    title=TEXT,
                    **FIGURES,
                    above=listed(TEXT),
                )
            ),
        ),
    },
}
