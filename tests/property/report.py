"""What many random programs showed together, and whether that is enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.ops.table import PUBLIC
from tests.property.check import OPERANDS, Outcome
from tests.property.programs import RandomProgram
from tests.property.statements import KINDS

OFTEN = 50
"""How many programs use an operation, with derivatives of either direction flowing through it, once there are enough programs."""

ENOUGH = 10_000
SKIPPED = 1 / 1000
UNFINISHED = 1 / 10
LENGTHS = (5, 60)


@dataclass
class Report:
    """Sums over programs; ``problems`` are pairs of a seed and words."""

    count: int = 0
    nodes: int = 0
    unfinished: int = 0
    refused: int = 0
    lengths: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    operands: Counter[str] = field(default_factory=Counter)
    redrawn: Counter[str] = field(default_factory=Counter)
    redrawn_programs: int = 0
    flowed: dict[str, Counter[str]] = field(default_factory=lambda: {"forward": Counter(), "reverse": Counter()})
    problems: list[tuple[int, str]] = field(default_factory=list)

    def add(self, outcome: Outcome, program: RandomProgram | None) -> None:
        """Count one program in; None where drawing it went wrong."""
        self.count += 1
        self.nodes += outcome.nodes
        self.unfinished += not outcome.finite
        self.refused += outcome.refused
        self.operands += outcome.operands
        self.problems += [(outcome.seed, problem) for problem in outcome.problems]
        for mode, names in outcome.flowed.items():
            self.flowed[mode].update(names)
        if program is not None:
            self.lengths[program.statements] += 1
            self.kinds += program.kinds
            self.redrawn += program.redrawn
            self.redrawn_programs += bool(program.redrawn)

    def rare(self, least: int) -> dict[str, tuple[int, int]]:
        """The operations in fewer than ``least`` programs of either direction."""
        counts = {name: (self.flowed["forward"][name], self.flowed["reverse"][name]) for name in PUBLIC}
        return {name: pair for name, pair in counts.items() if min(pair) < least}

    def lacks(self) -> list[str]:
        """What is missing for the programs to count as evidence, in words."""
        found = []
        if self.refused > SKIPPED * self.count:
            found.append(f"{self.refused} programs had nothing to compare")
        if self.unfinished > UNFINISHED * self.count:
            found.append(f"{self.unfinished} programs are not finite")
        if wrong := [length for length in self.lengths if not LENGTHS[0] <= length <= LENGTHS[1]]:
            found.append(f"programs have {min(wrong)} to {max(wrong)} statements")
        return found + (self._seldom() if self.count >= ENOUGH else [])

    def _seldom(self) -> list[str]:
        """What came up too seldom, in words."""
        found = [f"nodes with operands {what}: {self.operands[what]}" for what in OPERANDS if self.operands[what] < OFTEN]
        found += [f"statements of the kind {kind}: {self.kinds[kind]}" for kind in KINDS if self.kinds[kind] < OFTEN]
        if rare := self.rare(OFTEN):
            found.append(f"in fewer than {OFTEN} programs: " + ", ".join(f"{name} {a}/{b}" for name, (a, b) in rare.items()))
        return found

    def print(self) -> None:
        """Coverage, what was drawn again, and what was left out."""
        statements = sum(length * times for length, times in self.lengths.items())
        print(f"{self.count} programs of {min(self.lengths)} to {max(self.lengths)} statements,", end=" ")
        print(f"{statements / self.count:.1f} statements and {self.nodes / self.count:.0f} nodes each")
        print(f"not finite: {100 * self.unfinished / self.count:.1f} %;", end=" ")
        print(f"with nothing to compare: {self.refused}; differences excused: none")
        print("statements:", listed(self.kinds))
        print("nodes with operands", listed(self.operands))
        print(f"drawn again: {sum(self.redrawn.values())} statements of {self.redrawn_programs} programs:", listed(self._reasons()))
        print("by operation:", listed(self.redrawn, 30))
        names = sorted(PUBLIC, key=lambda name: min(counts[name] for counts in self.flowed.values()))
        counted = ", ".join(f"{name} {self.flowed['forward'][name]}/{self.flowed['reverse'][name]}" for name in names)
        print(f"{len(names)} operations (programs that derivatives flow through them in, forward/reverse): {counted}")

    def _reasons(self) -> Counter[str]:
        reasons: Counter[str] = Counter()
        for reason, times in self.redrawn.items():
            reasons[reason.partition(":")[0]] += times
        return reasons


def listed(counts: Counter[str], most: int | None = None) -> str:
    return ", ".join(f"{name} {times}" for name, times in counts.most_common(most)) or "none"


def gathered(results: Iterable[tuple[Outcome, RandomProgram | None]]) -> Report:
    """All outcomes in one report."""
    report = Report()
    for outcome, program in results:
        report.add(outcome, program)
    return report
