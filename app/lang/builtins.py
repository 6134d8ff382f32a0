"""The names that the language knows without a definition, and which of them a misspelt one was meant to be."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

CONSTANTS = frozenset({"pi", "e", "inf", "nan"})
FUNCTIONS = frozenset("range len int float bool enumerate zip print tensor array asarray as_tensor numel detach no_grad".split())
"""Functions that are no operations: they count, read, or leave the tape alone."""

DERIVATIVES = frozenset("grad jvp vjp jacobian jacrev jacfwd hessian".split())
"""Derivatives inside programs."""

DIALECTS = {"torch": "torch", "F": "torch.functional", "np": "numpy", "numpy": "numpy", "jnp": "numpy", "math": "math"}
"""The prefixes of names, and whose functions they mean."""
ROOMS = frozenset({"linalg", "func", "nn", "functional", "special", "fft", "numpy"})
"""Submodules: torch.linalg.inv is inv."""
DTYPES = frozenset("float64 float32 float16 double int64 int32 long bool float int".split())
READS = frozenset({"T", "mT", "shape", "ndim", "data", "requires_grad"})
METHODS = frozenset("size item detach dim numel double float cpu numpy contiguous requires_grad_".split())

TORCH_ONLY = {
    "backward": "Leave the line out: the reverse sweep begins at the output by itself.",
    "grad": "Leave it out: adjoints and gradients are shown beside the values.",
    "retain_grad": "Leave the line out: the adjoint of every node is kept.",
    "zero_": "Tensors do not change: assign a new value with =.",
    "append": "Lists do not grow: join tensors with cat or stack.",
    "copy": "Leave it out: tensors do not change.",
    "clone": "Leave it out: tensors do not change.",
    "to": "Leave it out: all numbers are float64.",
}
"""What programs of torch do with a tensor that has no place here, and what to do instead."""

MEANT = {
    "tg": "tan", "arctg": "atan", "sen": "sin", "lg": "log10", "sqr": "square", "sgn": "sign", "avg": "mean", "average": "mean",
    "inverse": "inv", "magnitude": "norm", "root": "sqrt", "logistic": "sigmoid", "length": "len", "ch": "cosh", "sh": "sinh", "th": "tanh",
}  # fmt: skip
"""What other languages and books call them."""

CLOSE = 0.6
"""How alike two names must be for one to be meant by the other."""


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Every function of the language, by every spelling."""
    from app.ops.creation import CREATIONS  # noqa: PLC0415  the tables are large, and not needed to check most programs
    from app.ops.table import SPELLINGS  # noqa: PLC0415  likewise

    return FUNCTIONS | DERIVATIVES | frozenset(SPELLINGS) | frozenset(CREATIONS)


@lru_cache(maxsize=1024)
def closest(name: str) -> str | None:
    """The function that a misspelt name is most like."""
    if name in MEANT:
        return MEANT[name]
    word = name.lower()

    def likeness(other: str) -> float:
        matcher = SequenceMatcher(None, word, other)
        if matcher.real_quick_ratio() < CLOSE or matcher.quick_ratio() < CLOSE:
            return 0.0
        return matcher.ratio() + 0.05 * (word[:1] == other[:1])

    best = max(sorted(known()), key=likeness)
    return best if likeness(best) >= CLOSE else None
