"""The cuts of an answer in mode both, as plain data."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.labs.cuts import Cut, cuts, spread
from app.lang.program import Run
from app.wire.cost import size
from app.wire.numbers import plain
from app.wire.swept import Swept

LONGEST = 2_000
"""Nodes of a tape whose cuts are shown: every cut may have as many terms."""

MOST_TERMS = 20_000
"""Terms of all cuts together; beyond, a cut has its sum alone."""

LARGEST = 64
"""Elements of an adjoint that is written out within a term."""

STEADY = 1e-9
"""How far apart the sums may be, in parts of the largest term, to count as the same."""


def shown_cuts(run: Run, swept: Swept) -> dict[str, Any] | None:
    """A cut behind the inputs and behind every operation; None where one of the sweeps was not asked for, and for long tapes."""
    if swept.tangents is None or swept.cotangents is None or len(run.tape) > LONGEST:
        return None
    last_input = len(run.inputs) - 1
    places = [last_input] * (last_input >= 0) + [node for node, rule in enumerate(run.tape.rules) if rule is not None]
    seeds = [(node, bar) for (_, node), bar in zip(run.outputs, swept.cotangents, strict=True) if bar is not None and run.tape.live[node]]
    with np.errstate(all="ignore"):
        found = cuts(places, seeds, swept.tangents, swept.played)
    terms = sum(len(cut.terms) for cut in found)
    largest = max((abs(term.product) for cut in found for term in cut.terms), default=0.0)
    apart = spread(found)
    return {
        "spread": plain(apart),
        "steady": bool(apart <= STEADY * max(largest, 1e-300)),
        "places": [_shown(run, cut, with_terms=terms <= MOST_TERMS) for cut in found],
    }


def _shown(run: Run, cut: Cut, *, with_terms: bool) -> dict[str, Any]:
    """One cut."""
    values = run.tape.values
    terms = [
        {"node": t.node, "adjoint": plain(t.adjoint) if size(values[t.node]) <= LARGEST else None, "product": plain(t.product)}
        for t in cut.terms
    ]
    return {"after": cut.after, "sum": plain(cut.total), "terms": terms if with_terms else None}
