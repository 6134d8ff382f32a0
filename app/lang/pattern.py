"""What a round of a loop does, read off the tape: the pattern that compiled code repeats."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.engine.block import Pattern
from app.lang.record import Recorder
from app.ops.native import CONSTANT, Native


@dataclass(slots=True)
class Draft:
    """A pattern in the making: codes and arities, where each operand is, and the nodes outside."""

    codes: list[int] = field(default_factory=list)
    arity: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)

    def place(self, node: int) -> int:
        """The place of a node outside."""
        if node not in self.outside:
            self.outside.append(node)
        return self.outside.index(node)

    def add(self, code: int, arity: int, sides: list[int]) -> None:
        """One node of a round; a constant has its place as its side."""
        self.codes.append(code)
        self.arity.append(arity)
        self.left.append(sides[0])
        self.right.append(sides[-1])

    def finished(self, machine: Native, rounds: int, before: int) -> Pattern:
        """The pattern, as the machine has it too."""
        handle = machine.pattern(rounds, before, self.codes, self.arity, self.left, self.right)
        return Pattern(machine, handle, before, self.arity, self.left, self.right, self.outside)


def pattern_of(recorder: Recorder, machine: Native, start: int, width: int, rounds: int) -> Pattern | None:
    """The pattern of the last round before ``start``, compared with the one before; None where it holds more than scalars."""
    draft = Draft()
    if start < 2 * width or not all(type(v) is float for v in recorder.values[start - width :]):
        return None
    for node in range(start - width, start):
        if not _add(draft, recorder, machine, node, width):
            return None
    before = -min(0, *draft.left, *draft.right)
    if not all(type(v) is float for v in recorder.values[start - before :]):
        return None
    return draft.finished(machine, rounds, before)


def _add(draft: Draft, recorder: Recorder, machine: Native, node: int, width: int) -> bool:
    """Add a node that does what its counterpart of the round before did; False where it is no such node."""
    earlier, rule = node - width, recorder.rules[node]
    if rule is not recorder.rules[earlier] or recorder.sites[node] is not recorder.sites[earlier]:
        return False
    if recorder.live[node] != recorder.live[earlier]:
        return False
    if rule is None:
        draft.add(CONSTANT, 0, [draft.place(node)])
        return bool(recorder.values[node] == recorder.values[earlier])
    sources, theirs = recorder.inputs[node], recorder.inputs[earlier]
    sides = [_side(draft, node, s, t, width) for s, t in zip(sources, theirs, strict=True)]
    known = [side for side in sides if side is not None]
    code = machine.codes.get(rule.name)
    if code is None or len(known) < len(sides) or any(type(recorder.values[s]) is not float for s in sources):
        return False
    draft.add(code, len(sources), known)
    return True


def _side(draft: Draft, node: int, source: int, earlier: int, width: int) -> int | None:
    """An operand that moved with the round is so many nodes back, one that stayed is outside; None where it did neither."""
    if source == earlier + width:
        return source - node
    return draft.place(source) if source == earlier else None
