"""The schemas of derivatives by rules on paper."""

from __future__ import annotations

from typing import Any

from app.web.schemas.parts import COUNT, NAMED_TENSORS, NUMBER, TEXT, YES, Schema, listed, mapped, or_null, record, ref

LARGE: Schema = {"type": ["integer", "number", "string"]}
SIZES: dict[str, Any] = {"symbolic": LARGE, "shared": LARGE, "forward_ad": LARGE, "reverse_ad": LARGE, "symbolic_exact": TEXT}
SIZED = " ".join(SIZES)
WRITTEN = record(
    "text latex terms",
    "truncated",
    text=or_null(TEXT),
    latex=TEXT,
    terms=LARGE,
    truncated=record("terms limit", terms=TEXT, limit=COUNT),
)

SCHEMAS: dict[str, Schema] = {
    "Symbolic": {
        "description": "Operations are counted as conventions say: those of the derivative written out, with equal parts worked out once, "
        "and of the value together with one sweep in either mode. Counts above 2^53 are rounded, exact ones stand beside as text; "
        "a text is null where it would be too long.",
        **record(
            "wrt output expression derivative latex simplified operations terms growth steps duplicates statements check conventions",
            wrt=TEXT,
            output=or_null(TEXT),
            expression=WRITTEN,
            derivative=WRITTEN,
            latex=TEXT,
            simplified=or_null(record("text latex", text=TEXT, latex=TEXT)),
            operations=record(SIZED, **SIZES),
            terms=LARGE,
            growth=listed(ref("Growth")),
            steps=record(
                "lines complete rules",
                lines=listed(
                    record(
                        "rule sentence text latex span rewrites marked terms",
                        rule=TEXT,
                        sentence=TEXT,
                        text=TEXT,
                        latex=TEXT,
                        span=or_null(listed(COUNT)),
                        rewrites=or_null(listed(COUNT)),
                        marked=TEXT,
                        terms=COUNT,
                    )
                ),
                complete=YES,
                rules=mapped(TEXT),
            ),
            duplicates=listed(
                record(
                    "text latex count operations wasted spans",
                    text=or_null(TEXT),
                    latex=or_null(TEXT),
                    count=LARGE,
                    operations=LARGE,
                    wasted=LARGE,
                    spans=listed(listed(COUNT)),
                )
            ),
            statements=or_null(TEXT),
            check=record(
                "inputs symbolic engine error simplified_error",
                inputs=NAMED_TENSORS,
                symbolic=or_null(NUMBER),
                engine=NUMBER,
                error=or_null(NUMBER),
                simplified_error=or_null(NUMBER),
            ),
            conventions=listed(TEXT),
        ),
    },
    "Growth": record(
        f"name node round span terms log10_symbolic {SIZED}",
        name=TEXT,
        node=COUNT,
        round=or_null(COUNT),
        span=or_null(ref("Span")),
        terms=LARGE,
        log10_symbolic=NUMBER,
        **SIZES,
    ),
}
