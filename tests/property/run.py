"""Random programs by the thousand: ``python -m tests.property.run --count 10000 --seed 1``."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.property.check import Outcome, check
from tests.property.programs import program

LEAST = 50


class Report:
    """What many programs showed together."""

    def __init__(self) -> None:
        self.count = self.nodes = self.unfinished = self.sensitive = self.undecided = self.excused = self.statements = 0
        self.kinds: Counter[str] = Counter()
        self.flowed: dict[str, Counter[str]] = {"forward": Counter(), "reverse": Counter()}
        self.problems: list[tuple[int, str]] = []

    def add(self, outcome: Outcome, statements: int, kinds: Counter[str]) -> None:
        self.count += 1
        self.nodes += outcome.nodes
        self.statements += statements
        self.unfinished += not outcome.finite
        self.sensitive += outcome.sensitive
        self.undecided += outcome.undecided
        self.excused += outcome.sensitive > 0
        self.kinds += kinds
        for mode, names in outcome.flowed.items():
            self.flowed[mode].update(set(names))
        self.problems += [(outcome.seed, problem) for problem in outcome.problems]

    def rare(self, least: int) -> dict[str, tuple[int, int]]:
        """The operations in fewer than ``least`` programs of either mode; those of category adjoint serve in rules alone."""
        from app.ops.table import OPS

        public = [name for name, op in OPS.items() if op.category != "adjoint"]
        counts = {name: (self.flowed["forward"][name], self.flowed["reverse"][name]) for name in public}
        return {name: pair for name, pair in counts.items() if min(pair) < least}

    def print(self) -> None:
        print(f"{self.count} programs, {self.statements / self.count:.1f} statements and {self.nodes / self.count:.0f} nodes each")
        print(f"not finite: {100 * self.unfinished / self.count:.1f} %")
        print(
            f"larger differences, explained by rounding: {self.sensitive} nodes of {self.excused} programs;",
            f"ways decided by rounding: {self.undecided} programs",
        )
        print("statements:", ", ".join(f"{kind} {n}" for kind, n in self.kinds.most_common()))
        names = sorted(self.flowed["forward"], key=lambda name: min(self.flowed[m][name] for m in self.flowed))
        print(
            "operations (programs with flow, forward/reverse):",
            ", ".join(f"{n} {self.flowed['forward'][n]}/{self.flowed['reverse'][n]}" for n in names),
        )
        if rare := self.rare(LEAST):
            print(f"fewer than {LEAST}:", ", ".join(f"{name} {pair[0]}/{pair[1]}" for name, pair in rare.items()))


def one(seed: int) -> tuple[Outcome, int, Counter[str]]:
    """Draw and check one program; whatever goes wrong is a problem of that program."""
    made = program(seed)
    try:
        outcome = check(made)
    except Exception as error:  # noqa: BLE001  the run goes on and the seed is reported
        outcome = Outcome(seed, [f"broken: {type(error).__name__}: {error}"])
    return outcome, made.statements, made.kinds


def gathered(results: Iterable[tuple[Outcome, int, Counter[str]]], progress: Any = None) -> Report:
    """All outcomes in one report."""
    report = Report()
    for outcome, statements, kinds in results:
        report.add(outcome, statements, kinds)
        if progress:
            progress(report)
    return report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    began = time.perf_counter()
    seeds = range(arguments.seed * 1_000_000, arguments.seed * 1_000_000 + arguments.count)
    with multiprocessing.Pool(arguments.jobs) as pool:
        report = gathered(pool.imap(one, seeds, chunksize=20))
    report.print()
    for seed, problem in report.problems[:40]:
        print(f"seed {seed}: {problem}")
    print(f"{len(report.problems)} problems in {len({s for s, _ in report.problems})} programs, {time.perf_counter() - began:.0f} s")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
