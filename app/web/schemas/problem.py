"""The schemas of refusals."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NUMBER, TEXT, Schema, or_null, record, ref

SCHEMAS: dict[str, Schema] = {
    "Fix": {
        "description": "A change that mends the program: text for a span, or a value for an input.",
        "anyOf": [
            record("span replacement", span=ref("Span"), replacement=TEXT),
            record("input value", input=TEXT, value=or_null(NUMBER)),
        ],
    },
    "Problem": {
        "description": "A refusal (RFC 9457). detail is a sentence for people, code is for programs and never changes.",
        **record(
            "type title status detail code",
            "span hint fix",
            type={"type": "string", "format": "uri-reference"},
            title=TEXT,
            status=COUNT,
            detail=TEXT,
            code=ref("Code"),
            span=ref("Span"),
            hint=TEXT,
            fix=ref("Fix"),
        ),
    },
}
