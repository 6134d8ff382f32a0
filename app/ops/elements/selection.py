"""Choosing between values, comparing them, and logic: value; one partial an operand, None where nothing flows."""

from __future__ import annotations

from functools import partial

from app.ops.line import line
from app.ops.rule import Elementwise

rule = partial(line, category="selection")
compare = partial(line, category="comparison", operands="x, y", integers=True)
logic = partial(line, category="logic", integers=True)

TIE = "Both operands are equal here: {} is not differentiable; torch's choice is {}."

SELECTION: tuple[Elementwise, ...] = (
    rule("maximum", "maximum(x, y)", "where(x == y, 0.5, where(x < y, 0, 1))", "where(x == y, 0.5, where(x > y, 0, 1))",
         forward_texts=("where(x == y, 0.5, where(x > y, 1, 0)) * g", "g - where(x == y, 0.5, where(x > y, 1, 0)) * g"),
         integers=True, summary="The larger of the two; NaN if one of them is.",
         notes=(("x == y", TIE.format("maximum", "one half for each")),)),
    rule("minimum", "minimum(x, y)", "where(x == y, 0.5, where(x > y, 0, 1))", "where(x == y, 0.5, where(x < y, 0, 1))",
         forward_texts=("where(x == y, 0.5, where(x < y, 1, 0)) * g", "g - where(x == y, 0.5, where(x < y, 1, 0)) * g"),
         integers=True, summary="The smaller of the two; NaN if one of them is.",
         notes=(("x == y", TIE.format("minimum", "one half for each")),)),
    rule("fmax", "fmax(x, y)", "where(x >= y or isnan(y), 1, 0)", "where(x >= y or isnan(y), 0, 1)",
         forward_texts=("where(x > y or isnan(y), 1, 0) * g", "g - where(x > y or isnan(y), 1, 0) * g"),
         integers=True, summary="The larger of the two; a NaN is passed over.",
         notes=(("x == y", TIE.format("fmax", "the first for adjoints, the second for tangents")),)),
    rule("fmin", "fmin(x, y)", "where(x <= y or isnan(y), 1, 0)", "where(x <= y or isnan(y), 0, 1)",
         forward_texts=("where(x <= y or isnan(y), 1, 0) * g", "g - where(x <= y or isnan(y), 1, 0) * g"),
         integers=True, summary="The smaller of the two; a NaN is passed over.",
         notes=(("x == y", TIE.format("fmin", "the first")),)),
    rule("where", "where(condition, x, y)", None, "where(condition, 1, 0)", "where(condition, 0, 1)", operands="condition, x, y",
         integers=True, method=False, latex=r"\begin{cases} {1} & \text{if } {0} \\ {2} & \text{otherwise} \end{cases}",
         summary="x where the condition holds, otherwise y. Both are evaluated: a NaN on the side not taken can spoil derivatives."),
    rule("clamp", "minimum(maximum(x, min), max)", "where(x >= min and x <= max, 1, 0)", attributes="min=None, max=None", aliases="clip",
         grad_fn="ClampBackward1", open_ends={"min": float("-inf"), "max": float("inf")}, renamed={"a_min": "min", "a_max": "max"},
         examples=({"min": -1.0, "max": 1.0}, {"min": 0.0}, {"max": 0.5}), summary="x, held between two numbers.",
         notes=(("x == min or x == max", "clamp is not differentiable at its bounds; torch's choice is 1."),)),
    rule("clamp_tensor", "minimum(maximum(x, min), max)", "where(x >= min and x <= max, 1, 0)", "where(min < max and x < min, 1, 0)",
         "where(x > max or max < min, 1, 0)", operands="x, min, max",
         forward_texts=("where(min > max, 0, where(x < min, 0, where(x > max, 0, g)))", "where(min > max, 0, where(x < min, g, 0))",
                        "where(min > max, g, where(x < min, 0, where(x > max, g, 0)))"),
         torch="torch.clamp", grad_fn="ClampBackward0", method=False,
         latex=r"\operatorname{clamp}\left({0},\, {1},\, {2}\right)",
         summary="x, held between bounds that may vary; they get adjoints too.",
         notes=(("x == min or x == max", "clamp is not differentiable where x meets a bound; torch gives the whole slope to x."),)),
    rule("nan_to_num", "nan_to_num(x, nan, posinf, neginf)", "isfinite(x)", attributes="nan=0.0, posinf=None, neginf=None",
         summary="x with NaN replaced, and infinities by the largest finite numbers.", latex=r"\operatorname{nan\_to\_num}\left({0}\right)",
         notes=(("isfinite(x) == 0", "The replaced element no longer depends on x: slope 0."),)),
)

COMPARISON: tuple[Elementwise, ...] = (
    compare("gt", "x > y", aliases="greater", summary="Whether x is greater than y."),
    compare("ge", "x >= y", aliases="greater_equal", summary="Whether x is greater than y or equal."),
    compare("lt", "x < y", aliases="less", summary="Whether x is less than y."),
    compare("le", "x <= y", aliases="less_equal", summary="Whether x is less than y or equal."),
    compare("eq", "x == y", aliases="equal", summary="Whether x and y are equal."),
    compare("ne", "x != y", aliases="not_equal", summary="Whether x and y differ."),
)

LOGIC: tuple[Elementwise, ...] = (
    logic("isnan", "isnan(x)", summary="Whether x is NaN."),
    logic("isfinite", "isfinite(x)", summary="Whether x is neither infinite nor NaN."),
    logic("isinf", "isinf(x)", summary="Whether x is infinite."),
    logic("logical_not", "not x", summary="Whether x is 0.", latex=r"\lnot {0}"),
    logic("logical_and", "x and y", operands="x, y", summary="Whether neither is 0."),
    logic("logical_or", "x or y", operands="x, y", summary="Whether one of the two is not 0."),
    logic("logical_xor", "logical_xor(x, y)", operands="x, y", latex=r"{0} \oplus {1}", summary="Whether exactly one of the two is not 0."),
)

CHOOSING = SELECTION + COMPARISON + LOGIC
