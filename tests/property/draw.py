"""A source of random expressions: what names there are, their shapes, and a bound on their size."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from math import asinh, prod

Shape = tuple[int, ...]

LARGE = 40.0
"""Beyond this bound a value is tamed before it is used again."""


@dataclass(frozen=True)
class Expr:
    """An expression, the shape of its value, and how large its entries can be; ``mask`` says that it is boolean."""

    text: str
    shape: Shape = ()
    bound: float = 1.0
    mask: bool = False


@dataclass(frozen=True)
class Mark:
    """How a draw stands, to go back to; random numbers go on."""

    names: list[Expr]
    inputs: dict[str, object]
    counts: dict[str, int]


@dataclass
class Draw:
    """One program under construction."""

    rng: random.Random
    names: list[Expr] = field(default_factory=list)
    inputs: dict[str, object] = field(default_factory=dict)
    wild: bool = False
    """Whether domains are ignored: logarithms of negative numbers, divisions by zero."""
    frozen: bool = False
    """Whether no new inputs may be introduced."""

    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> int:
        """The next number of this kind: of a name, of a function."""
        self.counts[what] = self.counts.get(what, -1) + 1
        return self.counts[what]

    def mark(self) -> Mark:
        """How it stands now."""
        return Mark(list(self.names), dict(self.inputs), dict(self.counts))

    def restore(self, mark: Mark) -> None:
        """Forget what was drawn since then."""
        self.names, self.inputs, self.counts = list(mark.names), dict(mark.inputs), dict(mark.counts)

    # ------------------------------------------------------------ numbers and shapes

    def number(self, low: float = -2.0, high: float = 2.0) -> float:
        """A number with few digits, never 0."""
        return round(self.rng.uniform(low, high), 3) or 0.125

    def side(self) -> int:
        return self.rng.choice((2, 2, 3, 3, 4))

    def shape(self, rank: int | None = None) -> Shape:
        """A random shape, mostly one that is there already."""
        known = [e.shape for e in self.names if rank is None or len(e.shape) == rank]
        if known and self.rng.random() < 0.7:
            return self.rng.choice(known)
        rank = self.rng.choice((0, 0, 1, 1, 2, 2, 3)) if rank is None else rank
        return tuple(self.side() for _ in range(rank))

    def partner(self, shape: Shape) -> Shape:
        """A shape that broadcasts with this one, often in both directions."""
        if not shape or self.rng.random() < 0.4:
            return shape if self.rng.random() < 0.7 else ()
        parts = [1 if self.rng.random() < 0.4 else side for side in shape]
        return tuple(parts[self.rng.choice((0, 0, 1)) if len(parts) > 1 else 0 :])

    # ------------------------------------------------------------ leaves

    def values(self, shape: Shape) -> object:
        """Nested lists of random numbers."""
        if not shape:
            return self.number()
        return [self.values(shape[1:]) for _ in range(shape[0])]

    def input(self, shape: Shape) -> Expr:
        """A new input."""
        name = f"x{len(self.inputs)}"
        self.inputs[name] = self.values(shape)
        made = Expr(name, shape, 2.0)
        self.names.append(made)
        return made

    def known(self, shape: Shape) -> Expr | None:
        """A name of this shape, mostly a recent one."""
        found = [e for e in self.names if e.shape == shape and not e.mask]
        return self.rng.choice(found[-6:] if self.rng.random() < 0.6 else found) if found else None

    def value(self, shape: Shape | None = None) -> Expr:
        """A value of a shape: a name, a part of a name, or a new input."""
        shape = self.shape() if shape is None else shape
        found = self.known(shape)
        if found and self.rng.random() < 0.85:
            return found
        made = self.from_others(shape)
        if made is not None:
            return made
        if found:
            return found
        return self.literal(shape) if self.frozen or len(self.inputs) > 6 else self.input(shape)

    def literal(self, shape: Shape) -> Expr:
        """A constant written out: numbers, or names among them."""
        if prod(shape) > 24:
            return Expr(f"ones({', '.join(map(str, shape))})", shape, 1.0)
        return Expr(str(self.values(shape)), shape, 2.0)

    def literal_mask(self, shape: Shape) -> str:
        """A constant of zeros and ones."""
        if not shape:
            return str(self.rng.choice((0.0, 1.0)))
        return "[" + ", ".join(self.literal_mask(shape[1:]) for _ in range(shape[0])) + "]"

    def from_others(self, shape: Shape) -> Expr | None:
        """A value of this shape from a name of another one."""
        ways = []
        for e in self.names[-12:]:
            if e.mask or not e.shape:
                continue
            if e.shape[1:] == shape:
                ways.append(Expr(f"{e.text}[{self.rng.randrange(-e.shape[0], e.shape[0])}]", shape, e.bound))
            if e.shape[:-1] == shape:
                ways.append(Expr(f"{e.text}.sum(dim=-1)", shape, e.bound * e.shape[-1]))
            if len(e.shape) == 2 and e.shape[::-1] == shape and e.shape != shape:
                ways.append(Expr(f"{e.text}.T", shape, e.bound))
            if prod(e.shape) == prod(shape) and e.shape != shape and shape:
                ways.append(Expr(f"{e.text}.reshape({', '.join(map(str, shape))})", shape, e.bound))
            if not shape:
                ways.append(Expr(f"sum({e.text})", shape, e.bound * prod(e.shape)))
                ways.append(Expr(f"mean({e.text})", shape, e.bound))
        if len(shape) >= 1 and self.rng.random() < 0.3 and (row := self.known(shape[1:])):
            others = [row.text] + [(self.known(shape[1:]) or row).text for _ in range(shape[0] - 1)]
            ways.append(Expr(f"[{', '.join(others)}]", shape, LARGE))
        return self.rng.choice(ways) if ways else None

    # ------------------------------------------------------------ guards

    def tame(self, e: Expr, limit: float) -> Expr:
        """The value, squeezed where it could be larger than ``limit``."""
        if e.bound <= limit or self.wild:
            return e
        scale, form = round(0.95 * limit, 3), self.rng.choice(("tanh({})", "sin({})", "atan({}) / 1.6", "{b} / (1 + abs({}))"))
        if e.bound > 3 * limit:  # tanh would be constant, and its derivative rounding
            form = self.rng.choice(("sin({})", "asinh({}) / " + str(round(asinh(e.bound), 2))))
        return Expr(f"{scale} * {form.format(e.text, b=bracketed(e.text))}", e.shape, limit)

    def operand(self, shape: Shape | None = None, limit: float = LARGE) -> Expr:
        """A value no larger than ``limit``."""
        return self.tame(self.value(shape), limit)

    def positive(self, shape: Shape | None = None, low: float = 0.3, limit: float = 6.0) -> Expr:
        """A value above ``low``."""
        e = self.operand(shape, limit)
        if self.wild:
            return e
        form = self.rng.choice(("(abs({}) + {low})", "({} ** 2 + {low})", "(softplus({}) + {low})", "(exp(0.2 * {}) + {low})"))
        text = form.format(bracketed(e.text), low=low)
        return Expr(text, e.shape, max(e.bound**2, 4.0) + low)


def bracketed(text: str) -> str:
    """An expression that can stand in front of an operator or a dot."""
    return text if text.replace("_", "").isalnum() and not text[0].isdigit() else f"({text})"
