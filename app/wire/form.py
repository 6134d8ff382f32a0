"""The text of an answer, kept for runs of the same structure: only the numbers are put in.

A slider, a grader and a class ask the same scalar program again and again. Where its tape is played as a whole, every number of
the answer comes from four columns: values, adjoints, partials, contributions. Their texts go into the gaps of a text that was
written once, from the same answer with marks in place of its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from math import isfinite
from operator import itemgetter
from typing import Any

import orjson

from app.engine.reverse import Contribution
from app.engine.whole import Sweep, Whole
from app.lang.program import Run
from app.ops.op import Op
from app.wire.answer import Asked, composed
from app.wire.notes import conventions, notes
from app.wire.seeds import reverse_seeds
from app.wire.skeleton import Skeletons
from app.wire.swept import Swept

MARK = "\ue000{}\ue000"
"""A mark stands in no program: identifiers and LaTeX have no such character."""

LARGEST = 500
"""Longer tapes are composed anew: a node takes about half a kilobyte of text, and every program that is kept may have its texts."""

KEPT = 4
"""Texts of one program: for other wishes, or other kinks stood on."""

GAP = re.compile(MARK.format(r"(\d+)").join('""').encode())


class Form:
    """A text with gaps, and which number goes into each."""

    def __init__(self, text: bytes) -> None:
        pieces = GAP.split(text)
        self.pieces: list[bytes] = pieces
        self.pick = itemgetter(*map(int, pieces[1::2]))

    def fill(self, numbers: Sequence[float]) -> bytes:
        """The text with numbers."""
        pieces = self.pieces[:]
        pieces[1::2] = self.pick(orjson.dumps(numbers)[1:-1].split(b","))
        return b"".join(pieces)


def filled(run: Run, asked: Asked, skeletons: Skeletons) -> bytes | None:
    """The answer for a run that a plan has played as a whole; None where numbers are missing, infinite or not all there is to say."""
    request = asked.request
    if run.kept is None or len(run.tape) > LARGEST or request.mode != "reverse" or request.verify is not False:
        return None
    whole = run.tape.blocks[0] if run.tape.blocks else None
    if not isinstance(whole, Whole):
        return None
    seeds = reverse_seeds(run, request.seed)
    given = [(node, bar) for (_, node), bar in zip(run.outputs, seeds, strict=True) if bar is not None]
    sweep = whole.sweep(given) if all(type(bar) is float for _, bar in given) else None
    if sweep is None:
        return None
    numbers = [*run.tape.values, *sweep.adjoints, *whole.slopes(), *sweep.record, *[bar for _, bar in given]]
    if not isfinite(sum(numbers)):
        return None
    key = (asked.view, tuple(request.include), request.format, tuple([bar is None for bar in seeds]), _kinks(run))
    forms: dict[Any, Form] = run.kept.setdefault("forms", {})
    if key not in forms:
        if len(forms) >= KEPT:
            del forms[next(iter(forms))]
        forms[key] = Form(orjson.dumps(_marked(run, whole, sweep, seeds, asked, skeletons)))
    return forms[key].fill(numbers)


def _kinks(run: Run) -> tuple[Any, ...]:
    """What only the numbers decide of the notes."""
    assert run.kept is not None
    tape = run.tape
    if "watched" not in run.kept:
        run.kept["watched"] = [(node, rule) for node, rule in enumerate(tape.rules) if isinstance(rule, Op) and rule.conventions]
    return tuple([(node, *met) for node, rule in run.kept["watched"] if (met := conventions(tape, node, rule))])


def _marked(run: Run, whole: Whole, sweep: Sweep, seeds: Sequence[Any], asked: Asked, skeletons: Skeletons) -> dict[str, Any]:
    """The answer with a mark for every number, in the order in which ``filled`` lists them."""
    marks = map(MARK.format, count())
    values: list[Any] = [next(marks) for _ in run.tape.values]
    adjoints = [mark if there else None for there, mark in zip(sweep.reached, marks, strict=False)]
    slopes = [next(marks) for _ in whole.slopes()]
    edges = [Contribution(*edge, next(marks), next(marks)) for edge in whole.score.edges]
    played = [contribution for contribution in edges if sweep.reached[contribution.node]]
    swept = Swept(adjoints, None, [bar if bar is None else next(marks) for bar in seeds], None, played)
    partials: list[Any] = [None] * len(values)
    whole.share(slopes, partials)
    remarks, skeleton = notes(run, forward=False), skeletons.of(run, asked.view)
    tape = replace(run.tape, values=values, written_partials=partials, folded=False)
    return composed(replace(run, tape=tape), asked, swept, skeleton, remarks)
