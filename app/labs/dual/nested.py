"""The same coefficients by another way: the engine's forward sweep, and through what it wrote another forward sweep, and so on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.derive.code.symbol import SYMBOLS, Symbol
from app.engine.forward import forward
from app.engine.tape import NO_ATTRIBUTES, Tape, Value, is_float, shape_of
from app.labs.dual.carried import Carried
from app.labs.dual.recurrences import Coefficients
from app.ops.op import Op

MOST_SYMBOLS = 3_000
"""A tape of tangents of tangents longer than this is not swept again: it grows with every order."""
TOO_LONG = "Derivatives of derivatives become too long to be compared beyond this order, or they pass an operation with several results."
POWERS = "Beyond this order the engine's own rule has no slope: an exponent that moves becomes 0 there, or sinc is filled in."
ABSOLUTE, RELATIVE = 1e-10, 1e-9
Seeds = Mapping[int, Coefficients]


@dataclass(frozen=True, slots=True)
class Check:
    """How far the coefficients are from the engine's nested derivatives, at all nodes and up to which order."""

    orders: int
    max_abs_error: float
    max_rel_error: float
    agrees: bool
    note: str | None


def check(tape: Tape, found: Carried, seeds: Seeds) -> Check:
    """Compare every node, order by order, as far as nested sweeps go; beyond infinity and NaN there is nothing to compare."""
    largest, relative, agrees, orders = 0.0, 0.0, True, 0
    for order, derivatives in enumerate(_nested(tape, min(found.order, _reliable(tape, found)), seeds), 1):
        orders = order
        for row, derivative in zip(found.coefficients, derivatives, strict=True):
            if row is None or (type(row[order]) is float and derivative == row[order] * math.factorial(order)):
                continue
            truth = np.asarray(0.0 if derivative is None else derivative) / math.factorial(order)
            known = np.all([np.isfinite(c) for c in row[:order]], axis=0)
            error, size = np.where(known, _apart(row[order], truth), 0.0), np.abs(truth)
            largest = max(largest, float(np.max(error, initial=0.0)))
            relative = max(relative, float(np.max(np.divide(error, size, out=np.zeros_like(error), where=size > 0), initial=0.0)))
            agrees = agrees and bool(np.all(error <= ABSOLUTE + RELATIVE * np.where(np.isfinite(size), size, 0.0)))
    return Check(orders, largest, relative, agrees, _why(tape, found, orders))


def _reliable(tape: Tape, found: Carried) -> int:
    """The order up to which nested sweeps can be trusted: rules have slopes of 0 where a moving exponent becomes 0, and at sinc(0)."""
    orders = [found.order]
    for node, rule in enumerate(tape.rules):
        if isinstance(rule, Op) and rule.name == "pow" and (row := found.coefficients[tape.inputs[node][1]]) is not None:
            exponents = np.asarray(row[0])
            whole = exponents[(exponents >= 0) & (exponents == np.floor(exponents))]
            if whole.size and any(np.any(c) for c in row[1:]):
                orders.append(int(min(whole.min(), MOST_SYMBOLS)) + 1)
        if isinstance(rule, Op) and rule.name == "sinc" and not np.all(tape.values[tape.inputs[node][0]]):
            orders.append(1)
    return min(orders)


def _why(tape: Tape, found: Carried, orders: int) -> str | None:
    """Why higher orders were not compared."""
    if orders == found.order:
        return None
    return POWERS if orders == _reliable(tape, found) else TOO_LONG


def _apart(value: Value, truth: Any) -> np.ndarray:
    """The distance; none between equal infinities, or where neither is a number."""
    a, b = np.broadcast_arrays(np.asarray(value, dtype=float), np.asarray(truth, dtype=float))
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    return np.where(same, 0.0, np.nan_to_num(np.abs(a - b), nan=np.inf))


def _nested(tape: Tape, order: int, seeds: Seeds) -> Iterator[list[Any]]:
    """The first, second, … derivatives of all nodes at ε = 0."""
    yield forward(tape, {node: row[1] if len(row) > 1 else _zero(row[0]) for node, row in seeds.items()})
    if order == 1 or len(tape) * 4 > MOST_SYMBOLS or any(isinstance(rule, Op) and rule.results > 1 for rule in tape.rules):
        return
    start = Symbol(0.0, name="t")
    asked: list[Any] = _as_symbols(tape, seeds, start)
    for depth in range(1, order + 1):
        found = _straight(asked, start)
        if found is None:
            return
        swept = forward(found.tape, {found.place[id(start)]: 1.0})
        asked = [swept[found.place[id(x)]] if isinstance(x, Symbol) and id(x) in found.place else None for x in asked]
        if depth > 1:
            yield [x.primal if isinstance(x, Symbol) else x for x in asked]


def _zero(value: Value) -> Value:
    return np.zeros(shape_of(value)) if shape_of(value) else 0.0


def _as_symbols(tape: Tape, seeds: Seeds, start: Symbol) -> list[Any]:
    """The nodes of a run as symbols that depend on one number t, at t = 0."""
    symbols: list[Any] = list(tape.values)
    for node, row in seeds.items():
        curve: Any = row[-1]
        for c in row[-2::-1]:
            curve = SYMBOLS.add(c, SYMBOLS.mul(curve, start))
        symbols[node] = curve
    for node, inputs in enumerate(tape.inputs):
        if inputs and any(isinstance(symbols[i], Symbol) for i in inputs):
            operands = tuple(symbols[i] for i in inputs)
            symbols[node] = Symbol(tape.values[node], tape.rules[node], operands, tape.attributes.get(node, NO_ATTRIBUTES))  # type: ignore[arg-type]  # the rules of this project are Ops
    return symbols


@dataclass(frozen=True, slots=True)
class _Straight:
    """Symbols in an order of evaluation, as a tape, and where each stands on it."""

    tape: Tape
    place: Mapping[int, int]


def _straight(asked: Sequence[Any], start: Symbol) -> _Straight | None:
    """The tape of all symbols that some depend on; None where it is too long."""
    place: dict[int, int] = {}
    values: list[Any] = []
    rules: list[Any] = []
    inputs: list[tuple[int, ...]] = []
    attributes: dict[int, Mapping[str, Any]] = {}

    def leaf(value: Any) -> int:
        values.append(value)
        rules.append(None)
        inputs.append(())
        return len(values) - 1

    place[id(start)] = leaf(start)
    for symbol in _ordered(asked):
        if id(symbol) in place:
            continue
        operands = tuple(place[id(x)] if isinstance(x, Symbol) else leaf(x) for x in symbol.operands)
        place[id(symbol)] = len(values)
        if symbol.attributes:
            attributes[len(values)] = symbol.attributes
        values.append(symbol)
        rules.append(symbol.op)
        inputs.append(operands)
        if len(values) > MOST_SYMBOLS or (symbol.op is not None and symbol.op.results > 1):
            return None
    nothing: list[tuple[float, ...] | None] = [None] * len(values)
    live = [is_float(value) for value in values]
    return _Straight(Tape(rules, inputs, values, nothing, live, attributes, {}, (), SYMBOLS), place)


def _ordered(asked: Sequence[Any]) -> Iterator[Symbol]:
    """Symbols after their operands; no recursion, however deep they are."""
    seen: set[int] = set()
    for first in asked:
        stack: list[tuple[Any, bool]] = [(first, False)]
        while stack:
            symbol, ready = stack.pop()
            if not isinstance(symbol, Symbol) or (id(symbol) in seen and not ready):
                continue
            if ready:
                yield symbol
                continue
            seen.add(id(symbol))
            stack.append((symbol, True))
            stack += [(x, False) for x in reversed(symbol.operands)]
