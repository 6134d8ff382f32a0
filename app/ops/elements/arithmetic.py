"""Arithmetic: value; ∂/∂x; ∂/∂y. In the texts z is the result and g, where it stands, the tangent."""

from __future__ import annotations

from functools import partial

from app.ops.line import line
from app.ops.rule import Elementwise

rule = partial(line, category="arithmetic")

STEP = "The function jumps here; its derivative is taken as 0, as everywhere else."
POSITIVE = ((0.2, 3.0),)
AWAY = ((-3.0, 3.0), (0.5, 3.0))

ARITHMETIC: tuple[Elementwise, ...] = (
    rule("add", "x + y", "1", "1", integers=True, summary="The sum."),
    rule("sub", "x - y", "1", "-1", aliases="subtract", integers=True, grad_fns={"0": "RsubBackward1"}, summary="The difference."),
    rule("mul", "x * y", "y", "x", aliases="multiply", integers=True, summary="The product, element by element."),
    rule("div", "x / y", "1 / y", "-(z / y)", forward_texts=("g / y", "-(g * z) / y"), aliases="divide true_divide", integers=True,
         domain="y != 0", sampling=AWAY, grad_fns={"0": "MulBackward0"}, summary="The quotient.",
         notes=(("y == 0", "Division by 0: IEEE arithmetic gives ±inf, or NaN for 0/0, and the slopes follow it."),)),
    rule("clone", "x", "1", integers=True, summary="A copy: the same value, in a node of its own."),
    rule("neg", "-x", "-1", aliases="negative", integers=True, summary="The opposite."),
    rule("pow", "x ** y",
         "singular(y == 0, 0, y * x ** (y - 1))",
         "+singular(x == 0 and y >= 0, 0, z * log(x))",
         aliases="power", integers=True, domain="x > 0", sampling=((0.2, 3.0), (-2.0, 3.0)),
         grad_fn="PowBackward1", grad_fns={"1": "PowBackward0", "0": "PowBackward2"}, summary="The power.",
         notes=(("x == 0 and y > 0 and y < 1", "A root has a vertical tangent at 0: the slope is infinite."),
                ("x == 0 and y < 0", "A negative power has a pole at 0."),
                ("x == 0 and y == 0", "0 ** 0 is 1; torch's choice for both slopes is 0."),
                ("x < 0 and y != floor(y)", "A negative number has no real power with a fractional exponent: NaN."))),
    rule("floor_divide", "x // y", "0", "0", integers=True, domain="y != 0", sampling=AWAY, grad_fn="NotImplemented",
         torch="torch.floor_divide", summary="The quotient, rounded down.",
         notes=(("x == z * y", STEP), ("y == 0", "Division by 0: IEEE arithmetic gives ±inf or NaN."))),
    rule("remainder", "remainder(x, y)", "1", "-(x // y)", aliases="mod", integers=True, domain="y != 0", sampling=AWAY,
         latex=r"{0} \bmod {1}", grad_fn="RemainderBackward1", grad_fns={"1": "RemainderBackward0", "0": "NotImplemented"},
         summary="What is left of x after whole multiples of y; it has the sign of y, as Python's % has.",
         notes=(("z == 0", "The remainder jumps where y divides x; torch takes the slopes 1 and -(x // y) there too."),
                ("y == 0", "There is no remainder of a division by 0: NaN."))),
    rule("fmod", "fmod(x, y)", "1", "-trunc(x / y)", integers=True, domain="y != 0", sampling=AWAY, grad_fn="FmodBackward1",
         grad_fns={"1": "FmodBackward0"}, summary="What is left of x after whole multiples of y; it has the sign of x, as in C.",
         notes=(("z == 0", "The remainder jumps where y divides x; torch takes the slopes 1 and -trunc(x / y) there too."),
                ("y == 0", "There is no remainder of a division by 0: NaN."))),
    rule("abs", "abs(x)", "sign(x)", aliases="absolute fabs", integers=True, summary="The absolute value.",
         notes=(("x == 0", "abs is not differentiable at 0; torch's choice is 0."),)),
    rule("sign", "sign(x)", "0", aliases="sgn", integers=True, summary="-1, 0 or 1.",
         notes=(("x == 0", "sign jumps at 0; its derivative is taken as 0 everywhere."),)),
    rule("reciprocal", "1 / x", "-(z ** 2)", domain="x != 0", sampling=POSITIVE, summary="One over x.",
         notes=(("x == 0", "1/x has a pole at 0."),)),
    rule("square", "x ** 2", "2 * x", integers=True, grad_fn="PowBackward0", summary="x times x."),
    rule("sqrt", "sqrt(x)", "1 / (2 * z)", domain="x >= 0", sampling=POSITIVE, summary="The square root.",
         notes=(("x == 0", "The square root has a vertical tangent at 0: the slope is infinite."),
                ("x < 0", "A negative number has no real square root: NaN."))),
    rule("rsqrt", "1 / sqrt(x)", "-(0.5 * z ** 3)", domain="x > 0", sampling=POSITIVE, summary="One over the square root.",
         notes=(("x == 0", "1/√x has a pole at 0."), ("x < 0", "A negative number has no real square root: NaN."))),
    rule("cbrt", "cbrt(x)", "singular(x == 0, nan, 1 / (3 * z ** 2))", sampling=POSITIVE, method=False, grad_fn="MulBackward0",
         torch="torch.sign(x) * torch.abs(x) ** (1 / 3)", summary="The real cube root, of negative numbers too.",
         notes=(("x == 0", "The cube root has a vertical tangent at 0; written in torch, sign(x) * abs(x) ** (1/3), the slope is NaN."),)),
    rule("deg2rad", "x * (pi / 180)", "pi / 180", aliases="radians", summary="Degrees as radians."),
    rule("rad2deg", "x * (180 / pi)", "180 / pi", aliases="degrees", summary="Radians as degrees."),
    rule("floor", "floor(x)", "0", integers=True, summary="The next integer below.", notes=(("x == z", STEP),)),
    rule("ceil", "ceil(x)", "0", integers=True, summary="The next integer above.", notes=(("x == z", STEP),)),
    rule("round", "round(x, decimals)", "0", attributes="decimals=0", aliases="around rint", integers=True,
         grad_fns={"decimals": "RoundBackward1"},
         summary="The nearest integer, or the nearest number with so many decimals; halves go to the even one.",
         latex=r"\operatorname{round}\left({0}\right)", notes=(("decimals == 0 and abs(x - z) == 0.5", STEP),)),
    rule("trunc", "trunc(x)", "0", aliases="fix", integers=True, summary="The integer part: rounding towards 0.",
         notes=(("x == z and x != 0", STEP),)),
    rule("frac", "x - trunc(x)", "1", summary="What comes after the point; it has the sign of x.",
         notes=(("z == 0 and x != 0", "frac jumps at the integers; its slope is taken as 1 there too."),)),
)
