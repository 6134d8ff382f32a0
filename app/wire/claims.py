"""What we claim about each node, for the oracle to compare with its own evaluation."""

from __future__ import annotations

from app.engine.tape import NO_ATTRIBUTES, Value
from app.lang.program import Run
from app.ops.op import Op
from app.oracle.verify import Claim, Work


def claims(run: Run, adjoints: list[Value | None] | None, tangents: list[Value | None] | None) -> list[Claim]:
    """One claim a node. A constant names the operation that uses it first, and the slot."""
    consumers: dict[int, tuple[int, int]] = {}
    for node, inputs in enumerate(run.tape.inputs):
        for slot, source in enumerate(inputs):
            consumers.setdefault(source, (node, slot))
    called = {node: name for name, node in (*run.names.items(), *run.inputs.items())}
    count, derived = len(run.inputs), _within_derivatives(run)
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
            _work(run, node, *derived[node]) if node in derived else None,
        )
        for node, rule in enumerate(run.tape.rules)
    ]


def _within_derivatives(run: Run) -> dict[int, tuple[int, int]]:
    """The nodes that derivatives inside the program have recorded, with the first of their part and the home of their function."""
    found: dict[int, tuple[int, int]] = {}
    for derived in reversed(run.derived):  # those around come after those inside
        first, last = run.groups[derived.group][4:6]
        if first not in found:
            found |= dict.fromkeys(range(first, last + 1), (first, derived.home))
    return found


def _work(run: Run, node: int, part: int, stretch: int) -> Work:
    """What the operation of a node is, in the language's words."""
    tape = run.tape
    rule = tape.rules[node]
    if not isinstance(rule, Op):
        return Work("constant", (), NO_ATTRIBUTES, part, stretch)
    defaults = {parameter.name: parameter.default for parameter in rule.parameters}
    attributes = dict(tape.attributes.get(node, NO_ATTRIBUTES))
    result = attributes.pop("result", None)
    given = {name: value for name, value in attributes.items() if value is not defaults[name] and value != defaults[name]}
    return Work(rule.name, tape.inputs[node], given, part, stretch, tape.results.get(node, ()), result)
