"""What we claim about each node, for the oracle to compare with its own evaluation."""

from __future__ import annotations

from app.engine.tape import Value
from app.lang.program import Run
from app.oracle.verify import Claim


def claims(run: Run, adjoints: list[Value | None] | None, tangents: list[Value | None] | None) -> list[Claim]:
    """One claim a node. A constant names the operation that uses it first, and the slot."""
    consumers: dict[int, tuple[int, int]] = {}
    for node, inputs in enumerate(run.tape.inputs):
        for slot, source in enumerate(inputs):
            consumers.setdefault(source, (node, slot))
    called = {node: name for name, node in (*run.names.items(), *run.inputs.items())}
    count = len(run.inputs)
    return [
        Claim(
            node,
            "op" if rule is not None else "input" if node < count else "constant",
            called.get(node),
            run.sites[node],
            consumers.get(node) if rule is None and node >= count else None,
            run.tape.values[node],
            adjoints[node] if adjoints is not None else None,
            tangents[node] if tangents is not None else None,
        )
        for node, rule in enumerate(run.tape.rules)
    ]
