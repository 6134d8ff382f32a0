"""One run as a straight program: the names of its values, its operations in order, and the lines of its sweeps."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.derive.code.symbol import SYMBOLS, Symbol
from app.engine.tape import NO_ATTRIBUTES, is_float
from app.lang.program import Run
from app.ops.op import Op, Value, shape_of

RESERVED = frozenset({"np", "torch", "jax", "jnp", "program", "gradient", "tangents", "special", "print", "F"})
Versions = Mapping[int, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment; ``adds`` says that the value is added to what the name has."""

    name: str
    value: Any
    node: int
    adds: bool = False
    closed: bool = False
    """Derivatives could flow through here, but the program keeps them out (no_grad, detach)."""


@dataclass(frozen=True, slots=True)
class Straight:
    """The operations of one run, in order, and the names in them. Nodes that no output needs are left out."""

    run: Run
    symbols: list[Symbol]
    lines: list[Line]
    inputs: list[str]
    outputs: list[str]


def straight(run: Run, versions: Versions) -> Straight:
    """The straight program of a run; ``versions`` names nodes by the user's names."""
    tape = run.tape
    wanted = _needed(run)
    names = _names(run, versions, wanted)
    symbols = [Symbol(value, name=names.get(node)) for node, value in enumerate(tape.values)]
    lines = []
    for node in sorted(wanted):
        rule = tape.rules[node]
        if rule is not None:
            lines.append(Line(names[node], call_of(run, symbols, node), node, closed=_is_closed(run, node)))
    given = [names[node] for node in run.inputs.values()]
    return Straight(run, symbols, lines, given, [names[node] for _, node in run.outputs])


def _is_closed(run: Run, node: int) -> bool:
    """Whether adjoints would reach a node by its operands, and do not."""
    tape = run.tape
    return not tape.live[node] and is_float(tape.values[node]) and any(tape.live[i] for i in tape.inputs[node])


def call_of(run: Run, symbols: Sequence[Symbol], node: int) -> Symbol:
    """The operation of one node, on the symbols of its operands; constants stand as numbers."""
    tape = run.tape
    op: Op = tape.rules[node]  # type: ignore[assignment]  # the rules of this project are Ops
    attributes = dict(tape.attributes.get(node, NO_ATTRIBUTES))
    place = attributes.pop("result", None)
    return Symbol(tape.values[node], op, tuple(operand_of(run, symbols, i) for i in tape.inputs[node]), attributes, place=place)


def operand_of(run: Run, symbols: Sequence[Symbol], node: int) -> Any:
    """A node as an operand: small constants stand as they are."""
    isnt_constant = run.tape.rules[node] is not None or node < len(run.inputs)
    return symbols[node] if isnt_constant else run.tape.values[node]


def _needed(run: Run) -> set[int]:
    """The nodes that an output depends on, with the other results of their operations, which rules may read; and all inputs."""
    tape = run.tape
    wanted = {node for _, node in run.outputs}
    for node in range(max(wanted, default=-1), -1, -1):
        if node in wanted:
            wanted.update(tape.inputs[node], tape.results.get(node, ()))
    return wanted | set(run.inputs.values())


def _names(run: Run, versions: Versions, wanted: set[int]) -> dict[int, str]:
    """A name of Python for every node that is no constant: the user's, with its version, or the v-number."""
    taken = set(RESERVED)
    found: dict[int, str] = {}
    count = 0
    outputs = {node for _, node in run.outputs}
    for node, rule in enumerate(run.tape.rules):
        count += rule is not None
        if node not in wanted or (rule is None and node >= len(run.inputs) and node not in outputs):
            continue
        name, version = versions.get(node, ("", 1))
        plain = unicodedata.normalize("NFKC", name)
        fits = plain.isidentifier() and not keyword.iskeyword(plain)
        chosen = (plain if version == 1 else f"{plain}_{version}") if fits else f"v{count}"
        while chosen in taken:
            chosen += "_"
        taken.add(chosen)
        found[node] = chosen
    return found


# ------------------------------------------------------------ the sweeps, written


def reverse_lines(program: Straight, cotangents: Sequence[Value | None]) -> tuple[list[Line], dict[str, str | None]]:
    """The reverse sweep as lines, and the name of each input's adjoint; None where nothing flows."""
    run, tape = program.run, program.run.tape
    bars: dict[int, Symbol] = {}
    lines: list[Line] = []
    for (_, node), seed in zip(run.outputs, cotangents, strict=True):
        if seed is not None and tape.live[node]:
            _add(program, bars, lines, node, seed)
    for node in range(len(tape.values) - 1, -1, -1):
        if node not in bars or tape.rules[node] is None:
            continue
        op: Op = tape.rules[node]  # type: ignore[assignment]  # the rules of this project are Ops
        attributes = tape.attributes.get(node, NO_ATTRIBUTES)
        operands = [operand_of(run, program.symbols, i) for i in tape.inputs[node]]
        shapes = [shape_of(tape.values[i]) for i in tape.inputs[node]]
        for slot, to in enumerate(tape.inputs[node]):
            if tape.live[to] and not op.blocks(slot, shapes, attributes):
                value = op.vjp(SYMBOLS, slot, bars[node], _result(program, node), operands, attributes)
                _add(program, bars, lines, to, value)
    names = {name: bars[node].name if node in bars else None for name, node in run.inputs.items() if tape.live[node]}
    return lines, names


def _result(program: Straight, node: int) -> Any:
    """The result that a rule knows as z."""
    family = program.run.tape.results.get(node)
    return program.symbols[node] if family is None else tuple(program.symbols[i] for i in family)


def _add(program: Straight, bars: dict[int, Symbol], lines: list[Line], node: int, value: Any) -> None:
    """A contribution to the adjoint of a node."""
    name = f"{program.symbols[node].name}_bar"
    lines.append(Line(name, value, node, adds=node in bars))
    bars[node] = Symbol(_ones(program.run.tape.values[node]), name=name)


def _ones(value: Value) -> Value:
    """A stand-in of the right shape for an adjoint: lines are written from shapes alone."""
    return np.ones(shape_of(value)) if shape_of(value) else 1.0


def forward_lines(program: Straight, directions: Mapping[str, Value]) -> tuple[list[Line], list[str | None]]:
    """The primals and tangents as lines, interleaved, and the names of the outputs' tangents; None where nothing flows."""
    run, tape = program.run, program.run.tape
    dots: dict[int, Symbol] = {
        node: Symbol(_ones(tape.values[node]), name=f"{program.symbols[node].name}_dot")
        for name, node in run.inputs.items()
        if name in directions
    }
    lines: list[Line] = []
    for line in program.lines:
        lines.append(line)
        terms = _tangent_terms(program, dots, line.node)
        if terms:
            dots[line.node] = Symbol(_ones(tape.values[line.node]), name=f"{line.name}_dot")
            total = terms[0]
            for term in terms[1:]:
                total = total + term
            lines.append(Line(f"{line.name}_dot", total, line.node))
    return lines, [dots[node].name if node in dots else None for _, node in run.outputs]


def _tangent_terms(program: Straight, dots: Mapping[int, Symbol], node: int) -> list[Any]:
    """What each operand brings to a tangent."""
    run, tape = program.run, program.run.tape
    op: Op = tape.rules[node]  # type: ignore[assignment]  # the rules of this project are Ops
    if not op.differentiable or not tape.live[node]:
        return []
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    operands = [operand_of(run, program.symbols, i) for i in tape.inputs[node]]
    shapes = [shape_of(tape.values[i]) for i in tape.inputs[node]]
    return [
        op.jvp(SYMBOLS, slot, dots[to], _result(program, node), operands, attributes)
        for slot, to in enumerate(tape.inputs[node])
        if to in dots and not op.blocks(slot, shapes, attributes)
    ]
