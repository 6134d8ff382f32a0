"""What a policy's feedback lets a student see of a graded answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NOT_TOLD: Mapping[str, frozenset[str]] = {
    "none": frozenset({"items", "root_causes", "summary", "carried", "dual_check", "other_variant"}),
    "verdicts": frozenset({"other_variant"}),
    "hints": frozenset({"other_variant"}),
    "full": frozenset(),
}
TRUTHS = frozenset({"expected", "expected_from_own_work"})


def told(answer: Mapping[str, Any], feedback: str) -> dict[str, Any]:
    """The part of an answer that ``feedback`` (none, verdicts, hints, full) tells."""
    seen = {name: value for name, value in answer.items() if name not in NOT_TOLD[feedback]}
    if "items" in seen and feedback != "full":
        seen["items"] = [_item(item, feedback) for item in seen["items"]]
    return seen


def _item(item: Mapping[str, Any], feedback: str) -> dict[str, Any]:
    """One cell without the truth; with verdicts alone, without reasons too, but for what could not be read."""
    seen = {name: value for name, value in item.items() if name not in TRUTHS}
    if feedback == "verdicts":
        seen["diagnosis"] = []
        if item["verdict"] != "malformed":
            seen.pop("note", None)
    return seen
