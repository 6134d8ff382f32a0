"""The verdict: every node's primal and derivative compared with torch's own evaluation of the source."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch

from app.core.diagnostic import problem
from app.core.limits import Limits
from app.oracle.claims import Claim, Device, Program, Question, Work
from app.oracle.compare import SAME, Distance, distance, nothing
from app.oracle.run import settings
from app.oracle.side import Side, forward_side, primal_side, reverse_side
from app.oracle.values import MISSING

__all__ = ["Claim", "Question", "Work", "backend", "chosen", "verify"]

Answer = dict[str, Any]


def verify(program: Program, question: Question, claims: Sequence[Claim], device: Device = "cpu", limits: Limits | None = None) -> Answer:
    """The ``verification`` object of an answer.

    ``agrees`` is true where every node was compared and matches, false where one does not, None where torch could not
    evaluate some and the rest match. ``first_disagreement`` is the first wrong node in the order of the sweep: primals in
    evaluation order, then tangents in that order, then adjoints in the reverse of it.
    """
    used = chosen(device)
    with settings():
        sides = {key: side(program, question, claims, used, limits or Limits()) for key, side in _asked(question)}
    rows = [_row(place, claim, sides) for place, claim in enumerate(claims)]
    left = next(iter(sides.values())).left
    return _verdict(rows, left, used)


def chosen(device: Device) -> str:
    """The device to use; one that is not there is an error, except that ``auto`` falls back on the CPU."""
    there = device != "cpu" and torch.cuda.is_available()
    if device == "cuda" and not there:
        raise problem("device.unavailable", "This machine has no CUDA device that torch can use.", hint="Use cpu, or auto.")
    return "cuda" if there else "cpu"


def backend() -> str:
    """What the comparison is made with."""
    return f"torch {torch.__version__.partition('+')[0]}"


def _asked(question: Question) -> Iterator[tuple[str, Callable[..., Side]]]:
    """The sides that a mode asks for, by the field of a claim that they speak about."""
    if question.mode in ("reverse", "both"):
        yield "adjoint", reverse_side
    if question.mode in ("forward", "both"):
        yield "tangent", forward_side
    if question.mode == "primal":
        yield "primal", primal_side


# ---------------------------------------------------------------- one node


def _row(place: int, claim: Claim, sides: dict[str, Side]) -> Answer:
    """One entry of ``nodes``, with what the verdict needs beside it."""
    side = next(iter(sides.values()))
    theirs = side.primals[place]
    if theirs is MISSING:
        return _unknown(claim, side.failure)
    primal = distance(claim.primal, theirs)
    row: Answer = {"id": claim.id, "primal_error": primal.absolute, "derivative_error": None, "agrees": primal.agrees}
    row["distances"] = [primal]
    row["wrong"] = None if primal.agrees else "primal"
    if not primal.agrees:
        row["reason"] = f"torch has another value here{_shapes(claim.primal, theirs)}"
    for key, this in sides.items():
        if key != "primal":
            _derivative(row, key, getattr(claim, key), this, place, constant=claim.kind == "constant")
    return row


def _unknown(claim: Claim, failure: str | None) -> Answer:
    """The entry of a node that torch has no value for."""
    row: Answer = {"id": claim.id, "primal_error": None, "derivative_error": None, "agrees": None, "distances": [], "wrong": None}
    if failure is None:
        row |= {"agrees": False, "wrong": "primal", "reason": "torch evaluated nothing for this node"}
    else:
        row["reason"] = failure
    return row


def _derivative(row: Answer, key: str, ours: Any, side: Side, place: int, *, constant: bool) -> None:
    """Add the comparison of one derivative to the entry of a node."""
    theirs = side.derivatives[place]
    if ours is None and theirs is None and (constant or not side.blind):
        return
    if side.blind or side.primals[place] is MISSING:
        row["reason"] = row.get("reason") or side.blind or side.failure
        row["agrees"] = row["agrees"] and None
        return
    apart, reason = _compared(key, ours, theirs)
    row["derivative_error"] = max(apart.absolute, row["derivative_error"] or 0.0)
    row["distances"].append(apart)
    if not apart.agrees:
        row["agrees"] = False
        row["wrong"] = row["wrong"] or key
        row["reason"] = row.get("reason") or reason


def _compared(key: str, ours: Any, theirs: Any) -> tuple[Distance, str]:
    """The distance of two derivatives of which at least one is there, and what to say about it."""
    if ours is None or theirs is None:
        if key == "tangent" and nothing(ours) and nothing(theirs):
            return SAME, ""
        whose = "in torch nothing flows here" if theirs is None else "in torch something flows here"
        return Distance(math.inf, math.inf, agrees=False), whose
    return distance(ours, theirs), f"torch has another {key} here{_shapes(ours, theirs)}"


def _shapes(ours: Any, theirs: Any) -> str:
    """The shapes, where they differ."""
    mine, other = list(getattr(ours, "shape", ())), list(getattr(theirs, "shape", ()))
    return "" if mine == other else f", of shape {other} instead of {mine}"


# ---------------------------------------------------------------- all nodes


def _verdict(rows: list[Answer], left: int, device: str) -> Answer:
    """The whole answer."""
    verdicts = [row["agrees"] for row in rows]
    agrees = False if left or False in verdicts else None if None in verdicts else True
    answer: Answer = {"agrees": agrees, "backend": backend(), "device": device}
    distances = [d for row in rows for d in row.pop("distances")]
    answer["max_abs_error"] = max((d.absolute for d in distances), default=0.0)
    answer["max_rel_error"] = max((d.relative for d in distances), default=0.0)
    answer["first_disagreement"] = _first(rows)
    if left:
        answer["reason"] = f"torch evaluated {left} operations that have no node here"
    for row in rows:
        del row["wrong"]
    return answer | {"nodes": rows}


def _first(rows: list[Answer]) -> int | None:
    """The first wrong node in the order of the sweep."""
    for kind, order in (("primal", rows), ("tangent", rows), ("adjoint", rows[::-1])):
        for row in order:
            if row["wrong"] == kind:
                return int(row["id"])
    return None
