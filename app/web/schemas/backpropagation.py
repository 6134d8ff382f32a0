"""The schemas of the reverse sweep and of the mistakes beside it."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, VALUE, Schema, listed, mapped, or_null, record, ref

BY_RULE = ("added", "overwritten", "code_order", "first_come")
RULES = " ".join(BY_RULE)

SCHEMAS: dict[str, Schema] = {
    "Backpropagation": {
        "description": "added is the right sweep. In overwritten an arrival replaces the one before, in code_order nodes pass on in the "
        "order of the program, in first_come as soon as anything has arrived.",
        **record(
            "seed sweeps gradients",
            seed=mapped(VALUE),
            sweeps=record(RULES, "", **dict.fromkeys(BY_RULE, ref("RuledSweep"))),
            gradients=record(RULES, "", **dict.fromkeys(BY_RULE, mapped(or_null(VALUE)))),
        ),
    },
    "RuledSweep": {
        "description": "wrong lists the nodes whose adjoint is not that of the right sweep; a fault is a summand that was overwritten, "
        "that is missing, or that came with another value.",
        **record(
            "rule contributions adjoints wrong",
            rule={"enum": list(BY_RULE)},
            contributions=listed(
                record("from_ to slot value adjoint_after", from_=COUNT, to=COUNT, slot=COUNT, value=VALUE, adjoint_after=VALUE)
            ),
            adjoints=listed(or_null(VALUE)),
            wrong=listed(
                record(
                    "node adjoint right faults",
                    node=COUNT,
                    adjoint=or_null(VALUE),
                    right=or_null(VALUE),
                    faults=listed(
                        record(
                            "from_ slot kind value instead",
                            from_=COUNT,
                            slot=COUNT,
                            kind={"enum": ["overwritten", "missing", "changed"]},
                            value=VALUE,
                            instead=or_null(VALUE),
                        )
                    ),
                )
            ),
        ),
    },
}
