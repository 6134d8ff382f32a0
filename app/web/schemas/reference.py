"""The schemas of what is only read: gallery, lessons, operations, and the service's state."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NAMED_TENSORS, TEXT, YES, Schema, listed, mapped, or_null, record, ref

SCHEMAS: dict[str, Schema] = {
    "Examples": record(
        "examples", examples=listed(record("id title source inputs", id=TEXT, title=TEXT, source=TEXT, inputs=mapped(ref("Tensor"))))
    ),
    "Questions": {
        "description": "By example: before which step a question stands, its answer, and why; choices for one that is not a number.",
        **record(
            "questions",
            questions=mapped(
                listed(
                    record(
                        "step ask answer why",
                        "choices hint mistake",
                        step=COUNT,
                        ask=TEXT,
                        answer=TEXT,
                        why=TEXT,
                        choices=listed(TEXT),
                        hint=TEXT,
                        mistake=TEXT,
                    )
                )
            ),
        ),
    },
    "Outlines": {
        "description": "By example: a sign for each node (i input, o operation, y output) and the edges, constants left out.",
        **record("outlines", outlines=mapped(record("nodes edges", nodes=TEXT, edges=listed(listed(COUNT))))),
    },
    "Lessons": {
        "description": "What each page under /learn begins with, and its exercises: the truth of one is at the pointer of a call's answer.",
        **record(
            "lessons",
            lessons=listed(
                record(
                    "slug place title sentence tool source inputs exercises",
                    "mode notation",
                    slug=TEXT,
                    place=COUNT,
                    title=TEXT,
                    sentence=TEXT,
                    tool=TEXT,
                    source=TEXT,
                    inputs=NAMED_TENSORS,
                    mode=TEXT,
                    notation=TEXT,
                    exercises=listed(ref("Exercise")),
                )
            ),
        ),
    },
    "Exercise": record(
        "ask source inputs call request pointer kind choices wrong reason",
        ask=TEXT,
        source=TEXT,
        inputs=NAMED_TENSORS,
        call=TEXT,
        request={"type": "object"},
        pointer=TEXT,
        kind={"enum": ["number", "choice"]},
        choices=listed(record("value words", value=TEXT, words=TEXT)),
        wrong=listed(record("value hint", value=TEXT, hint=TEXT)),
        reason=TEXT,
    ),
    "Operation": record(
        "name aliases signature category summary latex torch grad_fn differentiable results method conventions rule partials",
        name=TEXT,
        aliases=listed(TEXT),
        signature=TEXT,
        category=TEXT,
        summary=TEXT,
        latex=TEXT,
        torch=TEXT,
        grad_fn=or_null(TEXT),
        differentiable=YES,
        results=COUNT,
        method=YES,
        conventions=listed(TEXT),
        rule=or_null(record("value partials domain", value=TEXT, partials=listed(or_null(TEXT)), domain=or_null(TEXT))),
        partials=listed(TEXT),
    ),
    "Operations": record("ops", ops=listed(ref("Operation"))),
    "Limits": mapped({"type": "number"}),
    "Health": record("status", status=TEXT),
    "Readiness": record(
        "status pool store torch workers",
        status=TEXT,
        pool=TEXT,
        store={"enum": ["loading", "ready", "failed", "off"]},
        torch={"enum": ["loading", "ready", "failed", "off"]},
        workers=COUNT,
    ),
}
