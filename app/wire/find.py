"""Nodes by what people call them."""

from __future__ import annotations

from app.core.diagnostic import problem
from app.lang.program import Run
from app.wire.labels import labels


def known(run: Run) -> dict[str, int]:
    """Every way to name a node: its name (the last version), ``c'`` for other versions, ``v3``, ``#5``."""
    named = labels(run)
    found = {f"#{node}": node for node in range(len(run.tape))}
    found |= {"v" + v.removeprefix("v_{").removesuffix("}"): node for node, v in enumerate(named.v) if v is not None}
    found |= {text: node for node, text in enumerate(named.text) if "'" in text}
    return found | run.names


def node_of(run: Run, label: str, field: str) -> int:
    """The node that a field of a request names; raises ProgramError."""
    found = known(run).get(label)
    if found is None:
        raise problem("output.unknown", f"The program has no value called {label[:80]}.", field=field)
    return found
