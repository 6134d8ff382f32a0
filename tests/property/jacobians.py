"""Jacobians of random programs, every way there is: by the thousand with python -m tests.property.jacobians --count 2000."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.core.diagnostic import ProgramError
from app.engine.hessian import products
from app.engine.jacobian import Units, given
from app.engine.reverse import Contribution, reverse
from app.engine.sparsity import pattern
from app.engine.tape import Tape
from app.labs.chain import estimate, factors, path, product, states
from app.labs.jacobian import Frame, coloured, compressed, frame, full
from app.lang.check import read
from app.lang.program import Program, Run
from app.lang.sheets import hessian_sheet, jacobian_sheet, point
from app.ops.duals import Dual, duals
from tests.property import torch_derivatives
from tests.property.programs import program
from tests.property.scale import gap, size
from tests.property.sweeps import LIMITS

AGAINST_TORCH, AGAINST_EACH_OTHER, SECOND = 1e-10, 1e-12, 1e-9
LARGEST = 4_000
"""Entries of a Jacobian that is compared; larger ones are cut to their first outputs."""


@dataclass
class Found:
    """What one program showed: problems in words, the largest errors on the scale of the program, and what was looked at."""

    seed: int
    problems: list[str] = field(default_factory=list)
    errors: dict[str, float] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)


def check(seed: int) -> Found:
    """Draw a program and compare all its Jacobians; whatever goes wrong is a problem of that program."""
    found = Found(seed)
    try:
        drawn = program(seed)
        inputs = {name: np.array(v) if isinstance(v, list) else v for name, v in drawn.inputs.items()}
        run = Program(read(drawn.source, LIMITS), frozenset(inputs), LIMITS).run(inputs)
        with np.errstate(all="ignore"):
            _compared(found, run, inputs)
    except ProgramError as error:
        found.seen["refused"] += 1
        if not (drawn.wild and error.diagnostic.code == "value.domain"):
            found.problems.append(f"refused: {error.diagnostic.code}: {error.diagnostic.message}")
    except Exception as error:  # noqa: BLE001  the run goes on and the seed is reported
        found.problems.append(f"broken: {type(error).__name__}: {error}")
    return found


def _compared(found: Found, run: Run, inputs: dict[str, Any]) -> None:
    names = [name for name, node in run.inputs.items() if run.tape.live[node]]
    within = frame(run.tape, [node for _, node in run.outputs], [run.inputs[name] for name in names])
    if not within.rows.size or not within.columns.size or within.rows.size * within.columns.size > LARGEST:
        found.seen["left out"] += 1
        return
    forward, backward = full(within, "forward"), full(within, "reverse")
    if not (np.isfinite(forward).all() and np.isfinite(backward).all()):
        found.seen["not finite"] += 1
        return
    if _is_torn(run.tape):
        found.seen["two slopes at NaN"] += 1
        return
    scale = max(1.0, size(forward), _summands(within))
    _note(found, "forward against reverse", forward, backward, scale, AGAINST_EACH_OTHER)
    structure = pattern(run.tape, within.rows, within.columns)
    if ((forward != 0) | (backward != 0))[~structure].any():
        found.problems.append("an entry outside the pattern is not 0")
    _coloured(found, within, structure, backward, scale)
    _chained(found, within, backward, scale)
    _against_torch(found, run, names, inputs, backward, scale)
    _played(found, run, within, inputs)
    if within.rows.size == 1:
        _second(found, run, within, names, inputs)
    found.seen["compared"] += 1
    found.seen["sparse"] += bool((~structure).any())


def _is_torn(tape: Tape) -> bool:
    """Whether NaN meets an operation that has another slope for tangents than for adjoints there, as torch has: clamp, maximum."""
    torn = [node for node, rule in enumerate(tape.rules) if getattr(rule, "forward_texts", ())]
    return any(np.isnan(np.asarray(value, dtype=float)).any() for node in torn for value in tape.operands(node))


def _note(found: Found, what: str, one: Any, other: Any, scale: float, tolerance: float) -> None:
    error = gap(one, other) / scale
    found.errors[what] = max(found.errors.get(what, 0.0), error)
    if error > tolerance:
        found.problems.append(f"{what}: {error:.1e}")


def _summands(within: Frame) -> float:
    """The largest magnitude among what the adjoints of a Jacobian are summed from."""
    largest = 0.0
    for seed in Units(within.rows.size)[:]:
        played: list[Contribution] = []
        reverse(within.tape, given(within.rows, seed), played)
        largest = max([largest, *(size(c.value) for c in played)])
    return largest


def _coloured(found: Found, within: Frame, structure: np.ndarray, truth: np.ndarray, scale: float) -> None:
    """Both colourings are proper, and seeds summed by colour give the same."""
    colouring = coloured(structure)
    for matrix, colours in ((structure, colouring.columns), (structure.T, colouring.rows)):
        for colour in range(colours.max(initial=-1) + 1):
            if matrix[:, colours == colour].sum(axis=1).max(initial=0) > 1:
                found.problems.append("two columns of one colour share a row")
        if (matrix.any(axis=0) != (colours >= 0)).any():
            found.problems.append("a column with entries has no colour")
    for mode in ("forward", "reverse"):
        _note(found, f"coloured, {mode}", compressed(within, structure, colouring, mode), truth, scale, AGAINST_EACH_OTHER)


def _chained(found: Found, within: Frame, truth: np.ndarray, scale: float) -> None:
    nodes = path(within)
    held = states(within, nodes)
    if estimate(within, nodes, held)[0] > 200_000:
        found.seen["chain left out"] += 1
        return
    chain = factors(within, nodes, held)
    if not all(np.isfinite(factor.values).all() for factor in chain):
        found.seen["chain not finite"] += 1
        return
    _note(found, "chain", product(chain, within.columns.size), truth, scale, AGAINST_EACH_OTHER)


def _played(found: Found, run: Run, within: Frame, inputs: dict[str, Any]) -> None:
    """What compiled code gives at another point, where it knows all of the program."""
    sheet = jacobian_sheet(run, within.columns.nodes, within.rows.nodes)
    if sheet is None:
        return
    moved = {name: value if np.asarray(value).dtype == bool else value * 1.01 for name, value in inputs.items()}
    other = Program(run.checked, frozenset(moved), LIMITS).run(moved)
    truth = full(frame(other.tape, within.rows.nodes, within.columns.nodes), "reverse")
    played = sheet.jacobian(point(other))
    if np.isfinite(truth).all() and np.isfinite(played).all():
        _note(found, "compiled", played, truth, max(1.0, size(truth), _summands(within)), AGAINST_EACH_OTHER)
        found.seen["compiled"] += 1


def _second(found: Found, run: Run, within: Frame, names: list[str], inputs: dict[str, Any]) -> None:
    """The Hessian of one number: symmetric before it is made so, and what torch's double backward and compiled code give."""
    output, count = within.rows.nodes[0], within.columns.size
    ours = products(run.tape, within.columns, output, np.eye(count), duals, Dual)
    if not np.isfinite(ours).all():
        found.seen["Hessian not finite"] += 1
        return
    scale = max(1.0, size(ours))
    _note(found, "Hessian against its mirror", ours, ours.T, scale, SECOND)
    sheet = hessian_sheet(run, within.columns.nodes, output)
    if sheet is not None:
        _note(found, "Hessian, compiled", sheet.jacobian(point(run)), ours, scale, SECOND)
        found.seen["Hessian compiled"] += 1
    theirs = torch_derivatives.hessian(run, names, inputs)
    if theirs is None or not np.isfinite(theirs).all():
        found.seen["Hessian without torch"] += 1
        return
    _note(found, "Hessian, torch", theirs, ours, scale, SECOND)
    found.seen["Hessians compared"] += 1


def _against_torch(found: Found, run: Run, names: list[str], inputs: dict[str, Any], truth: np.ndarray, scale: float) -> None:
    theirs = torch_derivatives.jacobian(run, names, inputs)
    if isinstance(theirs, str):
        found.seen[f"without torch: {theirs}"] += 1
        return
    _note(found, "torch.func", theirs, truth, scale, AGAINST_TORCH)
    found.seen["compared with torch.func"] += 1


def main() -> int:
    """Print the largest errors and what went wrong; 1 where anything did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    began = time.perf_counter()
    errors: dict[str, float] = {}
    seen: Counter[str] = Counter()
    problems = []
    seeds = range(arguments.seed * 1_000_000, arguments.seed * 1_000_000 + arguments.count)
    with multiprocessing.Pool(arguments.jobs) as pool:
        for found in pool.imap(check, seeds, chunksize=10):
            seen += found.seen
            errors = {what: max(errors.get(what, 0.0), found.errors.get(what, 0.0)) for what in {**errors, **found.errors}}
            problems += [f"seed {found.seed}: {problem}" for problem in found.problems]
    for what, error in errors.items():
        print(f"{what:28}{error:.1e}")
    print(dict(seen))
    print(*problems[:40], sep="\n")
    print(f"{len(problems)} problems in {arguments.count} programs, {time.perf_counter() - began:.0f} s")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
