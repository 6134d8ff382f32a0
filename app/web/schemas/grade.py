"""The schemas of verdicts on hand-computed values."""

from __future__ import annotations

from typing import Any

from app.web.schemas.parts import COUNT, NAMED_TENSORS, NUMBER, TEXT, YES, Schema, listed, or_null, record, ref

VERDICT: Schema = {"enum": ["correct", "follow_through", "incorrect", "missing", "malformed", "not_gradable"]}
PLACE: dict[str, Any] = {
    "node": TEXT, "id": COUNT, "quantity": TEXT, "slot": or_null(COUNT), "index": or_null(listed(COUNT)), "given": or_null(TEXT),
}  # fmt: skip
PLACED = " ".join(PLACE)
SEED = or_null(COUNT)

SCHEMAS: dict[str, Schema] = {
    "Grade": {
        "description": "What is told depends on the feedback of the policy. expected_from_own_work is what follows from the student's own "
        "numbers before; a slip is charged once, where it was made, and root_causes says how far it was carried.",
        **record(
            "score max_score tolerance inputs seed",
            "items root_causes summary carried dual_check other_variant",
            score=NUMBER,
            max_score=NUMBER,
            items=listed(ref("GradedItem")),
            root_causes=listed(
                record(
                    "node id quantity slot carried_to sentence",
                    node=TEXT,
                    id=COUNT,
                    quantity=TEXT,
                    slot=or_null(COUNT),
                    carried_to=listed(TEXT),
                    sentence=TEXT,
                )
            ),
            summary=TEXT,
            carried=NUMBER,
            dual_check=record("forward reverse agree", forward=NUMBER, reverse=NUMBER, agree=YES),
            other_variant=YES,
            tolerance=TEXT,
            inputs=NAMED_TENSORS,
            seed=SEED,
        ),
    },
    "GradedItem": record(
        f"{PLACED} verdict credit weight tolerance diagnosis",
        "expected expected_from_own_work note",
        **PLACE,
        verdict=VERDICT,
        credit=NUMBER,
        weight=NUMBER,
        expected=or_null(NUMBER),
        expected_from_own_work=NUMBER,
        tolerance=TEXT,
        diagnosis=listed(record("name sentence", name=TEXT, sentence=TEXT)),
        note=TEXT,
    ),
    "ExerciseTest": record(
        "ok count distinct nodes asked bad",
        ok=YES,
        count=COUNT,
        distinct=COUNT,
        nodes=COUNT,
        asked=COUNT,
        bad=listed(record("seed inputs code reason", seed=COUNT, inputs=or_null(NAMED_TENSORS), code=ref("Code"), reason=TEXT)),
    ),
    "GradeBatch": record(
        "results",
        results=listed(
            record("id status", "result problem", id={}, status={"type": "integer"}, result=ref("Grade"), problem=ref("Problem"))
        ),
    ),
    "Validate": record(
        "items digits seed inputs",
        items=listed(
            record(
                f"{PLACED} status understood reason",
                **PLACE,
                status={"enum": ["read", "blank", "malformed"]},
                understood=or_null(NUMBER),
                reason=or_null(TEXT),
            )
        ),
        digits=COUNT,
        seed=SEED,
        inputs=NAMED_TENSORS,
    ),
}
