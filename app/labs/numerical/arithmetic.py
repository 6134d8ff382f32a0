"""Other numbers than float64 for the operations of the language: the rules' texts over another table of functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.ops.op import Op
from app.ops.rule import Elementwise
from app.ops.text import Call, Term, read

Number = Any
"""A number of some arithmetic, or an array of them; masks and indices stay what they are."""

RESULT_OF_SEVERAL = "result"


class NoFormError(ArithmeticError):
    """An operation that this arithmetic has no form of, or none that is right at this point; the message says why."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Functions by the names of rule text, forms of array operations by their names, and what is done where there is none.

    ``number`` brings a float64 in, an array too; ``kept`` brings a result into its canonical form.
    """

    functions: Mapping[str, Callable[..., Any]]
    arrays: Mapping[str, Callable[..., Any]]
    elements: Mapping[str, Callable[..., Any]]
    """Elementwise operations whose text is not what is evaluated here."""
    otherwise: Callable[[Op, Sequence[Number], Mapping[str, Any]], Any]
    number: Callable[[Any], Number]
    kept: Callable[[Any], Number]

    def value(self, op: Op, inputs: Sequence[Number], attributes: Mapping[str, Any]) -> Any:
        """The primal, a tuple where there are several; raises NoFormError and OpError."""
        if isinstance(op, Elementwise):
            made = self._elementwise(op.chosen(attributes), inputs, attributes)
        elif op.name in self.arrays:
            own = {name: given for name, given in attributes.items() if name != RESULT_OF_SEVERAL}
            made = self.arrays[op.name](*inputs, **own)
        else:
            made = self.otherwise(op, inputs, attributes)
        return tuple(map(self.kept, made)) if op.results > 1 else self.kept(made)

    def _elementwise(self, rule: Elementwise, inputs: Sequence[Number], attributes: Mapping[str, Any]) -> Any:
        """The rule's text, its numbers brought in first."""
        floats = not rule.integers or any(np.asarray(x).dtype.kind in "fc" for x in inputs)
        given = [self.number(x) if floats and np.asarray(x).dtype.kind in "iu" else x for x in inputs]
        if not rule.integers:
            given = [self.number(x) for x in given]
        settings = [self.number(x) if type(x) is float else x for x in rule.settings(attributes)]
        if rule.name in self.elements:
            return self.elements[rule.name](*given, *settings)
        names = (*rule.operands, *(p.name for p in rule.attributes))
        return self._read(read(rule.value_text), dict(zip(names, (*given, *settings), strict=True)))

    def _read(self, term: Term, variables: Mapping[str, Any]) -> Any:
        """A term; numbers in the text are brought in, whole ones stay exponents."""
        if isinstance(term, Call):
            return self.functions[term.name](*[self._read(argument, variables) for argument in term.args])
        if isinstance(term, str):
            return variables[term] if term in variables else self.number({"pi": np.pi, "nan": np.nan, "inf": np.inf}[term])
        return self.number(term) if isinstance(term, float) else term
