"""What the tests of elementwise rules share: torch's counterpart of every operation, sample points, and ways to compare."""

import itertools

import numpy as np
import torch
import torch.autograd.forward_ad as fad
import torch.nn.functional as F  # noqa: N812  everybody calls it F

from app.ops.elementwise import ELEMENTWISE
from app.ops.numeric import numeric as o  # noqa: F401  the namespace of numbers, for the tests

FLOATS = [op for op in ELEMENTWISE if op.differentiable]
DEFAULT = (-3.0, 3.0)

WRITTEN = {
    "floor_divide": lambda x, y: torch.div(x, y, rounding_mode="floor"),
    "cbrt": lambda x: torch.sign(x) * torch.abs(x) ** (1 / 3),
    "dropout": lambda x, mask, p=0.5: x * mask / (1 - p),
    "where": lambda c, x, y: torch.where(c != 0, x, y),
    "polygamma": lambda x, n: torch.polygamma(n, x),
    "entr": torch.special.entr,
    "clamp_tensor": torch.clamp,
}
"""Counterparts that are not torch.<name> or functional.<name>."""


def in_torch(op, attributes):
    """Torch's function of tensors for an operation with these attributes."""
    function = WRITTEN.get(op.name) or getattr(F if op.torch.startswith("torch.nn") else torch, op.name)
    return lambda *xs: function(*xs, **attributes)


def settings(op):
    """The attributes to try: the defaults, and the examples of the rule."""
    if op.name == "clamp":
        return list(op.examples)
    return list(op.examples) if op.name == "polygamma" else [{}, *op.examples]


CASES = [(op, attributes) for op in FLOATS for attributes in settings(op)]
IDS = ["-".join([op.name, *(f"{k}={v}" for k, v in attributes.items())]) for op, attributes in CASES]


def inside(op, *shapes, seed=0):
    """Random operands from the rule's sampling domain, one of each shape; a condition is 0 or 1."""
    rng = np.random.default_rng(seed)
    ranges = op.sampling or (DEFAULT,) * len(op.operands)
    xs = [rng.uniform(low, high, shape) for (low, high), shape in zip(ranges * len(op.operands), shapes, strict=False)]
    if op.name == "where":
        xs[0] = (xs[0] > 0).astype(float)
    if op.name == "clamp_tensor":
        xs[1], xs[2] = -np.abs(xs[1]) / 2, np.abs(xs[2]) / 2
    return xs


def reverse_in_torch(f, xs, slot, bar):
    """Torch's adjoint of one operand."""
    tensors = [torch.tensor(np.asarray(x)) for x in xs]
    tensors[slot].requires_grad_()
    return torch.autograd.grad(f(*tensors), tensors[slot], torch.tensor(np.asarray(bar)))[0].numpy()


def forward_in_torch(f, xs, slot, dot):
    """Torch's tangent of the result for a tangent of one operand; zeros where torch has none."""
    tensors = [torch.tensor(np.asarray(x)) for x in xs]
    with fad.dual_level():
        tensors[slot] = fad.make_dual(tensors[slot], torch.tensor(np.asarray(dot)))
        z = fad.unpack_dual(f(*tensors))
        return np.zeros_like(z.primal.numpy()) if z.tangent is None else z.tangent.numpy().copy()


def open_slots(op):
    """The slots that derivatives flow through."""
    return [s for s in range(len(op.operands)) if not op.blocks(s, [()] * len(op.operands), {})]


SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.0, -2.0, 3.0, -3.0, 6.0, 25.0, -25.0, 100.0, -100.0, 710.0, -710.0, 1e-160, 1e-8,
           1e200, -1e200, 1e308, float("inf"), float("-inf"), float("nan")]  # fmt: skip
SEEDS = [1.0, 0.0, -2.5, float("inf"), float("nan")]


def special(op):
    """Every combination of special points with every seed, as columns: operands, then the seed."""
    points = SPECIAL if len(op.operands) < 3 else SPECIAL[::3]
    columns = np.array(list(itertools.product(*[points] * len(op.operands), SEEDS))).T
    return list(columns[:, [not _left_out(op.name, *point) for point in columns[:-1].T]])


def _left_out(name, x, y=0.0, *_):
    """The few points where torch's own kernels disagree, or give up: multiples beyond 2**53, the root of -inf, a polygamma at inf."""
    if name in ("remainder", "fmod"):
        return np.isfinite(x) and abs(x) > 2**53 * abs(y) > 0
    return (name == "pow" and x == -np.inf and y == 0.5) or (name == "polygamma" and x == np.inf)


UNSTEADY = frozenset({"sinh", "cosh", "relu6", "hardtanh", "elu", "selu"})
"""Operations whose torch kernels for long arrays and for single numbers disagree at overflow or NaN: ours are those for numbers."""


def one_by_one(f):
    """Torch's function on arrays, evaluated a number at a time."""
    return lambda *columns: np.array([np.asarray(f(*row)).item() for row in zip(*columns, strict=True)])


def assert_same(ours, theirs, rtol=1e-13, atol=1e-300, said=""):
    """Equal up to rounding, with the same NaNs, infinities and signs of zeros that torch has."""
    ours, theirs = np.broadcast_arrays(np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float))
    wrong = ~np.isclose(ours, theirs, rtol=rtol, atol=atol, equal_nan=True)
    assert not wrong.any(), f"{said}: {ours[wrong][:5]} instead of {theirs[wrong][:5]} at {np.flatnonzero(wrong)[:5]}"
