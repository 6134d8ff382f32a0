"""What is asked: every item of an exercise, and the entries of a sheet that belong to them."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from app.core.diagnostic import problem
from app.engine.tape import is_float
from app.grading.exercise import Exercise
from app.grading.key import MEANT, Key
from app.grading.spot import Spot
from app.ops.op import Op


class Question(NamedTuple):
    """A spot that is asked: by which word, with which weight, and whether it is a final answer."""

    spot: Spot
    word: str
    weight: float
    final: bool


def questions(exercise: Exercise, key: Key, given: Collection[Spot]) -> list[Question]:
    """The questions of an exercise in the order of their nodes; raises ProgramError.

    Where everything is asked, partials and copied inputs are asked of those who wrote some: the way of working is free.
    """
    if exercise.ask is None:
        return _everything(exercise, key, given)
    found = []
    for ask in exercise.ask:
        node = key.node(ask.node)
        _check(ask.quantity, ask.node, node, key)
        quantity = MEANT.get(ask.quantity, ask.quantity)
        slots = [ask.slot] if quantity != "partial" or ask.slot is not None else range(len(key.run.tape.inputs[node]))
        for slot in slots:
            if quantity == "partial" and not 0 <= slot < len(key.run.tape.inputs[node]):  # type: ignore[operator]  # a number here
                raise problem("exercise.ask", f"{ask.node} has no operand number {slot}.")
            found.append(Question(Spot(quantity, node, slot), ask.quantity, ask.weight, ask.quantity in MEANT))
    return found


def _everything(exercise: Exercise, key: Key, given: Collection[Spot]) -> list[Question]:
    """Primals of all operations but comparisons and indices, and the sweep of the mode wherever it comes."""
    tape = key.run.tape
    spots = []
    for node, rule in enumerate(tape.rules):
        if (rule is not None and is_float(tape.values[node])) or Spot("primal", node) in given:
            spots.append(Spot("primal", node))
        if rule is not None:
            slots = range(len(tape.inputs[node]))
            spots += [Spot("partial", node, slot) for slot in slots if Spot("partial", node, slot) in given]
        for quantity, sweep in (("tangent", key.tangents), ("adjoint", key.adjoints)):
            if sweep is not None and sweep[node] is not None and (rule is not None or node < len(key.run.inputs)):
                spots.append(Spot(quantity, node))
    return [Question(spot, spot.quantity, 1.0, final=False) for spot in spots]


def _check(word: str, spelling: str, node: int, key: Key) -> None:
    """Refuse to ask for what the node has not."""
    rule = key.run.tape.rules[node]
    if word == "output" and node not in key.outputs:
        raise problem("exercise.ask", f"{spelling} is no output of the program.")
    if word == "gradient" and node >= len(key.run.inputs):
        raise problem("exercise.ask", f"{spelling} is no input: a gradient is asked of an input, an adjoint of any node.")
    if word == "partial" and not isinstance(rule, Op):
        raise problem("exercise.ask", f"{spelling} is no operation, so it has no partials.")
    sweep = key.tangents if word == "tangent" else key.adjoints
    if word in ("tangent", "adjoint", "gradient") and sweep is None:
        mode = "forward" if word == "tangent" else "reverse"
        raise problem(
            "exercise.ask", f"The {word} of {spelling} is asked, but the mode has no {mode} sweep.", None, 'Set "mode" to "both".'
        )
