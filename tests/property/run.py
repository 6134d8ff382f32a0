"""Random programs by the thousand: ``python -m tests.property.run --count 10000 --seed 1``."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time

from tests.property.check import Outcome, check
from tests.property.programs import RandomProgram, program
from tests.property.report import gathered

SHOWN = 40


def one(seed: int) -> tuple[Outcome, RandomProgram | None]:
    """Draw and check one program; whatever goes wrong is a problem of that program."""
    made = None
    try:
        made = program(seed)
        return check(made), made
    except Exception as error:  # noqa: BLE001  the run goes on and the seed is reported
        return Outcome(seed, [f"broken: {type(error).__name__}: {error}"]), made


def main() -> int:
    """Print what was covered and what went wrong; 1 where anything did, or where the programs do not cover enough."""
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
    for seed, problem in report.problems[:SHOWN]:
        print(f"seed {seed}: {problem}")
    lacks = report.lacks()
    for words in lacks:
        print(f"not enough: {words}")
    print(f"{len(report.problems)} problems in {len({s for s, _ in report.problems})} programs, {time.perf_counter() - began:.0f} s")
    return 1 if report.problems or lacks else 0


if __name__ == "__main__":
    sys.exit(main())
