"""Rules made wrong on purpose: the comparison with torch must notice nearly all of them."""

import re
from dataclasses import fields, replace
from functools import cache

import numpy as np
from elementwise_cases import FLOATS, UNSTEADY, forward_in_torch, in_torch, inside, o, open_slots, reverse_in_torch, special

from app.ops import rule
from app.ops.text import read

POINTS = 60
COMPOSITE = frozenset({"cbrt", "dropout"})
"""Operations that torch lacks: at infinities a composition of others need not agree."""


def settings(op):
    return dict(op.examples[0]) if op.examples and op.name != "gelu" else {}


@cache
def truth(name):
    """Torch's answers for an operation: at random points with an operand that broadcasts, and at kinks, poles and infinities."""
    op = next(op for op in FLOATS if op.name == name)
    f = in_torch(op, settings(op))
    rng = np.random.default_rng(4)
    xs = inside(op, *[(2, POINTS), (POINTS,), (2, 1)][: len(op.operands)], seed=3)
    places = [(xs, [(rng.normal(size=(2, POINTS)), rng.normal(size=np.shape(x))) for x in xs])]
    if name not in COMPOSITE | UNSTEADY:
        *points, seeds = special(op)
        places.append((points, [(seeds, seeds)] * len(points)))
    return [(xs, slot, *seeds[slot], reverse_in_torch(f, xs, slot, seeds[slot][0]), forward_in_torch(f, xs, slot, seeds[slot][1]))
            for xs, seeds in places for slot in open_slots(op)]  # fmt: skip


def agrees(op):
    """Whether torch has the same adjoints and tangents."""
    attributes = settings(op)
    return all(
        same(op.vjp(o, slot, bar, op.value(xs, attributes), xs, attributes), adjoint)
        and same(op.jvp(o, slot, dot, op.value(xs, attributes), xs, attributes), tangent)
        for xs, slot, bar, dot, adjoint, tangent in truth(op.name)
    )


def same(ours, theirs):
    return np.shape(ours) == np.shape(theirs) and np.allclose(ours, theirs, rtol=1e-7, atol=1e-10, equal_nan=True)


def wrong_partials(op):
    """Every partial with its sign changed, two partials exchanged, a number one larger, a function replaced."""
    texts = list(op.partial_texts)
    for slot, text in enumerate(texts):
        if text in (None, "0"):
            continue
        changed = [f"-({text})", f"({text}) * 1.001"]
        changed += [f"{text[: m.start()]}{float(m[0]) + 1}{text[m.end() :]}" for m in re.finditer(r"(?<![\w.])\d+(\.\d+)?", text)]
        changed += [text.replace(a, b) for a, b in (("sin(", "cos("), ("cos(", "sin("), ("exp(", "tanh("), ("log(", "sqrt(")) if a in text]
        changed += [text.replace(" - ", " + ", 1)] * (" - " in text) + [text.replace(" / ", " * ", 1)] * (" / " in text)
        for mutant in changed:
            if read(mutant) != read(text):
                yield [*texts[:slot], mutant, *texts[slot + 1 :]]
    if len(texts) == 2 and texts[0] != texts[1]:
        yield texts[::-1]


def test_the_rules_themselves_agree():
    assert [op.name for op in FLOATS if not agrees(op)] == []


def test_at_least_95_of_100_wrong_rules_are_noticed():
    survivors, count = [], 0
    for op in FLOATS:
        for texts in wrong_partials(op):
            mutant = replace(op, partial_texts=tuple(texts))
            if op.name == "gelu":  # a mutant of its own rule, which it would not ask otherwise
                mutant = rule.Elementwise(**{f.name: getattr(mutant, f.name) for f in fields(rule.Elementwise)})
            count += 1
            if agrees(mutant):
                survivors.append((op.name, texts))
    assert count > 200
    assert len(survivors) <= 0.05 * count, survivors


def test_a_dropped_broadcast_sum_is_noticed(monkeypatch):
    monkeypatch.setattr(rule, "reduced", lambda part, shape, whole: part)
    assert [op.name for op in FLOATS if len(op.operands) > 1 and agrees(op)] == []


def test_a_sum_over_the_wrong_axis_is_noticed(monkeypatch):
    def wrong(part, shape, whole):
        return np.broadcast_to(np.sum(part), shape)

    monkeypatch.setattr(rule, "reduced", wrong)
    moving = [op for op in FLOATS if any(text not in (None, "0") for text in op.partial_texts)]
    assert [op.name for op in moving if agrees(op)] == []
