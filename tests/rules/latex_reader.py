"""Reads back the LaTeX that rules print, as numbers: what a person would compute from the formula."""

import math
import operator
import re

from scipy import special

TOKEN = re.compile(
    r"\\left\\lfloor|\\right\\rfloor|\\left\\lceil|\\right\\rceil|\\left\||\\right\||\\left\(|\\right\)"
    r"|\\operatorname\{[^}]*\}(?:\^\{-1\})?|\\log_\{ 10\}|\\log_2|\\begin\{cases\}|\\end\{cases\}|\\text\{if \}"
    r"|\\text\{otherwise\}|\\mathrm\{NaN\}|\\\\|\\,|\\[a-zA-Z]+|\{[0-9z]\}|[0-9.]+|e\^|[-+^{}\[\]<>=&,]"
)
FUNCTIONS = {
    r"\sin": math.sin, r"\cos": math.cos, r"\tan": math.tan, r"\sinh": math.sinh, r"\cosh": math.cosh, r"\tanh": math.tanh,
    r"\ln": math.log,
    r"\arcsin": math.asin, r"\arccos": math.acos, r"\arctan": math.atan, r"\log_2": math.log2, r"\log_{ 10}": math.log10,
    r"\sigma": lambda x: 1 / (1 + math.exp(-x)), r"\psi": lambda x: float(special.digamma(x)), r"\operatorname{erf}": math.erf,
    r"\operatorname{erf}^{-1}": lambda x: float(special.erfinv(x)), r"\operatorname{sgn}": lambda x: math.copysign(1, x) if x else 0.0,
    r"\operatorname{trunc}": math.trunc, r"\operatorname{isnan}": math.isnan, r"\operatorname{isfinite}": math.isfinite,
    r"\operatorname{arsinh}": math.asinh, r"\operatorname{arcosh}": math.acosh, r"\operatorname{artanh}": math.atanh,
    r"\max": max, r"\min": min, r"\operatorname{fmax}": max, r"\operatorname{fmin}": min,
}  # fmt: skip
CLOSING = {r"\left(": r"\right)", r"\left|": r"\right|", r"\left\lfloor": r"\right\rfloor", r"\left\lceil": r"\right\rceil", "{": "}"}
RELATIONS = {"<": operator.lt, ">": operator.gt, "=": operator.eq, r"\le": operator.le, r"\ge": operator.ge}


class Reader:
    """A recursive descent over the tokens; implicit products, functions with and without brackets, cases."""

    def __init__(self, text, operands, result):
        self.tokens = TOKEN.findall(text)
        assert "".join(self.tokens).replace(" ", "") == text.replace(" ", ""), f"something is not LaTeX of ours: {text}"
        self.at, self.operands, self.result = 0, operands, result

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, expected=None):
        token = self.peek()
        assert expected is None or token == expected, (token, expected, self.tokens)
        self.at += 1
        return token

    def whole(self):
        value = self.sum()
        assert self.peek() is None, self.tokens[self.at :]
        return value

    def sum(self):
        value = -self.product() if self.peek() == "-" and self.take() else self.product()
        while self.peek() in ("+", "-"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self):
        value = self.power()
        while self.peek() in (r"\cdot", r"\,") and self.tokens[self.at - 1] != ",":
            self.take()
            value *= self.power()
        return value

    def power(self):
        base = self.atom()
        if self.peek() == "^":
            self.take()
            return base ** self.group()
        return base

    def group(self):
        if self.peek() != "{":
            return self.atom()
        self.take("{")
        value = self.sum()
        self.take("}")
        return value

    def atom(self):
        token = self.take()
        if re.fullmatch(r"\{[0-9z]\}", token):
            return self.result if token == "{z}" else self.operands[int(token[1])]
        if token in CLOSING:
            value = self.sum()
            self.take(CLOSING[token])
            return {r"\left|": abs, r"\left\lfloor": math.floor, r"\left\lceil": math.ceil}.get(token, lambda x: x)(value)
        if token == "e^":
            return math.exp(self.group())
        if token == r"\frac":
            over = self.group()
            return over / self.group()
        if token == r"\sqrt":
            if self.peek() == "[":
                self.at += 3
                return self.group() ** (1 / 3)
            return math.sqrt(self.group())
        if token == r"\begin{cases}":
            return self.cases()
        if token == r"\pi":
            return math.pi
        if token in FUNCTIONS:
            return FUNCTIONS[token](*self.arguments())
        return float(token)

    def arguments(self):
        if self.peek() != r"\left(":
            return [self.power()]
        self.take()
        found = [self.sum()]
        while self.peek() == ",":
            self.at += 2
            found.append(self.sum())
        self.take(r"\right)")
        return found

    def cases(self):
        chosen = None
        while True:
            value = self.sum()
            self.take("&")
            holds = self.condition() if self.take() == r"\text{if }" else True
            chosen = value if chosen is None and holds else chosen
            if self.take() == r"\end{cases}":
                return chosen

    def condition(self):
        holds = self.relation()
        while self.peek() in (r"\lor", r"\land"):
            junction, right = self.take(), self.relation()
            holds = (holds or right) if junction == r"\lor" else (holds and right)
        return holds

    def relation(self):
        left = self.sum()
        return RELATIONS[self.take()](left, self.sum()) if self.peek() in RELATIONS else bool(left)
