"""Whole programs: the definitions, the inputs of this run, and what is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.derive.code import numpy_words, torch_words
from app.derive.code.convolutions import functions
from app.derive.code.straight import Line, Straight, forward_lines, reverse_lines, straight
from app.derive.code.text import Dialect, Words
from app.lang.program import Run
from app.ops.op import Value

REMARK = "Made by Wengert from one run: loops are unrolled, branches and the places of largest entries are those of this run."
JAX_WORDS: dict[str, Words] = {"detach": lambda d, value, given: f"jax.lax.stop_gradient({given[0]})"}
SCATTERED = {
    "np": ["def scattered(x, shape, index):", "    z = np.zeros(shape)", "    np.add.at(z, index, x)", "    return z"],
    "jnp": ["def scattered(x, shape, index):", "    return jnp.zeros(shape).at[index].add(x)"],
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: the run, its names, and the seeds: cotangents of the outputs, tangents of the inputs; either may be None."""

    run: Run
    versions: Mapping[int, tuple[str, int]]
    cotangents: Sequence[Value | None] | None
    directions: Mapping[str, Value] | None


def numpy_program(wanted: Wanted) -> str:
    """NumPy: the primal, the reverse sweep and the forward sweep, line by line."""
    program, d = straight(wanted.run, wanted.versions), Dialect("np", numpy_words.WORDS)
    body = _program(program, d)
    calls = ["program"]
    if wanted.cotangents is not None:
        body += ["", "", *_gradient(program, d, wanted.cotangents)]
        calls.append("gradient")
    if wanted.directions is not None:
        body += ["", "", *_tangents(program, d, wanted.directions)]
        calls.append("tangents")
    head = [*_standard(d), "import numpy as np", *(["from scipy import special"] if "special" in d.used else [])]
    inputs = [f"    {name} = {_numpy_input(d, value)}" for name, value in _given(program)]
    return _text("NumPy", head, [*_prelude(d), *body], ['    np.seterr(all="ignore")', *inputs, *_called(program, calls)])


def jax_program(wanted: Wanted) -> str:
    """JAX: the primal; its gradient and tangents by JAX's own transformations."""
    program, d = straight(wanted.run, wanted.versions), Dialect("jnp", numpy_words.WORDS | JAX_WORDS, closed="jax.lax.stop_gradient({})")
    body = _program(program, d)
    head = [*_standard(d), "import jax", "import jax.numpy as jnp", *(["from jax.scipy import special"] if "special" in d.used else [])]
    head += ["", 'jax.config.update("jax_enable_x64", True)']
    inputs = [f"    {name} = {_jax_input(d, value)}" for name, value in _given(program)]
    calls = [f"    print({_call(program)})"] if wanted.cotangents is None else []
    if wanted.cotangents is not None:
        calls += _jax_gradient(program, d, wanted.cotangents)
    if wanted.directions is not None:
        calls += _jax_tangents(program, d, wanted.directions)
    return _text("JAX", head, [*_prelude(d), *body], [*inputs, *calls])


def torch_program(wanted: Wanted) -> str:
    """PyTorch: the primal; its gradient by backward(), its tangents by torch.func.jvp."""
    program, d = (
        straight(wanted.run, wanted.versions),
        Dialect("torch", torch_words.WORDS, wraps=True, expands=False, closed="({}).detach()"),
    )
    body = _program(program, d)
    live = wanted.run.tape.live
    nodes = list(wanted.run.inputs.values())
    inputs = []
    for (name, value), node in zip(_given(program), nodes, strict=True):
        grad = ", requires_grad=True" if live[node] and wanted.cotangents is not None else ""
        inputs.append(f"    {name} = {_torch_input(d, value, grad)}")
    calls = []
    if wanted.cotangents is not None:
        calls += _torch_gradient(program, d, wanted.cotangents)
    else:
        calls.append(f"    print({_call(program)})")
    if wanted.directions is not None:
        calls += _torch_tangents(program, d, wanted.directions)
    head = ["import torch", "", "torch.set_default_dtype(torch.float64)"]
    return _text("PyTorch", head, body, [*inputs, *calls])


def _text(library: str, head: list[str], body: list[str], main: list[str]) -> str:
    """A file of Python."""
    title = f'"""A program and its derivatives in {library}.\n\n{REMARK}\n"""'
    return "\n".join([title, "", *head, "", "", *body, "", "", 'if __name__ == "__main__":', *main, ""])


def _standard(d: Dialect) -> list[str]:
    return ["import itertools", ""] if "itertools" in d.used else []


def _prelude(d: Dialect) -> list[str]:
    return [*([*SCATTERED[d.module], "", ""] if "scattered" in d.used else []), *functions(d)]


def _given(program: Straight) -> list[tuple[str, Value]]:
    """The inputs' names in the program, with their values."""
    return [(name, program.run.tape.values[node]) for name, node in zip(program.inputs, program.run.inputs.values(), strict=True)]


def _call(program: Straight, function: str = "program") -> str:
    return f"{function}({', '.join(program.inputs)})"


def _called(program: Straight, functions: list[str]) -> list[str]:
    return [f"    print({_call(program, function)})" for function in functions]


def _outputs(names: Sequence[str | None]) -> str:
    return ", ".join(str(name) for name in names)


def _program(program: Straight, d: Dialect) -> list[str]:
    """The definition of the primal."""
    return [f"def program({', '.join(program.inputs)}):", *_written(program.lines, d), f"    return {_outputs(program.outputs)}"]


def _written(lines: Sequence[Line], d: Dialect) -> list[str]:
    return [f"    {line.name} = {line.name + ' + ' if line.adds else ''}{_coded(line, d)}" for line in lines]


def _coded(line: Line, d: Dialect) -> str:
    """The right-hand side of a line."""
    if line.closed:
        return d.closed.format(d.code(line.value))
    return d.text(line.value)[0] if not line.adds else d.part(line.value)


def _gradient(program: Straight, d: Dialect, cotangents: Sequence[Value | None]) -> list[str]:
    """The definition of the reverse sweep, the forward sweep before it."""
    lines, names = reverse_lines(program, cotangents)
    found = ", ".join(f"{name!r}: {bar}" for name, bar in names.items())
    return [
        f"def gradient({', '.join(program.inputs)}):",
        *_written(program.lines, d),
        "    # the reverse sweep",
        *_written(lines, d),
        f"    return {{{found}}}",
    ]


def _tangents(program: Straight, d: Dialect, directions: Mapping[str, Value]) -> list[str]:
    """The definition of the forward sweep with tangents; the seed stands first."""
    lines, names = forward_lines(program, directions)
    nodes = program.run.inputs
    seeds = [f"    {program.symbols[nodes[name]].name}_dot = {d.code(value)}" for name, value in directions.items()]
    return [f"def tangents({', '.join(program.inputs)}):", *seeds, *_written(lines, d), f"    return {_outputs(names)}"]


# ------------------------------------------------------------ inputs and calls, library by library


def _numpy_input(d: Dialect, value: Value) -> str:
    return f"np.float64({d.code(value)})" if isinstance(value, float) else d.code(value)


def _jax_input(d: Dialect, value: Value) -> str:
    return d.code(value) if isinstance(value, np.ndarray) else f"jnp.array({d.code(value)})"


def _torch_input(d: Dialect, value: Value, grad: str) -> str:
    if isinstance(value, np.ndarray):
        return d.code(value)[:-1] + grad + ")"
    return f"torch.tensor({d.code(value)}{grad})"


def _live(program: Straight) -> list[tuple[int, str, str]]:
    """The inputs that are differentiated: place, name of the program, name in the code."""
    live = program.run.tape.live
    named = zip(program.run.inputs.items(), program.inputs, strict=True)
    return [(place, name, code) for place, ((name, node), code) in enumerate(named) if live[node]]


def _seeded(program: Straight, cotangents: Sequence[Value | None]) -> list[Value]:
    """A cotangent for every output; zeros where none flows."""
    values = [program.run.tape.values[node] for _, node in program.run.outputs]
    return [0.0 * np.ones(np.shape(v)) if c is None else c for v, c in zip(values, cotangents, strict=True)]


def _tuple(parts: Sequence[str]) -> str:
    return "(" + ", ".join(parts) + ("," if len(parts) == 1 else "") + ")"


def _jax_gradient(program: Straight, d: Dialect, cotangents: Sequence[Value | None]) -> list[str]:
    seeds = [_jax_input(d, c if np.ndim(c) else float(c)) for c in _seeded(program, cotangents)]
    wrt = [f"({name!r}, bars[{place}])" for place, name, _ in _live(program)]
    pulled = seeds[0] if len(seeds) == 1 else _tuple(seeds)
    return [
        f"    outputs, pull = jax.vjp(program, {', '.join(program.inputs)})",
        "    print(outputs)",
        f"    bars = pull({pulled})",
        f"    print(dict([{', '.join(wrt)}]))",
    ]


def _jax_tangents(program: Straight, d: Dialect, directions: Mapping[str, Value]) -> list[str]:
    values = dict(_given(program))
    dots = []
    for (name, _), code in zip(program.run.inputs.items(), program.inputs, strict=True):
        dot = directions.get(name)
        dots.append(
            _jax_input(d, 0.0 * np.ones(np.shape(values[code])) if dot is None and np.ndim(values[code]) else 0.0 if dot is None else dot)
        )
    return [f"    print(jax.jvp(program, {_tuple(program.inputs)}, {_tuple(dots)})[1])"]


def _torch_gradient(program: Straight, d: Dialect, cotangents: Sequence[Value | None]) -> list[str]:
    seeds = [_torch_input(d, c if np.ndim(c) else float(c), "") for c in _seeded(program, cotangents)]
    outputs = "outputs" if len(seeds) > 1 else "output"
    wrt = ", ".join(f"{name!r}: {code}.grad" for _, name, code in _live(program))
    pairs = [f"    torch.autograd.backward({outputs if len(seeds) > 1 else '[output]'}, [{', '.join(seeds)}])"]
    return [f"    {outputs} = {_call(program)}", f"    print({outputs})", *pairs, f"    print({{{wrt}}})"]


def _torch_tangents(program: Straight, d: Dialect, directions: Mapping[str, Value]) -> list[str]:
    values = dict(_given(program))
    dots = []
    for (name, _), code in zip(program.run.inputs.items(), program.inputs, strict=True):
        dot = directions.get(name)
        zero = 0.0 * np.ones(np.shape(values[code])) if np.ndim(values[code]) else 0.0
        dots.append(_torch_input(d, zero if dot is None else dot, ""))
    return [f"    print(torch.func.jvp(program, {_tuple(program.inputs)}, {_tuple(dots)})[1])"]
