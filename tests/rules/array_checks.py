"""What is asked of a rule for arrays, one function a question; a mutant must fail one of them."""

import zlib

import array_torch
import numpy as np

from app.ops.numeric import numeric
from app.ops.op import shape_of

RTOL, ATOL = 1e-10, 1e-11


def several(op, value):
    return value if op.results > 1 else (value,)


def canonical(value):
    """Python numbers for 0-d values: what a node holds."""
    return value.item() if (isinstance(value, np.ndarray) and value.ndim == 0) or isinstance(value, np.generic) else value


def operands(sample):
    return [canonical(x) for x in sample.inputs]


def evaluated(op, sample):
    with np.errstate(all="ignore"):
        value = op.value(operands(sample), sample.attributes)
    return tuple(map(canonical, value)) if op.results > 1 else canonical(value)


def attributes_of(op, sample, result):
    return {**sample.attributes, "result": result} if op.results > 1 else sample.attributes


def result_of(op, sample):
    """The value; where signs are free, torch's, so that derivatives can be compared."""
    return array_torch.value(op, sample) if op.name in FREE_SIGNS else evaluated(op, sample)


def pulled(op, sample, result, slot, bar, z=None):
    z = result_of(op, sample) if z is None else z
    with np.errstate(all="ignore"):
        return op.vjp(numeric, slot, bar, z, operands(sample), attributes_of(op, sample, result))


def pushed(op, sample, result, slot, dot, z=None):
    z = result_of(op, sample) if z is None else z
    with np.errstate(all="ignore"):
        return op.jvp(numeric, slot, dot, z, operands(sample), attributes_of(op, sample, result))


def pulled_numerically(op, sample, result, slot, bar):
    return pulled(op, sample, result, slot, bar, evaluated(op, sample))


def pushed_numerically(op, sample, result, slot, dot):
    return pushed(op, sample, result, slot, dot, evaluated(op, sample))


def random(*key):
    return np.random.default_rng(zlib.crc32(repr(key).encode()))


def direction(op, sample, slot):
    """A tangent of an operand: symmetric where the operation reads its matrix so."""
    made = random(op.name, slot, "dot").standard_normal(np.shape(sample.inputs[slot]))
    return canonical(made + np.swapaxes(made, -1, -2) if sample.symmetric else made)


def cotangent(op, sample, result):
    shape = np.shape(several(op, evaluated(op, sample))[result])
    return canonical(random(op.name, result, "bar").standard_normal(shape))


def is_real(value):
    return np.asarray(value).dtype == np.float64


def slots(op, sample, result):
    """The operands that take part."""
    shapes, attributes = [shape_of(x) for x in operands(sample)], attributes_of(op, sample, result)
    return [k for k, x in enumerate(sample.inputs) if is_real(x) and not op.blocks(k, shapes, attributes)]


def results(op, sample):
    """The results that can have an adjoint."""
    return [k for k, v in enumerate(several(op, evaluated(op, sample))) if is_real(v)]


def close(ours, theirs, what, rtol=RTOL, atol=ATOL):
    assert np.shape(ours) == np.shape(theirs), f"{what}: the shape is {np.shape(ours)}, not {np.shape(theirs)}"
    np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=atol, err_msg=what)


# ---------------------------------------------------------------- the questions


FREE_SIGNS = {"eigh": (None, -2), "svd": (-2, None, -1)}
"""Results whose vectors are determined up to their sign: the dimension along which the vectors run."""


def same_signs(op, ours, theirs):
    """Our results, each vector with the sign that torch gave it."""
    return tuple(
        a if dim is None else a * np.sign(np.sum(a * b, axis=dim, keepdims=True))
        for a, b, dim in zip(ours, theirs, FREE_SIGNS.get(op.name, (None,) * len(ours)), strict=True)
    )


def value_is_torchs(op, sample):
    expected = array_torch.value(op, sample)
    for ours, theirs in zip(same_signs(op, several(op, evaluated(op, sample)), expected), expected, strict=True):
        close(ours, theirs, "value")
        assert np.asarray(ours).dtype == theirs.dtype, f"{np.asarray(ours).dtype} is not {theirs.dtype}"


def pull_is_torchs(op, sample):
    """Adjoints, null included."""
    for result in results(op, sample):
        open_ = slots(op, sample, result)
        bar = cotangent(op, sample, result)
        theirs = array_torch.pulled(op, sample, result, bar)
        if op.name == "slogdet" and result == 0:
            theirs = [np.zeros(np.shape(x)) for x in sample.inputs]  # torch lets nothing through from the sign; here it is 0
        for slot, expected in enumerate(theirs):
            if slot in open_:
                close(pulled(op, sample, result, slot, bar), expected, f"adjoint of operand {slot} from result {result}")
            else:
                assert expected is None, f"operand {slot} is closed, but torch lets something through"


def push_is_torchs(op, sample):
    if sample.unlike:
        return
    for result in results(op, sample):
        for slot in slots(op, sample, result):
            dot = direction(op, sample, slot)
            expected = array_torch.pushed(op, sample, result, slot, dot)
            close(pushed(op, sample, result, slot, dot), expected, f"tangent of result {result} from operand {slot}")


def both_ways_agree(op, sample):
    """⟨w, J v⟩ = ⟨Jᵀ w, v⟩ to 1e-12 of the size of the terms."""
    for result in results(op, sample):
        for slot in slots(op, sample, result):
            dot, bar = direction(op, sample, slot), cotangent(op, sample, result)
            forward = np.multiply(bar, pushed(op, sample, result, slot, dot))
            back = np.multiply(pulled(op, sample, result, slot, bar), dot)
            if np.isfinite(forward).all() and np.isfinite(back).all():
                scale = np.abs(forward).sum() + np.abs(back).sum()
                assert abs(forward.sum() - back.sum()) <= 1e-12 * scale + 1e-14


def push_is_the_slope(op, sample):
    """Central differences, once extrapolated."""
    if not sample.smooth:
        return
    for result in results(op, sample):
        for slot in slots(op, sample, result):
            dot = direction(op, sample, slot)
            slope = differences(op, sample, slot, dot)[result]
            close(pushed(op, sample, result, slot, dot), slope, f"slope of result {result} by operand {slot}", 1e-6, 1e-7)


def differences(op, sample, slot, dot, h=2e-4):
    centre = several(op, result_of(op, sample))

    def at(step):
        moved = list(sample.inputs)
        moved[slot] = np.asarray(moved[slot]) + step * np.asarray(dot)
        made = several(op, evaluated(op, type(sample)(tuple(moved), sample.attributes)))
        return same_signs(op, made, centre)

    def central(step):
        return [(np.asarray(a, dtype=float) - np.asarray(b, dtype=float)) / (2 * step) for a, b in zip(at(step), at(-step), strict=True)]

    return [(4 * fine - coarse) / 3 for fine, coarse in zip(central(h / 2), central(h), strict=True)]


QUESTIONS = (pull_is_torchs, push_is_torchs)
