"""Convolutions in NumPy and JAX: neither has them by torch's rules, so the code brings functions that go over the kernel's offsets."""

from __future__ import annotations

import numpy as np

from app.core.diagnostic import OpError
from app.derive.code.symbol import Symbol, primal_of
from app.derive.code.text import TORCH, Dialect, Words, literal
from app.ops.arrays.windows import layout

PLACES = '''def places(sides, kernel, stride, dilation):
    """Each offset of the kernel, and where its windows meet an image of these sides."""
    counts = [(n - d * (k - 1) - 1) // s + 1 for n, k, s, d in zip(sides, kernel, stride, dilation)]
    for offset in itertools.product(*map(range, kernel)):
        yield offset, (..., *(slice(d * o, d * o + s * (n - 1) + 1, s) for o, s, d, n in zip(offset, stride, dilation, counts)))'''

FUNCTIONS = {
    "convolved": """def convolved(x, w, stride, padding, dilation, groups):
    x = {np}.pad(x, ((0, 0), (0, 0), *padding))
    met = list(places(x.shape[2:], w.shape[2:], stride, dilation))
    parts = zip({np}.split(x, groups, 1), {np}.split(w, groups, 0))
    return {np}.concatenate([sum({np}.einsum("nc...,oc->no...", u[where], v[(..., *at)]) for at, where in met) for u, v in parts], 1)""",
    "convolved_back": '''def convolved_back(y, w, size, stride, padding, dilation, groups):
    """The adjoint of the image: every entry of y, spread out by its kernel."""
    x = np.pad(np.zeros((y.shape[0], w.shape[1] * groups, *size)), ((0, 0), (0, 0), *padding))
    for u, v, into in zip(np.split(y, groups, 1), np.split(w, groups, 0), np.split(x, groups, 1)):
        for at, where in places(x.shape[2:], w.shape[2:], stride, dilation):
            into[where] += np.einsum("no...,oc->nc...", u, v[(..., *at)])
    return x[(..., *(slice(a, a + n) for (a, _), n in zip(padding, size)))]''',
    "kernel_back": '''def kernel_back(x, y, size, stride, padding, dilation, groups):
    """The adjoint of the kernels: for each of their entries, the sum over all places."""
    x = np.pad(x, ((0, 0), (0, 0), *padding))
    w = np.zeros((y.shape[1], x.shape[1] // groups, *size))
    summed = [0, *range(2, x.ndim)]
    for u, v, into in zip(np.split(x, groups, 1), np.split(y, groups, 1), np.split(w, groups, 0)):
        for at, where in places(x.shape[2:], size, stride, dilation):
            into[(..., *at)] = np.tensordot(v, u[where], [summed, summed])
    return w''',
}


def functions(d: Dialect) -> list[str]:
    """The definitions that the code needs, in its module's words."""
    texts = [FUNCTIONS[name] for name in FUNCTIONS if name in d.used]
    lines: list[str] = []
    for text in (PLACES, *texts) if texts else ():
        lines += [*text.replace("{np}", d.module).split("\n"), "", ""]
    return lines


def _word(name: str, rank: int, kernel: str, sized: bool) -> Words:
    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        if name != "convolved" and d.module != "np":
            raise OpError("export.operation", "This adjoint has no short form here.", TORCH)
        attributes, shapes = value.attributes, [np.shape(primal_of(x)) for x in value.operands]
        sides = tuple(attributes["size"]) if kernel == "size" else shapes[1][2:]
        lie = layout(sides, *(attributes.get(key, usual) for key, usual in (("stride", 1), ("padding", 0), ("dilation", 1))))
        d.used |= {name, "itertools"}
        single = len(shapes[0]) == rank + 1
        images = {"convolved": (0,), "convolved_back": (0,), "kernel_back": (0, 1)}[name]
        operands = [f"{text}[None]" if single and place in images else text for place, text in enumerate(given[:2])]
        size = [literal(tuple(attributes["size"]))] if sized else []
        padding = tuple(zip(lie.ahead, lie.behind, strict=True))
        how = [literal(lie.step), literal(padding), literal(lie.spread), str(int(attributes.get("groups", 1)))]
        text = f"{name}({', '.join([*operands, *size, *how])})"
        if single and name != "kernel_back":
            text += "[0]"
        return f"({text} + {given[2]}.reshape(-1{', 1' * rank}))" if len(given) > 2 else text

    return word


CONVOLUTIONS: dict[str, Words] = {
    word: made
    for rank in (1, 2)
    for word, made in (
        (f"conv{rank}d", _word("convolved", rank, "weight", False)),
        (f"conv{rank}d_input", _word("convolved_back", rank, "weight", True)),
        (f"conv{rank}d_weight", _word("kernel_back", rank, "size", True)),
    )
}
