"""The schemas of the path ledger."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NUMBER, TEXT, VALUE, Schema, listed, or_null, record, ref

SCHEMAS: dict[str, Schema] = {
    "Path": record(
        "nodes edges partials structures product",
        nodes=listed(COUNT),
        edges=listed(listed(COUNT)),
        partials=listed(or_null(NUMBER)),
        structures=listed(or_null(TEXT)),
        product=or_null(NUMBER),
    ),
    "Paths": {
        "description": "Counts above 2^53 are strings; edges are producer, consumer, slot; sum is null unless all paths are listed.",
        **record(
            "from_ to count listed paths sum adjoint edge_multiplications path_multiplications note mistakes",
            from_=COUNT,
            to=COUNT,
            count={"anyOf": [COUNT, TEXT]},
            listed=COUNT,
            paths=listed(ref("Path")),
            sum=or_null(NUMBER),
            adjoint=or_null(VALUE),
            edge_multiplications=COUNT,
            path_multiplications={"anyOf": [COUNT, TEXT]},
            note=or_null(TEXT),
            mistakes=record("overwritten code_order", overwritten=or_null(NUMBER), code_order=or_null(NUMBER)),
        ),
    },
}
