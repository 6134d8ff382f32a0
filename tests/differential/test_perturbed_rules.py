"""The verdict notices a wrong rule of every operation, and names the first node that is wrong because of it."""

import random
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from app.core.diagnostic import ProgramError
from app.engine.forward import forward
from app.engine.reverse import reverse
from app.engine.tape import NO_ATTRIBUTES
from app.ops.op import normal
from app.ops.table import OPS, PUBLIC
from app.oracle.claims import Question
from app.oracle.verify import verify
from app.wire.claims import claims
from tests.property.assignments import RECIPES
from tests.property.draw import Draw
from tests.property.sweeps import sweep

FLAT = {"floor_divide", "sign", "floor", "ceil", "round", "trunc"}
"""Operations whose derivative is 0 wherever it exists: no factor makes it wrong."""


class Wrong:
    """A rule with a factor on one of its three faces."""

    def __init__(self, rule, face):
        self.rule, self.face, self.differentiable, self.blocks = rule, face, rule.differentiable, rule.blocks

    def value(self, inputs, attributes):
        made = self.rule.value(inputs, attributes)
        return tuple(map(altered, made)) if isinstance(made, tuple) else altered(made)

    def vjp(self, *given):
        return self.rule.vjp(*given) * (1.00001 if self.face == "vjp" else 1.0)

    def jvp(self, *given):
        return self.rule.jvp(*given) * (1.00001 if self.face == "jvp" else 1.0)


def altered(value):
    """A value that is wrong: a little if it is a number, the opposite if it is a truth value."""
    value = np.asarray(normal(value))
    return normal(~value) if value.dtype == np.bool_ else normal(value + 1) if value.dtype == np.int64 else normal(value * 1.00001)


@cache
def example(name, face):
    """A small program that uses the operation at numbers that matter: what a sweep left of it, and the node."""
    for seed in range(400):
        d = Draw(random.Random(seed))
        d.input(d.shape(d.rng.choice((1, 2))))
        text = d.rng.choice(RECIPES[name])(d).text
        try:
            swept = sweep(f"y = {text}", d.inputs, seed)
        except ProgramError:
            continue
        for node, rule in enumerate(swept.run.tape.rules):
            if rule is not None and rule.name == name and matters(swept, node, face):
                return swept, given(d.inputs), node
    return None


def given(inputs):
    """Inputs as primals."""
    return {name: np.array(v) if isinstance(v, list) else v for name, v in inputs.items()}


def matters(swept, node, face):
    """Whether a wrong rule would show: its numbers are neither 0 nor NaN, and reach different nodes."""
    operands = swept.run.tape.inputs[node]
    if len(set(operands)) < len(operands):
        return False  # what is wrong with one slot may cancel against another
    if face == "value":
        return large(swept.run.tape.values[node]) or swept.run.tape.rules[node].results > 1
    if face == "jvp":
        return swept.sweeps.tangents[node] is not None and large(swept.sweeps.tangents[node])
    return any(c.node == node and large(c.value) for c in swept.sweeps.played)


def large(value):
    value = np.asarray(value)
    return bool(value.size and (value.dtype != np.float64 or (np.isfinite(value).all() and np.abs(value).max() > 0.01)))


def verdict(swept, inputs, tape, mode):
    """The verdict on this tape, swept in one mode."""
    run = replace(swept.run, tape=tape)
    adjoints = reverse(tape, [(n, bar) for (_, n), bar in zip(run.outputs, swept.bars, strict=True)]) if mode == "reverse" else None
    tangents = forward(tape, {run.inputs[n]: dot for n, dot in swept.dots.items()}) if mode == "forward" else None
    question = Question(inputs, mode, tuple(swept.dots), swept.dots, swept.bars)
    return verify(run.checked, question, claims(run, adjoints, tangents))


def with_wrong(swept, node, face):
    """The tape with one rule replaced, its partials to be asked for again."""
    tape = swept.run.tape
    rules = [*tape.rules[:node], Wrong(tape.rules[node], face), *tape.rules[node + 1 :]]
    return replace(tape, rules=rules, written_partials=[None] * len(rules), blocks=[])


@pytest.mark.parametrize("name", PUBLIC)
def test_a_wrong_value_is_noticed(name):
    swept, inputs, node = example(name, "value")
    tape = with_wrong(swept, node, "value")
    made = tape.rules[node].value(tape.operands(node), tape.attributes.get(node, NO_ATTRIBUTES))
    changed = list(tape.values)
    for place, member in enumerate(tape.results.get(node, (node,))):
        changed[member] = normal(made[place]) if isinstance(made, tuple) else made
    answer = verdict(swept, inputs, replace(tape, rules=swept.run.tape.rules, values=changed), "primal")
    assert (answer["agrees"], answer["first_disagreement"]) == (False, min(tape.results.get(node, (node,))))


@pytest.mark.parametrize("name", [n for n in PUBLIC if OPS[n].differentiable and n not in FLAT])
def test_a_wrong_jvp_is_noticed(name):
    swept, inputs, node = example(name, "jvp")
    answer = verdict(swept, inputs, with_wrong(swept, node, "jvp"), "forward")
    assert (answer["agrees"], answer["first_disagreement"]) == (False, node)


@pytest.mark.parametrize("name", [n for n in PUBLIC if OPS[n].differentiable and n not in FLAT])
def test_a_wrong_vjp_is_noticed(name):
    swept, inputs, node = example(name, "vjp")
    answer = verdict(swept, inputs, with_wrong(swept, node, "vjp"), "reverse")
    assert (answer["agrees"], answer["first_disagreement"]) == (
        False,
        max(c.to for c in swept.sweeps.played if c.node == node and large(c.value)),
    )
