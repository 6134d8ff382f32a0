"""The words in which every format tells a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

VERDICTS: Mapping[str, str] = {
    "correct": "correct",
    "follow_through": "follows correctly from your own numbers",
    "incorrect": "not correct",
    "missing": "left blank",
    "malformed": "not readable as a number",
    "not_gradable": "rests on values that are missing",
}
Graded = Mapping[str, Any]
"""The answer of a grading, as the API gives it and as far as the policy tells it."""


def name(item: Graded) -> str:
    """What an item is called: «adjoint of c», «partial of e by operand 2», «primal of A at [1, 2]»."""
    slot = "" if item["slot"] is None else f" by operand {item['slot'] + 1}"
    index = "" if item["index"] is None else f" at {[place + 1 for place in item['index']]}"
    return f"{item['quantity']} of {item['node']}{slot}{index}"


def told(item: Graded) -> str:
    """What there is to say of an item, in sentences."""
    given = "" if item["given"] is None else f"You wrote {item['given']}: "
    words = VERDICTS[item["verdict"]]
    said = [f"{given}{words}." if given else f"{words[0].upper()}{words[1:]}."]
    said += [slip["sentence"] for slip in item["diagnosis"]]
    if item["verdict"] == "incorrect" and "expected" in item:
        said.append(f"Expected: {item['expected']}.")
    if "note" in item:
        said.append(item["note"])
    return " ".join(said)


def summary(graded: Graded) -> str:
    """The sheet in a few sentences; where the policy tells nothing, the points."""
    points = f"{graded['score']:g} of {graded['max_score']:g} points."
    return f"{points} {graded['summary']}" if "summary" in graded else points


def fraction(graded: Graded) -> float:
    """The score as a share of all points."""
    return 0.0 if not graded["max_score"] else min(1.0, max(0.0, graded["score"] / graded["max_score"]))


def points(item: Graded, graded: Graded) -> tuple[float, float]:
    """The points of an item and its most, in the sheet's points: weights are shares of them."""
    weights = sum(one["weight"] for one in graded["items"])
    scale = graded["max_score"] / weights if weights else 0.0
    return round(item["credit"] * scale, 9), round(item["weight"] * scale, 9)
