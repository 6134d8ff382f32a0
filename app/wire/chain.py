"""The Jacobian as a product: its factors, the orders they can be multiplied in, and whether the product is the Jacobian."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.limits import Limits
from app.engine.layout import Layout
from app.labs.chain import Factor, estimate, factors, path, product, product_work, states
from app.labs.jacobian import Frame, largest_difference
from app.labs.orders import Order, orders
from app.lang.program import Run
from app.wire.differentiated import over
from app.wire.labels import labels
from app.wire.numbers import plain

COUNTED = "Multiplications are counted by structure. What only passes a value on, the ones of an identity, is copied and not counted."
LESS = "Ask without chain, or for a smaller program."
CLOSE = 1e-9
"""The product is the Jacobian if no entry is farther off than this times the largest."""


def chained(run: Run, within: Frame, matrix: np.ndarray, limits: Limits) -> dict[str, Any]:
    """The fields ``chain``, ``orders`` and ``product``; raises ProgramError before the work where it is too much."""
    nodes = path(within)
    if len(nodes) > limits.chain_operations:
        said = f"The chain would have {len(nodes):,} factors, one an operation; the limit here is"
        over("budget.nodes", said, "chain_operations", len(nodes), limits, LESS)
    held = states(within, nodes)
    entries, work = estimate(within, nodes, held)
    _check("budget.elements", f"The chain could have {entries:,} entries; the limit here is", "chain_entries", entries, limits)
    _check("budget.work", f"The chain takes {work:,} element operations; the limit here is", "work", work, limits)
    chain = factors(within, nodes, held)
    work = product_work(chain, within.columns.size)
    _check("budget.work", f"The product of the chain takes {work:,} element operations; the limit here is", "work", work, limits)
    names = labels(run).text
    apart = largest_difference(product(chain, within.columns.size), matrix)
    finite = np.abs(matrix[np.isfinite(matrix)])
    return {
        "chain": [_factor(factor, run, names) for factor in chain],
        "orders": {name: _order(order) for name, order in orders(chain).items()} | {"note": COUNTED},
        "product": {"largest_difference": plain(apart), "agrees": bool(apart <= CLOSE * max(1.0, float(finite.max(initial=0.0))))},
    }


def _check(code: str, said: str, limit: str, asked: int, limits: Limits) -> None:
    if asked > getattr(limits, limit):
        over(code, said, limit, asked, limits, LESS)


def _factor(factor: Factor, run: Run, names: list[str]) -> dict[str, Any]:
    """One elementary Jacobian; ``kept`` are its ones that only pass values on."""
    shape = [factor.rows.size, factor.columns.size]
    rule: Any = None if factor.node is None else run.tape.rules[factor.node]
    triplets = zip(factor.rows_at.tolist(), factor.columns_at.tolist(), plain(factor.values), strict=True)
    return {
        "node": factor.node,
        "label": None if factor.node is None else names[factor.node],
        "op": None if rule is None else rule.name,
        "rows": _state(factor.rows, names),
        "columns": _state(factor.columns, names),
        "shape": shape,
        "kept": np.stack(factor.kept, axis=1).tolist(),
        "entries": [list(triplet) for triplet in triplets],
        "nonzeros": factor.entries,
        "density": factor.entries / max(1, shape[0] * shape[1]),
    }


def _state(state: Layout, names: list[str]) -> list[dict[str, Any]]:
    """Which node's elements stand where."""
    stretches = zip(state.nodes, state.slices(), state.shapes, strict=True)
    return [
        {"node": node, "label": names[node], "start": place.start, "size": place.stop - place.start, "shape": list(shape)}
        for node, place, shape in stretches
    ]


def _order(order: Order | None) -> dict[str, Any] | None:
    return None if order is None else {"multiplications": order.multiplications, "brackets": order.text}
