"""The student's own work: what every value should be, computed from the numbers that the student wrote before it.

primal = f(own primals of the operands); partial = the rule at own primals; tangent = Σ partial · own tangent;
adjoint = Σ over consumers of own adjoint · partial, the student's own partial where one is given.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from app.engine.tape import Value, shape_of
from app.grading import local
from app.grading.expectation import Expectation, Part
from app.grading.key import Key
from app.grading.sheet import Sheet
from app.grading.spot import Spot
from app.grading.tolerance import half_digit, half_unit
from app.grading.written import Written


class Work:
    """One sheet beside its key. A value is used as it is written; one that nobody asked for is computed; a missing one is None."""

    def __init__(self, key: Key, sheet: Sheet, asked: Collection[Spot]) -> None:
        self.key, self.sheet, self.asked, self.tape = key, sheet, asked, key.run.tape
        self._expected: dict[Spot, Expectation] = {}
        self._results: dict[tuple[int, bool], Any] = {}
        self.primals: list[Value | None] = []
        for node, truth in enumerate(self.tape.values):
            spot = Spot("primal", node)
            self.primals.append(self._used(spot) if self.tape.rules[node] is not None or spot in sheet.entries else truth)
        count = len(self.primals)
        self.tangents: list[Value | None] = [None] * count
        self.adjoints: list[Value | None] = [None] * count
        for node in range(count) if key.tangents is not None else ():
            if key.tangents[node] is not None:  # type: ignore[index]  # there are some
                self.tangents[node] = self._used(Spot("tangent", node))
        for node in reversed(range(count)) if key.adjoints is not None else ():
            if key.adjoints[node] is not None:  # type: ignore[index]
                self.adjoints[node] = self._used(Spot("adjoint", node))

    def _used(self, spot: Spot) -> Value | None:
        """The number that later work rests on."""
        entry = self.sheet.entries.get(spot)
        if entry is not None and entry.value is not None:
            return entry.value
        if (entry is not None or spot in self.asked) and not self._is_given(spot):
            return None
        return self.expected(spot).value

    def _is_given(self, spot: Spot) -> bool:
        """Whether the exercise itself says the number: a seed, at an input or at an output that nothing uses."""
        if spot.quantity == "tangent":
            return self.tape.rules[spot.node] is None
        return spot.quantity == "adjoint" and spot.node in self.key.cotangents and not self.key.consumers[spot.node]

    def expected(self, spot: Spot) -> Expectation:
        """What the value at a spot should be by the student's own numbers."""
        found = self._expected.get(spot)
        if found is None:
            ways = {"primal": self._primal, "partial": self._partial, "tangent": self._tangent, "adjoint": self._adjoint}
            found = self._expected[spot] = ways[spot.quantity](spot)
        return found

    # ------------------------------------------------------------ primals and partials

    def _primal(self, spot: Spot) -> Expectation:
        node = spot.node
        if self.tape.rules[node] is None:
            value = self.tape.values[node]
            return Expectation(value, magnitude=local.size(value))
        inputs = self.tape.inputs[node]
        found = Expectation(needs=[Spot("primal", i) for i in inputs])
        operands = self.operands(node, found)
        if operands is None:
            return found
        found.value = local.value(self.tape, node, operands)
        found.magnitude = max(map(local.size, operands), default=0.0)
        found.bound = self._wobble(node, operands, found.value, lambda beside: local.value(self.tape, node, beside))
        return found

    def _partial(self, spot: Spot) -> Expectation:
        node, slot = spot.node, spot.slot
        assert slot is not None
        found = Expectation(needs=[Spot("primal", i) for i in self.tape.inputs[node]])
        operands = self.operands(node, found)
        if operands is None:
            return found
        found.value, other, convention = self.slopes(node, slot, operands)
        if other is not None:
            found.others = (other,)
        if convention is not None and found.value is not None:
            found.convention = convention
            found.low, found.high = local.hull(self.tape, node, slot, operands, found.value)
        found.magnitude = 0.0 if found.value is None else local.size(found.value)
        found.bound = self._wobble(node, operands, found.value, lambda beside: self._slope(node, slot, beside))
        return found

    def operands(self, node: int, found: Expectation | None = None) -> list[Value] | None:
        """The student's own operands of a node; None, and noted, where one is missing."""
        inputs = self.tape.inputs[node]
        values = [self.primals[i] for i in inputs]
        if any(v is None for v in values):
            if found is not None:
                found.missing += [Spot("primal", i) for i, v in zip(inputs, values, strict=True) if v is None]
            return None
        return values

    def result(self, node: int, operands: list[Value], *, written: bool) -> Any:
        """What a rule knows as z: as computed from the operands, or as the student wrote it."""
        key = (node, written)
        if key not in self._results:
            own = self.primals[node]
            self._results[key] = (
                own if written and own is not None and node not in self.tape.results else local.result(self.tape, node, operands)
            )
        return self._results[key]

    def slopes(self, node: int, slot: int, operands: list[Value]) -> tuple[Value | None, Value | None, str | None]:
        """A partial by the computed result, by the written one where that differs, and the convention at a kink."""
        z = self.result(node, operands, written=False)
        if z is None or isinstance(z, tuple):
            return None, None, None
        slope = local.slope(self.tape, node, slot, z, operands)
        other = None
        if Spot("primal", node) in self.sheet.entries and slope is not None:
            other = local.slope(self.tape, node, slot, self.result(node, operands, written=True), operands)
        return slope, other, local.bends(self.tape, node, operands, z)

    def _slope(self, node: int, slot: int, operands: list[Value]) -> Value | None:
        z = local.value(self.tape, node, operands)
        return None if z is None else local.slope(self.tape, node, slot, z, operands)

    def _wobble(self, node: int, operands: list[Value], here: Value | None, at: Any) -> float:
        """How far a value moves when its operands move by half a unit of what was written; of scalars."""
        if here is None or shape_of(here) or any(shape_of(v) for v in operands):
            return 0.0
        total = 0.0
        for place, source in enumerate(self.tape.inputs[node]):
            half = self.half(Spot("primal", source))
            if half:
                moved = [at([*operands[:place], operands[place] + sign * half, *operands[place + 1 :]]) for sign in (-1, 1)]
                total += max((abs(float(v) - float(here)) for v in moved if v is not None and v == v), default=0.0)  # noqa: PLR0124  no NaN
        return total

    def half(self, spot: Spot) -> float:
        """Half a unit of the number written at a spot; 0 of tensors, and where nothing is written."""
        entry = self.sheet.entries.get(spot)
        if entry is None or entry.shape or not isinstance(entry.cells[0], Written):
            return 0.0
        given = entry.cells[0]
        return half_unit(given, self.sheet.digits, abs(given.value)) if given.value == given.value else 0.0

    # ------------------------------------------------------------ sums

    def _tangent(self, spot: Spot) -> Expectation:
        node, truths = spot.node, self.key.tangents
        assert truths is not None
        if self.tape.rules[node] is None:
            seed = self.key.directions.get(node, truths[node])
            return Expectation(seed, magnitude=local.size(seed))
        found, flows = Expectation(), []
        for slot, source in enumerate(self.tape.inputs[node]):
            if truths[source] is not None:
                flows.append((node, slot, Spot("tangent", source), self.tangents[source]))
        return self._summed(found, flows, "tangent")

    def _adjoint(self, spot: Spot) -> Expectation:
        node, truths = spot.node, self.key.adjoints
        assert truths is not None
        found, flows = Expectation(), []
        if node in self.key.cotangents:
            seed = self.key.cotangents[node]
            found.parts.append(Part(node, -1, seed, None, seed))
        for consumer, slot in reversed(self.key.consumers[node]):
            if truths[consumer] is not None and self.tape.live[node]:
                flows.append((consumer, slot, Spot("adjoint", consumer), self.adjoints[consumer]))
        flows.sort(key=lambda flow: (-flow[0], flow[1]))
        return self._summed(found, flows, "adjoint")

    def _summed(self, found: Expectation, flows: list[tuple[int, int, Spot, Value | None]], way: str) -> Expectation:
        """A sum over edges of a number times a partial."""
        seeds = [part.value for part in found.parts]
        lows, highs, others = list(seeds), list(seeds), list(seeds)
        for node, slot, need, source in flows:
            found.needs.append(need)
            if source is None:
                found.missing.append(need)
                continue
            self._edge(found, node, slot, source, way, (lows, highs, others), self.half(need))
        if found.missing:
            return found
        found.value = _sum([part.value for part in found.parts])
        found.magnitude = sum(local.size(part.value) for part in found.parts)
        if len(found.parts) > 1:
            found.bound += sum(half_digit(local.size(part.value), self.sheet.digits) for part in found.parts)
        found.others = (_sum(others),)
        if found.convention is not None:
            found.low, found.high = _sum(lows), _sum(highs)
        return found

    def _edge(self, found: Expectation, node: int, slot: int, source: Value, way: str, sums: Any, half: float) -> None:
        """One summand: with the partial that the student wrote, or by the rule at the student's own primals."""
        lows, highs, others = sums
        written = self.sheet.entries.get(Spot("partial", node, slot))
        partial = other = None
        if written is not None and not written.shape:
            found.needs.append(Spot("partial", node, slot))
            partial = written.value
            if partial is None:
                found.missing.append(Spot("partial", node, slot))
                return
        operands = self.operands(node, found)
        if operands is None and partial is None:
            return
        if partial is None:
            assert operands is not None
            found.needs += [Spot("primal", i) for i in self.tape.inputs[node]]
            if not any(shape_of(v) for v in operands):
                partial, other, convention = self.slopes(node, slot, operands)
                if convention is not None and partial is not None:
                    found.convention = convention
                    ends = [end * source for end in local.hull(self.tape, node, slot, operands, partial)]
                    lows.append(min(ends))
                    highs.append(max(ends))
        else:
            found.missing = [spot for spot in found.missing if spot.quantity != "primal"]
        value = self._passed(node, slot, source, partial, operands, way)
        if value is None:
            return
        found.parts.append(Part(node, slot, source, partial, value))
        others.append(value if other is None else other * source)
        if len(lows) < len(others):
            lows.append(value)
            highs.append(value)
        if partial is not None and not shape_of(partial):
            given = self.half(Spot("partial", node, slot)) if written is not None else half_digit(abs(partial), self.sheet.digits)
            found.bound += abs(partial) * half + local.size(source) * given

    def _passed(self, node: int, slot: int, source: Value, partial: Value | None, operands: list[Value] | None, way: str) -> Value | None:
        """What one edge adds: the product of scalars, the rule where there are tensors, or where the product is NaN."""
        if partial is not None:
            product = partial * source
            if product == product or operands is None:  # noqa: PLR0124  NaN: the rule decides, a gate lets nothing through
                return product
        if operands is None:
            return None
        z = self.result(node, operands, written=False)
        if z is None:
            return None
        flow = local.pulled if way == "adjoint" else local.pushed
        return flow(self.tape, node, slot, source, z, operands)


def _sum(values: list[Value]) -> Value:
    total: Value = 0.0
    for place, value in enumerate(values):
        total = value if place == 0 else total + value
    return total
