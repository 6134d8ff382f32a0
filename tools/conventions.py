"""Write docs/conventions.md: torch's choices that the operations note, where second derivatives differ, and what is not in the language."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.ops.table import OPS  # noqa: E402  the path to it is made above

PAGE = ROOT / "docs" / "conventions.md"

SECOND = {
    "elu (0.0,)": (1.0, 0.0, "the slope at 0 is taken from the left; the rule's second slope too, torch's from the right"),
    "selu (0.0,)": (1.7580993408473766, 0.0, "as elu"),
    "x**0 (0.0,)": ("nan", 0.0, "the exponent is an operand here: as in torch's pow of two tensors, 0 · ∞ is met on the way"),
    "logsigmoid (-1000.0,)": ("nan", 0.0, "the side not taken overflows; torch has a second rule for the second derivative"),
}
"""Program and point: our second derivative, torch's, and the reason."""

LACKING = {
    "heaviside": "torch has no derivative of it",
    "hardsigmoid": "torch's slope is 1/6 rounded to single precision",
    "xlog1py": "xlogy is there",
    "cosine_similarity": "write it with sum and norm",
    "normalize": "divide by the norm",
    "cdist": "write it with broadcasting",
    "layer_norm": "write it with mean and var",
    "lstsq": "pinv is there",
    "eigvals": "eigenvalues of general matrices are complex; eigvalsh is there",
    "svdvals": "svd is there",
    "angle": "there are no complex numbers",
    "nuclear and spectral norms of matrices": "sums and maxima of singular values",
    "changes in place": "every assignment makes a new version of a name",
    "complex numbers": "all arithmetic is float64",
    "gradients of integers": "integers are floats as inputs, so that they have gradients",
}
"""What torch has a convention for and the language lacks, with what to do instead."""


TEMPLATE = """\
# Conventions

What happens at kinks, ties and singular points. Values and first derivatives are torch's, NaN and infinities included; the node carries
the sentence as a note. `python tools/conventions.py` writes this page, and a test compares it with the table of operations.

| operation | note |
| --- | --- |
{noted}

Torch has separate kernels for single numbers and for long arrays. Where those disagree (NaN in relu6, hardtanh, elu and selu; sinh and cosh
near overflow; remainders of quotients beyond 2⁵³) ours answer as the ones for single numbers.

## Second derivatives that differ from torch's

| program and point | ours | torch's | why |
| --- | --- | --- | --- |
{second}

## Not in the language

| what | why, or what instead |
| --- | --- |
{lacking}
"""


def page() -> str:
    """The text of the page."""
    noted = [f"| `{op.name}` | {c.sentence} |" for op in OPS.values() for c in op.conventions]
    second = [f"| `{place}` | {ours} | {theirs} | {why} |" for place, (ours, theirs, why) in SECOND.items()]
    lacking = [f"| {what} | {why} |" for what, why in LACKING.items()]
    return TEMPLATE.format(noted="\n".join(noted), second="\n".join(second), lacking="\n".join(lacking))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
