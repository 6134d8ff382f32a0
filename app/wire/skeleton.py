"""What an answer says of the structure of a run, kept for the next run of the same structure.

A slider, a grader and a class ask the same program again and again: only its numbers change.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.lang.program import Run
from app.wire.cost import Cost, cost
from app.wire.nodes import Bone, View, bones, groups

LARGEST = 2_000
"""Longer tapes are not kept: their structure is rarely asked for twice."""

KEPT = 256


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Everything of an answer but the numbers."""

    bones: list[Bone]
    groups: list[dict[str, Any]]
    cost: Cost


class Skeletons:
    """The most recent structures."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, Skeleton] = OrderedDict()

    def of(self, run: Run, view: View) -> Skeleton:
        """The skeleton of a run; runs that a plan replays keep it themselves."""
        if run.kept is not None:
            if view not in run.kept:
                run.kept[view] = self._looked_up(run, view)
            return run.kept[view]  # type: ignore[no-any-return]  # the room is for anything
        return self._looked_up(run, view)

    def _looked_up(self, run: Run, view: View) -> Skeleton:
        """The skeleton of a run of the same structure, or a new one."""
        key = _structure(run, view) if len(run.tape) <= LARGEST else None
        found = self._kept.get(key) if key is not None else None
        if found is None:
            found = Skeleton(bones(run, view), groups(run), cost(run))
            if key is not None:
                self._kept[key] = found
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return found


def _structure(run: Run, view: View) -> Any:
    """All that the skeleton depends on, as a key; None where that would be long."""
    tape = run.tape
    signs = []
    for node, value in enumerate(tape.values):
        constant = tape.rules[node] is None and node >= len(run.inputs)
        if isinstance(value, np.ndarray):
            if constant and value.size > LARGEST:
                return None
            signs.append((value.shape, value.dtype.char, value.tobytes() if constant else b""))
        else:
            signs.append((type(value), repr(value)) if constant else type(value))  # type: ignore[arg-type]  # signs are of many kinds
    attributes = _attributes(run)
    if attributes is None:
        return None
    return (
        run.checked.source,
        view,
        tuple(run.inputs),
        tuple(tape.rules),
        tuple(tape.inputs),
        tuple(tape.live),
        tuple(run.sites),
        tuple(run.bound),
        tuple(run.local),
        tuple([tuple(group) for group in run.groups]),
        tuple(signs),
        attributes,
    )


def _attributes(run: Run) -> Any:
    """The attributes as part of a key; None where arrays are among them, whose text is abridged."""
    found = run.tape.attributes
    if not found:
        return ()
    if any(_holds_array(value) for given in found.values() for value in given.values()):
        return None
    return repr(found)


def _holds_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) or (isinstance(value, tuple) and any(map(_holds_array, value)))
