"""The schemas of what a reverse sweep holds."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, TEXT, VALUE, YES, Schema, listed, mapped, or_null, record, ref


def _sides(schema: Schema) -> Schema:
    """The same for what is kept, what is held, and the program alone."""
    return record("kept held alone", kept=schema, held=schema, alone=schema)


SCHEMAS: dict[str, Schema] = {
    "Memory": {
        "description": "Steps count from 1: one an operation forward, one an operation back; 0 is before the first. Of long tapes the "
        "lists are null. kept waits for the reverse sweep, held is all, alone is the program without derivatives; bytes of plain, curve "
        "and checkpoints are those of computed values, inputs left out.",
        **record(
            "forward reverse values series peaks steps seed gradients segments plain curve checkpoints",
            forward=or_null(listed(COUNT)),
            reverse=or_null(listed(COUNT)),
            values=or_null(listed(ref("Life"))),
            series=or_null(_sides(record("values bytes", values=listed(COUNT), bytes=listed(COUNT)))),
            peaks=_sides(record("step values bytes", step=COUNT, values=COUNT, bytes=COUNT)),
            steps=record("forward reverse", forward=COUNT, reverse=COUNT),
            seed=mapped(VALUE),
            gradients=mapped(or_null(VALUE)),
            segments=listed(record("first last kind parts", first=COUNT, last=COUNT, kind={"enum": ["node", "round"]}, parts=COUNT)),
            plain=record("values bytes operations", values=COUNT, bytes=COUNT, operations=COUNT),
            curve=listed(
                record(
                    "slots values bytes advances operations times",
                    slots=COUNT,
                    values=COUNT,
                    bytes=COUNT,
                    advances=COUNT,
                    operations=COUNT,
                    times=COUNT,
                )
            ),
            checkpoints=or_null(ref("Checkpoints")),
        ),
    },
    "Life": {
        "description": "A value, the step that computes it, and the last steps that read it; place is the operand, or the result.",
        **record(
            "node born elements bytes forward_until reverse_until reads",
            node=COUNT,
            born=COUNT,
            elements=COUNT,
            bytes=COUNT,
            forward_until=COUNT,
            reverse_until=or_null(COUNT),
            reads=listed(record("step node place slots", step=COUNT, node=COUNT, place=COUNT, slots=listed(COUNT))),
        ),
    },
    "Checkpoints": {
        "description": "A schedule, and what is held after each of its actions; same says whether its adjoints have the same bits.",
        **record(
            "slots actions same note",
            slots=COUNT,
            actions=listed(
                {
                    "type": "object",
                    "required": ["do", "from", "to", "values", "bytes", "stored", "again"],
                    "properties": {
                        "do": {"enum": ["store", "drop", "restore", "advance", "reverse"]},
                        **dict.fromkeys(("from", "to", "values", "bytes", "again"), COUNT),
                        "stored": listed(COUNT),
                    },
                }
            ),
            same=or_null(YES),
            note=or_null(TEXT),
        ),
    },
}
