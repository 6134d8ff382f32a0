"""Run the suite: check every result against torch, measure, print the table, write it as JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import growth, ours, serving
from benchmarks.machine import machine
from benchmarks.measure import Times, interleaved
from benchmarks.peers import casadi_sparse, hips_autograd, jax_compiled, micrograd_scalars, torch_eager
from benchmarks.workloads import CELLS, STEPS, W1, W2, W5, W6_HESSIAN, W6_JACOBIAN, W7, Workload

Contestants = dict[str, Callable[[], Any]]


def graphs() -> dict[Workload, Contestants]:
    """Who computes what. All but the handler return gradients by name."""
    return {
        W1: {
            "ours": ours.warm(W1),
            "ours, from the text": ours.cold(W1),
            "ours, request to answer": ours.handler(W1),
            "micrograd": micrograd_scalars.w1(W1.inputs, W1.wrt),
            "HIPS autograd": hips_autograd.w1(W1.inputs, W1.wrt),
            "torch": torch_eager.w1(W1.inputs, W1.wrt),
        },
        W2: {
            "ours": ours.cold(W2),
            "ours, compiled": ours.warm(W2),
            "ours, the sweep alone": ours.sweep_alone(W2),
            "micrograd": micrograd_scalars.w2(W2.inputs, W2.wrt, STEPS),
            "HIPS autograd": hips_autograd.w2(W2.inputs, W2.wrt, STEPS),
            "torch": torch_eager.w2(W2.inputs, W2.wrt, STEPS),
        },
        W5: {
            "ours": ours.warm(W5),
            "HIPS autograd": hips_autograd.w5(W5.inputs, W5.wrt),
            "torch": torch_eager.w5(W5.inputs, W5.wrt),
        },
        W7: {
            "ours": ours.warm(W7),
            "CasADi": casadi_sparse.w7(W7.inputs, W7.wrt, CELLS),
            "JAX, compiled": jax_compiled.w7(W7.inputs, W7.wrt, CELLS),
            "HIPS autograd": hips_autograd.w7(W7.inputs, W7.wrt, CELLS),
            "torch": torch_eager.w7(W7.inputs, W7.wrt, CELLS),
        },
        **{work: matrices(work) for work in (W6_JACOBIAN, W6_HESSIAN)},
    }


def matrices(work: Workload) -> Contestants:
    """Who computes a Jacobian or a Hessian, which is told by its name."""
    (name,) = work.wrt
    return {
        "ours": ours.matrix(work, compressed=False),
        "ours, a tangent a colour": ours.matrix(work, compressed=True),
        "ours, by the rules": ours.matrix_by_rules(work),
        "CasADi": getattr(casadi_sparse, name)(work.inputs),
        "JAX, compiled": getattr(jax_compiled, name)(work.inputs),
        "HIPS autograd": getattr(hips_autograd, name)(work.inputs),
        "torch": getattr(torch_eager, name)(work.inputs),
    }


TARGETS = {
    (W1, "ours"): 4e-6,
    (W1, "ours, request to answer"): 150e-6,
    (W2, "ours"): 400e-9,
    (W5, "ours"): 90e-6,
    (W6_JACOBIAN, "ours"): 20e-6,
    (W6_HESSIAN, "ours"): 60e-6,
}
"""Seconds per call, or per node where the workload counts nodes."""


def check(work: Workload, contestants: Contestants) -> None:
    """Stop unless every contestant's gradients are torch's, to 1e-10 of the largest."""
    truth = contestants["torch"]()
    for name, run in contestants.items():
        result = run()
        gradients = json.loads(result)["gradients"] if isinstance(result, bytes) else result
        for wrt in work.wrt:
            expected, got = np.asarray(truth[wrt]), np.asarray(gradients[wrt])
            error = np.max(np.abs(got - expected)) / max(1e-300, np.max(np.abs(expected)))
            if not error <= 1e-10:
                raise SystemExit(f"{work.title}: {name} differs from torch in {wrt} by {error:.1e}")


def table(work: Workload, times: dict[str, Times]) -> list[dict[str, Any]]:
    """One row a contestant; ratios are to ours, above 1 where ours is faster."""
    best = times["ours"]
    return [
        {
            "workload": work.title,
            "contestant": name,
            "minimum": t.minimum / work.unit,
            "median": t.median / work.unit,
            "per": "node" if work.unit > 1 else "call",
            "ratio": t.median / best.median,
            "ratio_of_minima": t.minimum / best.minimum,
            "target": TARGETS.get((work, name)),
        }
        for name, t in times.items()
    ]


def duration(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def show(rows: list[dict[str, Any]]) -> None:
    print(f"\n{rows[0]['workload']} (a {rows[0]['per']})")
    for row in rows:
        times = f"{duration(row['median']):>10} median{duration(row['minimum']):>10} min"
        print(f"  {row['contestant']:32}{times}   {row['ratio']:8.2f} x ours{verdict(row)}")


def verdict(row: dict[str, Any]) -> str:
    if row["target"] is None:
        return ""
    return f"   target {duration(row['target'])}: {'met' if row['minimum'] <= row['target'] else 'MISSED'}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path, default=Path(".cache/benchmarks.json"))
    parser.add_argument("--plot", type=Path, default=Path(".cache/growth.svg"))
    parser.add_argument("--only", choices=("graphs", "growth", "serving"))
    given = parser.parse_args()
    report: dict[str, Any] = {"date": dt.datetime.now(dt.UTC).date().isoformat(), "machine": machine()}
    if given.only in (None, "graphs"):
        report["graphs"] = []
        for work, contestants in graphs().items():
            check(work, contestants)
            rows = table(work, interleaved(contestants, given.rounds, slice_seconds=0.2))
            show(rows)
            report["graphs"] += rows
    if given.only in (None, "growth"):
        report["growth"] = growth.per_node(given.rounds)
        show_growth(report["growth"])
        given.plot.parent.mkdir(parents=True, exist_ok=True)
        growth.plot(report["growth"], given.plot)
    if given.only in (None, "serving"):
        report["serving"] = serving.requests_per_second(given.rounds)
        show_serving(report["serving"])
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def show_growth(measured: dict[str, dict[int, float]]) -> None:
    print("\ntime per node")
    for kind, row in measured.items():
        numbers = "".join(f"{size:>9,}: {duration(seconds):<8}" for size, seconds in row.items())
        print(f"  {kind:26}{numbers} largest / smallest {max(row.values()) / min(row.values()):.2f}")


def show_serving(measured: dict[str, dict[str, Any]]) -> None:
    print(f"\nrequests per second, {serving.CONNECTIONS} connections (target: ours 4,500, and twice the torch handler)")
    for name, row in measured.items():
        refused = f"   {row['refused']} refused" if row["refused"] else ""
        print(f"  {name:32}{row['median']:>9,.0f} median{row['best']:>9,.0f} best   p99 {duration(row['p99'])}{refused}")


if __name__ == "__main__":
    main()
