"""Array operations in torch: the same call, its value, its adjoints and its tangents."""

import numpy as np
import torch
import torch.autograd.forward_ad as fwad
from torch.nn import functional

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def tensor(value):
    """A primal, an index or a tuple of indices as torch has it."""
    if isinstance(value, tuple):
        return tuple(tensor(v) for v in value)
    return torch.tensor(value) if isinstance(value, np.ndarray) else value


def array(value):
    return np.asarray(value.detach()) if isinstance(value, torch.Tensor) else value


# ---------------------------------------------------------------- calls


def determinant(A):
    """By its first row: a polynomial, so that torch differentiates it at singular matrices too."""
    n = A.shape[-1]
    if n == 1:
        return A[..., 0, 0]
    return sum((-1) ** k * A[..., 0, k] * determinant(without(A, 0, k)) for k in range(n))


def without(A, row, column):
    rows = [i for i in range(A.shape[-1]) if i != row]
    columns = [j for j in range(A.shape[-1]) if j != column]
    return A[..., rows, :][..., :, columns]


def adjugate(A):
    n = A.shape[-1]
    cofactors = [(-1) ** (i + j) * determinant(without(A, i, j)) for j in range(n) for i in range(n)]
    return torch.stack(cofactors, -1).reshape(A.shape)


def adjugate_push(A, E):
    """Exact for matrices up to 3×3: the adjugate is then at most quadratic along a line."""
    return (adjugate(A + E) - adjugate(A - E)) / 2


def recurrence(a, b, dim):
    made = []
    for factor, term in zip(a.unbind(dim), b.unbind(dim), strict=True):
        made.append(term if not made else factor * made[-1] + term)
    return torch.stack(made, dim)


def put(x, shape, index):
    """Zeros with x added at an index."""
    places = torch.arange(int(np.prod(shape, dtype=int))).reshape(shape)[tensor(index)]
    return torch.zeros(int(np.prod(shape, dtype=int))).index_add(0, places.reshape(-1), x.reshape(-1)).reshape(shape)


def conv_input(rank):
    def call(y, weight, size, groups=1, **a):
        conv = {1: functional.conv1d, 2: functional.conv2d}[rank]
        x = torch.zeros((*y.shape[: -rank - 1], weight.shape[1] * groups, *size), requires_grad=True)
        return torch.autograd.grad(conv(x, weight, groups=groups, **a), x, y, create_graph=True)[0]

    return call


def conv_weight(rank):
    def call(x, y, size, groups=1, **a):
        conv = {1: functional.conv1d, 2: functional.conv2d}[rank]
        weight = torch.zeros((y.shape[-rank - 1], x.shape[-rank - 1] // groups, *size), requires_grad=True)
        return torch.autograd.grad(conv(x, weight, groups=groups, **a), weight, y, create_graph=True)[0]

    return call


def classes(function):
    """A loss whose target may be class indices."""

    def call(x, target, **a):
        return function(x, target.long() if target.dim() < x.dim() else target, **a)

    return call


CALLS = {
    "T": lambda x: x.T,
    "index": lambda x, index: x[tensor(index)],
    "index_put": put,
    "reshape": lambda x, shape: x.reshape(shape),
    "expand": lambda x, size: x.expand(size),
    "repeat": lambda x, repeats: x.repeat(repeats),
    "tile": lambda x, dims: x.tile(dims),
    "broadcast_to": torch.broadcast_to,
    "sum_to_size": lambda x, size: x.sum_to_size(size),
    "max_dim": torch.max,
    "min_dim": torch.min,
    "median_dim": torch.median,
    "cat": lambda *t, dim=0: torch.cat(t, dim),
    "stack": lambda *t, dim=0: torch.stack(t, dim),
    "hstack": lambda *t: torch.hstack(t),
    "vstack": lambda *t: torch.vstack(t),
    "einsum": lambda *t, formula: torch.einsum(formula, *t),
    "gather": lambda x, dim, index: torch.gather(x, dim, torch.as_tensor(index)),
    "svd": lambda A: torch.linalg.svd(A, full_matrices=False),
    "recurrence": recurrence,
    "adjugate": adjugate,
    "adjugate_push": adjugate_push,
    "conv1d_input": conv_input(1),
    "conv2d_input": conv_input(2),
    "conv1d_weight": conv_weight(1),
    "conv2d_weight": conv_weight(2),
    "nll_loss": classes(functional.nll_loss),
    "cross_entropy": classes(functional.cross_entropy),
    "det": torch.linalg.det,
    "matrix_norm": lambda A, p="fro", **a: torch.linalg.matrix_norm(A, p, **a),
}
POSITIONAL = {"broadcast_to"}


def call(op, inputs, attributes):
    """torch's value: a tensor, or a tuple of tensors."""
    function = CALLS.get(op.name) or resolve(op.torch)
    given = {k: tensor(v) if isinstance(v, np.ndarray) else v for k, v in attributes.items() if v is not None}
    made = function(*inputs, *given.values()) if op.name in POSITIONAL else function(*inputs, **given)
    return made if isinstance(made, torch.Tensor) else tuple(made)


def resolve(path):
    """The function that a dotted name stands for."""
    found = torch
    for part in path.split(".")[1:]:
        found = getattr(found, part)
    return found


def floats(inputs):
    """Tensors of the operands; those of real numbers can be differentiated."""
    tensors = [torch.as_tensor(x) for x in inputs]
    return [t.clone().requires_grad_() if t.dtype == torch.float64 else t for t in tensors]


def several(result):
    return result if isinstance(result, tuple) else (result,)


# ---------------------------------------------------------------- value and derivatives


def value(op, sample):
    return tuple(array(v) for v in several(call(op, [torch.as_tensor(x) for x in sample.inputs], sample.attributes)))


def grad_fns(op, sample):
    """What torch prints, one name a result."""
    made = several(call(op, floats(sample.inputs), sample.attributes))
    return [v.grad_fn.name() if v.grad_fn is not None else None for v in made]


def pulled(op, sample, result, bar):
    """The adjoint of each operand for the adjoint of one result; None where nothing flows.

    With ``create_graph`` torch differentiates det at singular matrices by the adjugate (without it, it gives 0 there).
    """
    inputs = floats(sample.inputs)
    made = several(call(op, inputs, sample.attributes))[result]
    live = [x for x in inputs if x.requires_grad]
    if not made.requires_grad:
        return [None] * len(inputs)
    found = iter(torch.autograd.grad(made, live, torch.as_tensor(bar), allow_unused=True, create_graph=op.name == "det"))
    return [array(g) if x.requires_grad and (g := next(found)) is not None else None for x in inputs]


def pushed(op, sample, result, slot, dot):
    """The tangent of one result for the tangent of one operand; None where nothing flows."""
    try:
        return _dual(op, sample, result, slot, dot)
    except (NotImplementedError, RuntimeError) as error:
        if "forward" not in str(error) and "create_graph" not in str(error):
            raise
    return _twice(op, sample, result, slot, dot)


def _dual(op, sample, result, slot, dot):
    with fwad.dual_level():
        inputs = [torch.as_tensor(x) for x in sample.inputs]
        inputs[slot] = fwad.make_dual(inputs[slot].clone(), torch.as_tensor(dot))
        made = several(call(op, inputs, sample.attributes))[result]
        tangent = fwad.unpack_dual(made).tangent
        return None if tangent is None else array(tangent + torch.zeros_like(made))


def _twice(op, sample, result, slot, dot):
    """J v as the derivative of w -> Jᵀ w, where torch has no forward rule."""
    inputs = floats(sample.inputs)
    made = several(call(op, inputs, sample.attributes))[result]
    w = torch.zeros_like(made, requires_grad=True)
    (g,) = torch.autograd.grad(made, inputs[slot], w, create_graph=True, allow_unused=True)
    if g is None or not g.requires_grad:
        return np.zeros(made.shape)
    return array(torch.autograd.grad((g * torch.as_tensor(dot)).sum(), w)[0])
