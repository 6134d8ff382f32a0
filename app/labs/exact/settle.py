"""More and more digits, until they settle: what a tape would answer if nothing was rounded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.engine.tape import NO_ATTRIBUTES, Tape, shape_of
from app.labs.exact.numbers import Exact, bits, many
from app.labs.exact.tape import Answers, Seeds, Unrounded, evaluated
from app.ops.op import Op

LADDER = (192, 384, 768, 1536, 3072)
"""Bits of one evaluation after the other. Two that agree are believed, if their bits span all magnitudes of the tape: otherwise
both could have lost the same small number beside a large one."""
AGREED, NOTHING = 80, -1080
"""Two evaluations agree on so many bits, or on being smaller than every float64: powers of two."""
MOST_WORK = 4_000
"""Tapes of more element operations than these are not evaluated again."""
SLOW = {"erfinv": 60, "polygamma": 60, "digamma": 30, "lgamma": 30, "erf": 5, "erfc": 5, "det": 5, "inv": 5, "solve": 5}
"""Operations of which one costs as much as so many others."""
MOST_EFFORT = MOST_WORK * 768**2
"""Work times the square of the bits: only short programs may climb to the end of the ladder."""


def unrounded(tape: Tape, nodes: Sequence[int], seeds: Seeds, inputs: Sequence[int]) -> Unrounded:
    """The primals of ``nodes``, and the adjoints of ``inputs`` for cotangents at some nodes (none: not asked for)."""
    work = _work(tape)
    if work > MOST_WORK:
        why = f"The program has {work:,} operations; up to {MOST_WORK:,} are evaluated again without rounding."
        return Unrounded(dict.fromkeys(nodes, why), dict.fromkeys(inputs, why))
    last, reached = Unrounded(), 0
    doubtful: tuple[Sequence[int], Sequence[int]] = ((), ())
    for count in (count for count in LADDER if work * count**2 <= MOST_EFFORT):
        with bits(count):
            found = evaluated(tape, nodes, seeds, inputs)
            doubtful = (_doubtful(last.primals, found.primals), _doubtful(last.adjoints, found.adjoints))
        narrow = count // 2 < min(found.spread + AGREED, LADDER[-1] // 2)
        if not narrow and not any(doubtful):
            return found
        if narrow:
            doubtful = (list(found.primals), list(found.adjoints))
        last, reached = found, count
    why = f"Even with {reached} bits the digits do not settle."
    return Unrounded(_without(last.primals, doubtful[0], why), _without(last.adjoints, doubtful[1], why))


def _without(answers: Answers, doubtful: Sequence[int], why: str) -> Answers:
    """The answers, a reason in the place of those that are not certain; other reasons stand."""
    return {node: why if node in doubtful and not isinstance(answer, str) else answer for node, answer in answers.items()}


def _work(tape: Tape) -> int:
    """Element operations, the slow ones weighted."""
    total = 0
    for node, rule in enumerate(tape.rules):
        if isinstance(rule, Op):
            shapes = [shape_of(tape.values[i]) for i in tape.inputs[node]]
            total += rule.work(shapes, tape.attributes.get(node, NO_ATTRIBUTES)) * SLOW.get(rule.name, 1)
    return total


def _doubtful(first: Answers, second: Answers) -> list[int]:
    """The nodes on which two evaluations do not agree."""
    return [node for node in second if node not in first or not _agree(first[node], second[node])]


def _agree(first: Exact | str | None, second: Exact | str | None) -> bool:
    """Whether two evaluations found the same."""
    if isinstance(second, str) or second is None:
        return type(first) is type(second)
    if isinstance(first, str) or first is None:
        return False
    return all(map(_close, np.ravel(np.asarray(first, dtype=object)), np.ravel(np.asarray(second, dtype=object))))


def _close(first: Exact, second: Exact) -> bool:
    if not (many.isfinite(first) and many.isfinite(second)):
        return bool(first == second or (many.isnan(first) and many.isnan(second)))
    apart = many.mag(first - second)
    return bool(apart <= many.mag(second) - AGREED or (many.mag(first) < NOTHING and many.mag(second) < NOTHING))
