"""The budgets of one program, in units that are the same on every machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use; each excess has its own error code (docs/errors.md)."""

    source_bytes: int = 16 * 1024
    syntax_nodes: int = 4_000
    nesting: int = 100
    name_length: int = 64
    nodes: int = 100_000
    elements: int = 1_000_000
    live_bytes: int = 512 * 1024 * 1024
    work: int = 200_000_000
    steps: int = 500_000
    call_depth: int = 64
    body_bytes: int = 1024 * 1024
    batch_bytes: int = 8 * 1024 * 1024
    json_depth: int = 64
    answer_bytes: int = 64 * 1024 * 1024
    summary_above: int = 64
    partial_entries: int = 64
    sweep_points: int = 40_000
    sweep_nodes: int = 4_000_000
    jacobian_visits: int = 400_000
    chain_operations: int = 1_000
    chain_entries: int = 100_000
    lagrange_unknowns: int = 60
