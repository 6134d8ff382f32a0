"""The schemas of the graph of one run."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NUMBER, TEXT, YES, Schema, listed, or_null, record, ref

SCHEMAS: dict[str, Schema] = {
    "Branch": {
        "description": "A decision; skipped is what it left out. A loop has its rounds and how it ended, a for no condition.",
        **record(
            "kind span text node truth taken skipped group after rounds ended",
            kind={"enum": ["if", "elif", "conditional", "and", "or", "while", "for"]},
            span=ref("Span"),
            text=TEXT,
            node=or_null(COUNT),
            truth=or_null(YES),
            taken=or_null(ref("Span")),
            skipped=or_null(ref("Span")),
            group=or_null(COUNT),
            after=COUNT,
            rounds=or_null(COUNT),
            ended=or_null({"enum": ["condition", "items", "break", "return"]}),
        ),
    },
    "Repeated": {
        "description": "A loop that was entered, or a function that called itself: its steps, and what they hand on with the 2-norm of "
        "its adjoint. start is what the first step begins with. A trend goes with the reverse sweep; its factor is that of a step.",
        **record(
            "kind name span patterns steps carried",
            kind={"enum": ["while", "for", "recursion"]},
            name=or_null(TEXT),
            span=ref("Span"),
            patterns=COUNT,
            steps=listed(
                record(
                    "group depth nodes first last pattern",
                    group=COUNT,
                    depth=COUNT,
                    nodes=COUNT,
                    first=COUNT,
                    last={"type": "integer", "minimum": -1},
                    pattern=COUNT,
                )
            ),
            carried=listed(
                record(
                    "name start start_size nodes sizes trend",
                    name=TEXT,
                    start=or_null(COUNT),
                    start_size=or_null(NUMBER),
                    nodes=listed(listed(COUNT)),
                    sizes=listed(or_null(NUMBER)),
                    trend=or_null(
                        record(
                            "factor word",
                            factor=or_null(NUMBER),
                            word={"enum": ["vanishing", "shrinking", "steady", "growing", "exploding", "nan"]},
                        )
                    ),
                )
            ),
        ),
    },
    "Dynamic": {
        "description": "One run; other inputs that are refused have their problem alone. In the rolled form the first of all steps "
        "that do the same stands for them; carried edges come from another round or call.",
        **record(
            "",
            "problem trace no_gradients branches branches_left_out lines skipped calls repeated repeated_left_out rolled",
            problem=or_null(ref("Problem")),
            trace=ref("Trace"),
            no_gradients=or_null(TEXT),
            branches=listed(ref("Branch")),
            branches_left_out=COUNT,
            lines=listed(record("line times partly", line=COUNT, times=COUNT, partly=YES)),
            skipped=listed(ref("Span")),
            calls=listed(record("name times depth", name=TEXT, times=COUNT, depth=COUNT)),
            repeated=listed(ref("Repeated")),
            repeated_left_out=COUNT,
            rolled=record(
                "stands_for nodes unrolled_nodes edges unrolled_edges",
                stands_for=listed(COUNT),
                nodes=COUNT,
                unrolled_nodes=COUNT,
                edges=listed(record("from_ to slot carried count", from_=COUNT, to=COUNT, slot=COUNT, carried=YES, count=COUNT)),
                unrolled_edges=COUNT,
            ),
        ),
    },
    "Dynamics": {
        "description": "The run at the inputs, that at other ones, and which nodes both have (left, right, whether the values are equal).",
        **record(
            "run other alignment",
            run=ref("Dynamic"),
            other=or_null(ref("Dynamic")),
            alignment=or_null(record("both left right", both=listed(listed({})), left=listed(COUNT), right=listed(COUNT))),
        ),
    },
}
