"""Seeds: tangents given at inputs, cotangents given at outputs; checked, and in the shape of the value they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.core.diagnostic import problem
from app.lang.program import Run
from app.ops.op import Value, shape_of


def output_names(run: Run) -> list[str]:
    """What the outputs are called: by name; an unnamed one is ``out``, or ``out0``, ``out1``, … in a tuple."""
    alone = len(run.outputs) == 1
    return [name or ("out" if alone else f"out{place}") for place, (name, _) in enumerate(run.outputs)]


def reverse_seeds(run: Run, seed: Any) -> list[Value | None]:
    """A cotangent per output, None where none is sent in.

    Without a seed, one output of one element gets 1; anything else is ``seed.required``, as torch has it.
    """
    values = [run.tape.values[node] for _, node in run.outputs]
    if seed is None:
        return [_one(run, values)]
    names = output_names(run)
    if not isinstance(seed, Mapping):
        if len(values) > 1:
            raise problem("seed.required", f"There are {len(values)} outputs: give a cotangent for each by name.", None, _known(names))
        return [shaped(seed, values[0], names[0])]
    _refuse_unknown(seed, names, "output")
    return [shaped(seed[name], value, name) if name in seed else None for name, value in zip(names, values, strict=True)]


def _one(run: Run, values: Sequence[Value]) -> Value:
    """The seed 1 of a single output of one element."""
    if len(values) != 1 or (isinstance(values[0], np.ndarray) and values[0].size != 1):
        what = f"There are {len(values)} outputs" if len(values) != 1 else f"The output has shape {list(shape_of(values[0]))}"
        names = output_names(run)
        ones = {name: np.ones(shape_of(value)).tolist() for name, value in zip(names, values, strict=True) if np.size(value) <= 64}
        raise problem(
            "seed.required", f"{what}: an adjoint can start from one number only, so a seed is needed.", None,
            "Give a cotangent in the shape of the output.", outputs=names, ones=ones,
        )  # fmt: skip
    return np.ones(values[0].shape) if isinstance(values[0], np.ndarray) else 1.0


def forward_seeds(run: Run, seed: Any, wrt: Sequence[str] | None) -> dict[str, Value]:
    """A tangent for every float input; those left out get 0.

    Without a seed, the first of ``wrt`` gets 1; it must be a scalar, otherwise ``seed.required``.
    """
    floats = {name: run.tape.values[node] for name, node in run.inputs.items() if _is_float(run.tape.values[node])}
    if seed is None:
        seed = _first(floats, wrt)
    if not isinstance(seed, Mapping):
        if len(floats) != 1:
            raise problem("seed.required", f"There are {len(floats)} inputs: give a tangent for each by name.", None, _known(floats))
        seed = dict.fromkeys(floats, seed)
    _refuse_unknown(seed, list(floats), "input")
    return {name: shaped(seed[name], value, name) if name in seed else _zeros(value) for name, value in floats.items()}


def _first(floats: Mapping[str, Value], wrt: Sequence[str] | None) -> dict[str, Value]:
    """The default direction: along the first input to differentiate."""
    name = next((n for n in (wrt if wrt is not None else floats) if n in floats), None)
    if name is None:
        return {}
    if shape_of(floats[name]):
        message = f"{name} has shape {list(shape_of(floats[name]))}: forward mode needs a direction."
        raise problem("seed.required", message, None, f"Give a tangent in the shape of {name}.", inputs=list(floats))
    return {name: 1.0}


def shaped(seed: Any, value: Value, name: str, what: str = "seed") -> Value:
    """A seed in the shape of its value; one number stands for all entries."""
    want, have = shape_of(value), shape_of(seed)
    if have == want:
        return float(seed) if not have else np.asarray(seed, dtype=np.float64)
    if np.size(seed) == 1:
        return np.full(want, float(np.reshape(seed, ()))) if want else float(np.reshape(seed, ()))
    hint = f"Give a {what} with the shape of the value, or one number for all its entries."
    raise problem("seed.shape", f"The {what} of {name} has shape {list(have)}, its value has {list(want)}.", None, hint)


def _is_float(value: Value) -> bool:
    return type(value) is float or (isinstance(value, np.ndarray) and value.dtype == np.float64)


def _zeros(value: Value) -> Value:
    return np.zeros(value.shape) if isinstance(value, np.ndarray) else 0.0


def _refuse_unknown(seed: Mapping[str, Any], names: Sequence[str], what: str) -> None:
    for name in seed:
        if name not in names:
            raise problem("seed.unknown", f"The seed names {name}, which is no {what} of this program.", None, _known(names))


def _known(names: Any) -> str:
    return "They are " + ", ".join(list(names)[:12]) + "."
