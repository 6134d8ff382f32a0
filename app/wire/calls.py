"""The calls of the API that evaluate a program: named here once, for the gate, the workers and the description."""

from __future__ import annotations

from typing import Final

EVALUATIONS: Final[dict[str, str]] = {
    "trace": "Evaluate and differentiate a program, with every node and every step",
    "sweep": "A program over a range of one or two of its inputs: outputs, gradients, or chosen nodes",
    "paths": "Every path from an input to an output, its product of partials, and their sum",
    "export": "The trace of a program, its graph, or its code with derivatives, as text for other programs",
}
"""POST /api/v1/NAME, and what it does in a sentence. Its request is in ``requests``, its function in ``tasks``."""
