"""From a run to sheets: its tape taken apart into numbers, its gradient too, and both handed to compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.engine.block import Pattern
from app.engine.colouring import colours
from app.engine.links import Probe
from app.engine.reverse import reverse
from app.engine.sheet import Sheet
from app.engine.tape import NO_ATTRIBUTES, Tape, is_float
from app.lang.elements import MOST, Element, Elements, UnknownError
from app.lang.program import Run
from app.ops.native import native
from app.ops.op import Op
from app.ops.rule import Elementwise

ROOM = 100_000
"""Tangents that a sheet may hold: it is kept with its program."""

CLOSE = 1e-9
"""A sheet is used if it gives the outputs of the run that it was made from."""


def jacobian_sheet(run: Run, inputs: Sequence[int], outputs: Sequence[int], *, compressed: bool = True) -> Sheet | None:
    """The Jacobian of these outputs by these inputs; None where the tape holds what compiled code does not know."""
    return _sheet(run, inputs, outputs, compressed=compressed, second=False)


def hessian_sheet(run: Run, inputs: Sequence[int], output: int, *, compressed: bool = True) -> Sheet | None:
    """The Hessian: the Jacobian of the gradient, whose own operations are put down by the rules."""
    return _sheet(run, inputs, [output], compressed=compressed, second=True)


def _sheet(run: Run, inputs: Sequence[int], outputs: Sequence[int], *, compressed: bool, second: bool) -> Sheet | None:
    if run.decided or native() is None:
        return None
    try:
        with np.errstate(all="ignore"):
            whole, found = taken_apart(run)
            results = [element for node in outputs for element in np.ravel(np.asarray(found[node], dtype=object))]
            columns = [element.node for node in inputs for element in np.ravel(np.asarray(found[node], dtype=object))]
            wanted = gradient(whole, results[0], columns) if second else results
            needed, places = whole.pruned([whole.node(element) for element in wanted])
            sheet = _compiled(needed, columns, places, compressed=compressed)
            close = _close(sheet.values(point(run)), _known(run, inputs, outputs, second=second))
    except (UnknownError, OpError, TypeError, ValueError, AttributeError, IndexError):
        return None
    return sheet if close else None


def point(run: Run) -> np.ndarray:
    """The inputs of a run as a sheet takes them: all elements in a row."""
    return np.concatenate([np.ravel(run.tape.values[node]) for node in run.inputs.values()])


def _known(run: Run, inputs: Sequence[int], outputs: Sequence[int], *, second: bool) -> np.ndarray:
    """What the sheet's outputs are at the point of the run: its values, or its gradient."""
    values = run.tape.values
    if not second:
        return np.concatenate([np.ravel(values[node]) for node in outputs])
    shape = np.shape(values[outputs[0]])
    bars = reverse(run.tape, [(outputs[0], np.ones(shape) if shape else 1.0)])
    parts = [(bars[node], np.shape(values[node])) for node in inputs]
    return np.concatenate([np.zeros(shape).ravel() if bar is None else np.ravel(bar) for bar, shape in parts])


def _close(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.all(np.abs(one - other) <= CLOSE * np.maximum(1.0, np.abs(other))))


def taken_apart(run: Run) -> tuple[Elements, dict[int, Any]]:
    """Every element of the tape, by node; what depends on no input stays a number."""
    machine, tape = native(), run.tape
    assert machine is not None
    whole = Elements(machine, int(sum(np.size(tape.values[node]) for node in run.inputs.values())))
    found: dict[int, Any] = {}
    first = 0
    for node in run.inputs.values():
        if not is_float(tape.values[node]):
            raise UnknownError
        elements = np.array([None, *(Element(first + place, whole) for place in range(np.size(tape.values[node])))], dtype=object)[1:]
        shape = np.shape(tape.values[node])
        found[node] = elements.reshape(shape) if shape else elements[0]
        first += len(elements)
    for node, rule in enumerate(tape.rules):
        if node not in found:
            operands = [found[i] for i in tape.inputs[node]]
            made = isinstance(rule, Op) and any(map(_has_elements, operands))
            found[node] = _taken(whole, tape, node, operands) if made else tape.values[node]
    return whole, found


def _taken(whole: Elements, tape: Tape, node: int, operands: list[Any]) -> Any:
    """The elements of one operation."""
    rule, attributes, shapes = tape.rules[node], tape.attributes.get(node, NO_ATTRIBUTES), [np.shape(x) for x in operands]
    assert isinstance(rule, Op)
    stopped = [not tape.live[node] or rule.blocks(slot, shapes, attributes) for slot in range(len(operands))]
    if any(tape.live[source] and stop for source, stop in zip(tape.inputs[node], stopped, strict=True)):
        raise UnknownError(rule.name)  # nothing flows here, which compiled code would not see
    if rule.elementwise or rule.structure(0, shapes, attributes) != "reduction":
        return _applied(whole, rule, operands, attributes)
    return _summed(tape, node, operands)


def _summed(tape: Tape, node: int, operands: list[Any]) -> Any:
    """A linear operation of one operand: every result is a sum of multiples of elements, whose factors unit vectors tell."""
    rule = tape.rules[node]
    probe = Probe(tape, node, 0, bilinear=False)
    if rule is None or rule.keeps(1) or len(operands) > 1 or probe.rows * probe.columns > MOST:
        raise UnknownError
    elements = np.ravel(np.asarray(operands[0], dtype=object))
    results = np.zeros(probe.rows, dtype=object)
    for element, factors in zip(elements, map(probe.pushed, np.eye(probe.columns)), strict=True):
        for row in np.flatnonzero(factors):
            results[row] = results[row] + element * float(factors[row])
    return results.reshape(probe.out) if probe.out else results[0]


def _has_elements(value: Any) -> bool:
    return isinstance(value, Element) or (isinstance(value, np.ndarray) and value.dtype == object)


def _applied(whole: Elements, rule: Op, operands: list[Any], attributes: Any) -> Any:
    """One operation on elements: one by one, or as numpy does it with any kind of objects."""
    if rule.results > 1 or not rule.differentiable:
        raise UnknownError(rule.name)
    if not isinstance(rule, Elementwise):
        made = rule.value(operands, attributes)
        return made if not isinstance(made, np.ndarray) or made.ndim else made.item()
    if attributes:
        raise UnknownError(rule.name)
    spread = np.broadcast_arrays(*[np.asarray(x, dtype=object) for x in operands])
    results = np.empty(spread[0].shape, dtype=object)
    for place in np.ndindex(results.shape):
        results[place] = whole.apply(rule.name, *[side[place] for side in spread])
    return results if results.ndim else results.item()


def gradient(whole: Elements, output: Any, columns: Sequence[int]) -> list[Any]:
    """The adjoints of some inputs, put down as further elements by the rules; 0 where nothing flows."""
    sets = _reached(whole, columns)
    bars: dict[int, Any] = {whole.node(output): 1.0}
    for node in range(len(whole) - 1, whole.before - 1, -1):
        rule, sources = whole.rules[node], whole.sources[node]
        if node not in bars or rule is None:
            continue
        operands = [_operand(whole, source) for source in sources]
        for slot, source in enumerate(sources):
            if sets[source]:
                part = rule.vjp(whole, slot, bars[node], Element(node, whole), operands, NO_ATTRIBUTES)
                bars[source] = part if source not in bars else bars[source] + part
    return [bars.get(node, 0.0) for node in columns]


def _operand(whole: Elements, node: int) -> Any:
    value = whole.values[node]
    return Element(node, whole) if value is None else value


def _reached(whole: Elements, columns: Sequence[int]) -> list[int]:
    """For every node the columns that it depends on, as the bits of a whole number."""
    sets = [0] * whole.before
    for place, node in enumerate(columns):
        sets[node] = 1 << place
    for sources in whole.sources[whole.before :]:
        joined = 0
        for source in sources:
            joined |= sets[source]
        sets.append(joined)
    return sets


def _compiled(whole: Elements, columns: Sequence[int], outputs: list[int], *, compressed: bool) -> Sheet:
    """The pattern as the machine has it, and what depends on the columns."""
    codes, arity, left, right, constants = whole.columns()
    handle = whole.machine.pattern(1, whole.before, codes, arity, left, right)
    pattern = Pattern(whole.machine, handle, whole.before, arity, left, right, [])
    sets = _reached(whole, columns)
    width = -(-len(columns) // 8)
    packed = np.frombuffer(b"".join(sets[node].to_bytes(width, "little") for node in outputs), dtype=np.uint8)
    sparsity = np.unpackbits(packed.reshape(len(outputs), width), axis=1, count=len(columns), bitorder="little").astype(bool)
    seeded = colours(sparsity) if compressed else np.arange(len(columns))
    if len(whole) * (1 + int(seeded.max(initial=0))) > ROOM:
        raise UnknownError
    return Sheet(pattern, constants, bytes(found != 0 for found in sets), columns, outputs, sparsity, seeded)
