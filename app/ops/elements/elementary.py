"""Elementary and special functions: value; ∂/∂x; ∂/∂y. In the texts z is the result."""

from __future__ import annotations

from functools import partial

from app.ops.line import line
from app.ops.op import signature
from app.ops.rule import Elementwise

rule = partial(line, category="elementary")

INSIDE, POSITIVE = ((-0.9, 0.9),), ((0.2, 3.0),)
NEGATIVE = "A negative number has no real logarithm: NaN. Torch's derivative is still {}."


def logarithm(name: str, slope: str, shown: str, base: str, aliases: str = "") -> Elementwise:
    """One of the logarithms, which share their notes."""
    return rule(name, f"{name}(x)", slope, aliases=aliases, domain="x > 0", sampling=POSITIVE, summary=f"The logarithm to base {base}.",
                notes=(("x == 0", "The logarithm has a pole at 0."), ("x < 0", NEGATIVE.format(shown))))


EXPONENTIAL: tuple[Elementwise, ...] = (
    rule("exp", "exp(x)", "z", summary="e to the power of x."),
    rule("exp2", "exp2(x)", "z * log(2)", summary="2 to the power of x."),
    rule("expm1", "expm1(x)", "z + 1", summary="exp(x) - 1, exact for small x."),
    logarithm("log", "1 / x", "1/x", "e", "ln"),
    logarithm("log2", "1 / (x * log(2))", "1/(x ln 2)", "2"),
    logarithm("log10", "1 / (x * log(10))", "1/(x ln 10)", "10"),
    rule("log1p", "log1p(x)", "1 / (x + 1)", domain="x > -1", sampling=INSIDE, summary="log(1 + x), exact for small x.",
         notes=(("x == -1", "log(1 + x) has a pole at -1."), ("x < -1", NEGATIVE.format("1/(1 + x)")))),
    rule("logaddexp", "logaddexp(x, y)", "1 / (1 + exp(y - x))", "1 / (1 + exp(x - y))",
         latex=r"\ln\left(e^{{0}} + e^{{1}}\right)", summary="log(exp(x) + exp(y)) without overflow."),
    rule("logaddexp2", "logaddexp2(x, y)", "1 / (1 + exp2(y - x))", "1 / (1 + exp2(x - y))",
         latex=r"\log_2\left(2^{{0}} + 2^{{1}}\right)", summary="log2(2**x + 2**y) without overflow."),
)

TRIGONOMETRIC: tuple[Elementwise, ...] = (
    rule("sin", "sin(x)", "cos(x)", summary="The sine."),
    rule("cos", "cos(x)", "-sin(x)", summary="The cosine."),
    rule("tan", "tan(x)", "1 + z ** 2", sampling=((-1.2, 1.2),), summary="The tangent."),
    rule("asin", "asin(x)", "rsqrt(1 - x ** 2)", aliases="arcsin", domain="abs(x) <= 1", sampling=INSIDE,
         summary="The inverse of the sine.",
         notes=(("abs(x) == 1", "asin has a vertical tangent at -1 and 1: the slope is infinite."),
                ("abs(x) > 1", "asin is defined on [-1, 1]: NaN."))),
    rule("acos", "acos(x)", "-rsqrt(1 - x ** 2)", aliases="arccos", domain="abs(x) <= 1", sampling=INSIDE,
         summary="The inverse of the cosine.",
         notes=(("abs(x) == 1", "acos has a vertical tangent at -1 and 1: the slope is infinite."),
                ("abs(x) > 1", "acos is defined on [-1, 1]: NaN."))),
    rule("atan", "atan(x)", "1 / (x ** 2 + 1)", aliases="arctan", summary="The inverse of the tangent."),
    rule("atan2", "atan2(x, y)",
         "singular(x ** 2 + y ** 2 == 0, g * y * 0, g * y * (1 / (x ** 2 + y ** 2)))",
         "singular(x ** 2 + y ** 2 == 0, g * -x * 0, g * -x * (1 / (x ** 2 + y ** 2)))",
         forward_texts=("y * g / (x ** 2 + y ** 2)", "-x * g / (x ** 2 + y ** 2)"), aliases="arctan2",
         latex=r"\operatorname{atan2}\left({0},\, {1}\right)", sampling=((0.3, 3.0), (-3.0, 3.0)),
         summary="The angle of the point (y, x): first the ordinate, then the abscissa.",
         notes=(("x == 0 and y == 0", "The origin has no angle; torch's choice is 0 for adjoints and NaN for tangents."),
                ("x == 0 and y < 0", "The angle jumps from -π to π on this ray."))),
    rule("sinh", "sinh(x)", "cosh(x)", summary="The hyperbolic sine."),
    rule("cosh", "cosh(x)", "sinh(x)", summary="The hyperbolic cosine."),
    rule("tanh", "tanh(x)", "1 - z ** 2", summary="The hyperbolic tangent."),
    rule("asinh", "asinh(x)", "rsqrt(x ** 2 + 1)", aliases="arcsinh", summary="The inverse of the hyperbolic sine."),
    rule("acosh", "acosh(x)", "rsqrt(x ** 2 - 1)", aliases="arccosh", domain="x >= 1", sampling=((1.2, 4.0),),
         summary="The inverse of the hyperbolic cosine.",
         notes=(("x == 1", "acosh has a vertical tangent at 1: the slope is infinite."), ("x < 1", "acosh is defined from 1 on: NaN."))),
    rule("atanh", "atanh(x)", "1 / (1 - x ** 2)", aliases="arctanh", domain="abs(x) < 1", sampling=INSIDE,
         summary="The inverse of the hyperbolic tangent.",
         notes=(("abs(x) == 1", "atanh has poles at -1 and 1."),
                ("abs(x) > 1", "atanh is defined between -1 and 1: NaN. Torch's derivative is 1/(1 - x²)."))),
    rule("hypot", "hypot(x, y)", "g * x / z", "g * y / z", latex=r"\sqrt{{0}^2 + {1}^2}",
         summary="The length of the vector (x, y), without overflow.",
         notes=(("x == 0 and y == 0", "The length is not differentiable at the origin; torch's slopes there are 0/0: NaN."),)),
    rule("sinc", "sinc(x)", "singular(x ** 2 * pi == 0, 0, (pi * x * cos(pi * x) - sin(pi * x)) / (pi * x ** 2))",
         latex=r"\operatorname{sinc}\left({0}\right)", sampling=POSITIVE, summary="sin(πx) / (πx), and 1 at 0.",
         notes=(("x == 0", "The quotient is filled in at 0: value 1, slope 0."),)),
)

SPECIAL: tuple[Elementwise, ...] = (
    rule("erf", "erf(x)", "2 / sqrt(pi) * exp(-(x ** 2))", summary="The error function."),
    rule("erfc", "erfc(x)", "-(2 / sqrt(pi) * exp(-(x ** 2)))", summary="1 - erf(x), exact for large x."),
    rule("erfinv", "erfinv(x)", "0.5 * sqrt(pi) * exp(z ** 2)", domain="abs(x) < 1", sampling=INSIDE,
         summary="The inverse of the error function.",
         notes=(("abs(x) == 1", "erfinv has poles at -1 and 1."),
                ("abs(x) > 1", "erfinv is defined between -1 and 1: NaN."))),
    rule("lgamma", "lgamma(x)", "digamma(x)", aliases="gammaln", domain="x > 0", sampling=POSITIVE,
         latex=r"\ln\left|\Gamma\left({0}\right)\right|",
         summary="The logarithm of the absolute value of the gamma function.",
         notes=(("x <= 0 and x == floor(x)", "The gamma function has poles at 0 and at the negative integers."),)),
    rule("digamma", "digamma(x)", "polygamma(1, x)", aliases="psi", domain="x > 0", sampling=POSITIVE, summary="The derivative of lgamma.",
         notes=(("x <= 0 and x == floor(x)", "The digamma function has poles at 0 and at the negative integers."),)),
    rule("polygamma", "polygamma(n, x)", "polygamma(n + 1, x)", parameters=signature("; n") + signature("x"), method=False, domain="x > 0",
         sampling=POSITIVE, examples=({"n": 1}, {"n": 2}),
         latex=r"\operatorname{polygamma}\left({0}\right)", summary="The n-th derivative of digamma."),
    rule("xlogy", "xlogy(x, y)", "singular(x == 0 and y <= 0, 0, xlogy(g, y))", "g * x / y", domain="y > 0",
         sampling=((0.2, 3.0), (0.2, 3.0)),
         latex=r"{0} \ln {1}", grad_fns={"1": "XlogyBackward2", "0": "XlogyBackward1"},
         summary="x log(y), and 0 where x is 0.",
         notes=(("x == 0", "x log(y) is 0 by definition where x is 0, even where the logarithm has its pole."),)),
    rule("entr", "entr(x)", "-log(x) - 1", grad_fn="SpecialEntrBackward0", torch="torch.special.entr", method=False, domain="x > 0",
         sampling=POSITIVE, latex=r"-{0} \ln {0}", summary="-x log(x), and 0 at 0.",
         notes=(("x == 0", "The value is filled in at 0; the slope is infinite there."),
                ("x < 0", "Negative numbers have no entropy: -inf."))),
)

ELEMENTARY = EXPONENTIAL + TRIGONOMETRIC + SPECIAL
