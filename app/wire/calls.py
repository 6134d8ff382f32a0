"""The calls of the API that evaluate a program: named here once, for the gate, the workers and the description."""

from __future__ import annotations

from typing import Final

EVALUATIONS: Final[dict[str, str]] = {
    "trace": "Evaluate and differentiate a program, with every node and every step",
    "sweep": "A program over a range of one or two of its inputs: outputs, gradients, or chosen nodes",
    "frames": "The traces of a program over a range of one input: the first whole, the others by what differs",
    "paths": "Every path from an input to an output, its product of partials, and their sum",
    "compare": "Two programs at the same inputs: values, gradients, counts, rounding errors, and how far they are apart",
    "jacobian": "The Jacobian of a program by either mode, its sparsity, its colouring, and the product of elementary Jacobians",
    "hessian": "The Hessian of a program with one number as its output, and its product with a direction",
    "numerical": "A derivative by differences: forward, backward, central, Richardson and the complex step, and how far each is off",
    "autograd": "Code of PyTorch followed by our engine: what it prints, its graphs and gradients, beside what torch prints",
    "cost": "Operations of a program, of one sweep in each mode, and of its whole Jacobian either way",
    "memory": "What a reverse sweep holds and for how long, and the price of holding less: snapshots and recomputation",
    "dynamics": "The graph of this run: decisions, rounds, the adjoints from step to step, and another run beside it",
    "matrix-derivative": "The derivative of an expression of vectors and matrices in closed form, checked against the engine and torch",
    "lagrange": "Stationary points of an objective under constraints: points, multipliers, kinds, what a constraint is worth",
    "symbolic": "A derivative by rules on paper, one at a time; its size written out and shared, beside what AD needs",
    "dual": "A program on dual numbers, or on Taylor series cut off at a power of ε: every node with its coefficients and its expansion",
    "backpropagation": "The reverse sweep contribution by contribution, and what = for += or a wrong order make of it",
    "grade": "One sheet of hand-computed values: which are right, which follow from a slip, which is the slip, and why",
    "grade/batch": "Many sheets of one exercise, each with a status of its own",
    "exercises/test": "Every variant of an exercise: whether it can be drawn and worked out, and whether its own key earns everything",
    "validate": "How every value of a sheet is read; nothing is judged",
    "sheet": "An exercise as a student gets it: its graph with blanks, what is given, and every number that is asked, in working order",
    "export": "The trace of a program, its graph, or its code with derivatives, as text for other programs",
}
"""POST /api/v1/NAME, and what it does in a sentence. Its request is in ``requests``, its function in ``tasks``."""
