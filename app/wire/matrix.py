"""POST /api/v1/matrix-derivative: the derivative of an expression of vectors and matrices in closed form."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.core.diagnostic import ProgramError, problem
from app.core.formatting import name_latex
from app.core.limits import Limits
from app.derive.matrix import words
from app.derive.matrix.closed import LAYOUTS, Closed, Layout, closed, is_row, names_in, structured
from app.derive.matrix.code import Writer
from app.derive.matrix.declared import Declared, declared, refusal
from app.derive.matrix.derivation import steps
from app.derive.matrix.factor import factored
from app.derive.matrix.latex import Typeset
from app.derive.matrix.terms import Form, NoForm, of_atom
from app.labs.matrix.check import check, engines, laid, program_of, sample, valued
from app.lang.program import Program, Run
from app.settings import Settings
from app.wire.differentiated import encoded
from app.wire.numbers import plain
from app.wire.requests.matrix import MatrixDerivativeRequest
from app.wire.trace import library

KINDS = ("scalar", "vector", "matrix")
LIBRARIES = {"numpy": words.NUMPY, "torch": words.TORCH, "jax": words.JAX}


def matrix_derivative(request: MatrixDerivativeRequest, settings: Settings) -> bytes:
    """The answer; raises ProgramError."""
    limits = settings.limits
    symbols = declared(request.shapes, {name: [w] if isinstance(w, str) else w for name, w in request.assume.items()})
    try:
        with np.errstate(all="ignore"):
            answer = _second(request, symbols, limits) if request.order == 2 else _answer(request, request.source, symbols, limits)
    except ProgramError as error:
        raise _lettered(error, symbols) from None
    return encoded(answer, limits)


def _lettered(error: ProgramError, symbols: Declared) -> ProgramError:
    """A misfit of shapes in the letters that were declared, not in the primes that stand for them."""
    found = error.diagnostic
    if found.code != "shape.mismatch":
        return error
    said = re.sub(r"(?<![\w.])\d+(?!\w|\.\d)", lambda n: "*".join(symbols.letters.side(int(n[0]))), found.message)
    return problem(found.code, said, found.span, found.hint)


def _second(request: MatrixDerivativeRequest, symbols: Declared, limits: Limits) -> dict[str, Any]:
    """The derivative of the gradient, which is a number's."""
    first = _Derivative(request, request.source, symbols, limits)
    if first.found.of != 0:
        raise refusal("order", "Second derivatives are of scalars here; this expression is no number.")
    if len(symbols.shapes[request.wrt]) > 1:
        raise refusal("order", "The second derivative by a matrix has four sides.", "Differentiate by a vector or a scalar.")
    if first.found.form is None:
        raise problem("matrix.no_form", f"The gradient has no closed form: {first.found.reason}.")
    gradient = first.writer(words.OURS)(first.found.laid("denominator"))
    answer = _answer(request, gradient, symbols, limits)
    shown = {"text": gradient, "latex": first.typeset(first.found.laid("denominator"))}
    return answer | {"expression": first.expression(), "gradient": shown, "order": 2}


def _answer(request: MatrixDerivativeRequest, source: str, symbols: Declared, limits: Limits) -> dict[str, Any]:
    return _Derivative(request, source, symbols, limits).answer()


class _Derivative:
    """One derivative on its way to an answer."""

    def __init__(self, request: MatrixDerivativeRequest, source: str, symbols: Declared, limits: Limits) -> None:
        self.request, self.limits = request, limits
        self.program, self.symbols = _program(request, source, symbols, limits)
        self.run, self.symbols = _recorded(self.program, self.symbols, request.wrt)
        if len(self.run.outputs) != 1:
            raise problem("type.output", "One expression is differentiated at a time.", None, "End with one expression.")
        self.found = closed(self.run, self.symbols, request.wrt)
        if request.structured:
            self.found = _structured(self.found, self.symbols, request.wrt)
        ranks = {name: len(shape) for name, shape in self.symbols.shapes.items()}
        self.typeset = Typeset(self.symbols.letters, ranks=ranks)
        self.shaped = Typeset(self.symbols.letters, shapes=True, ranks=ranks)

    def writer(self, spelling: words.Spelling) -> Writer:
        """Who writes the code of one library: only symbols that the form has tell sizes."""
        form = self.found.form
        names = [name for name in (names_in(form) if form is not None else {}) if name in self.symbols.shapes]
        every = dict.fromkeys([*names, self.request.wrt, *self.program.given])
        wholes = {atom.shape: name for name, atom in reversed(list(self.symbols.symbols().items())) if name in every}
        return Writer(spelling, self.symbols.letters, self.symbols.holders(list(every)), wholes)

    def answer(self) -> dict[str, Any]:
        """All fields."""
        layout: Layout = self.request.layout
        laid_out = {name: self.laid(name) for name in LAYOUTS}
        chosen = laid_out[layout]
        found = self.found
        return {
            **chosen,
            "kind": KINDS[max(found.of, found.by)] if 0 in (found.of, found.by) else "matrix",
            "layout": layout,
            "closed": found.form is not None,
            "reason": _sentence(found.reason),
            "left": self._left(),
            "code": {name: self._code(spelling, layout) for name, spelling in LIBRARIES.items()},
            "expression": self.expression(),
            "symbols": self._symbols(),
            "layouts": laid_out,
            "map": self._map(),
            "steps": steps(found, self.symbols, self.typeset, self.writer(words.OURS), layout),
            **self._check(layout, chosen["text"]),
            "numbers": self._numbers(layout),
        }

    def laid(self, layout: Layout) -> dict[str, Any]:
        """The closed form in one layout."""
        if self.found.form is None:
            return {"text": None, "latex": self._general(), "latex_shapes": self._general(), "shape": []}
        form = self.found.laid(layout)
        return {
            "text": self._text(words.OURS, layout),
            "latex": self.typeset(form),
            "latex_shapes": self.shaped(form),
            "shape": self._letters(self.found.sides(layout)),
        }

    def _general(self) -> str:
        """Where there is no closed form: the linear map, if there is that."""
        return rf"\mathrm{{d}}Y = {self.typeset(self.found.linear)}" if self.found.linear is not None else self._left()

    def _text(self, spelling: words.Spelling, layout: Layout) -> str:
        form = self.found.laid(layout)
        write = self.writer(spelling)
        text, binding = write.form(form)
        if is_row(form) and not (self.found.of and self.found.by):
            return spelling.row.format(text if binding >= 6 else f"({text})")
        return text

    def _code(self, spelling: words.Spelling, layout: Layout) -> str | None:
        if self.found.form is None:
            return None
        try:
            return self._text(spelling, layout)
        except NoForm:
            return None

    def _letters(self, sides: tuple[int, ...]) -> list[str | int]:
        """A shape with its letters: a product of sizes as m*n."""
        found: list[str | int] = []
        for n in sides:
            parts = self.symbols.letters.side(n)
            found.append(int(parts[0]) if len(parts) == 1 and parts[0].isdigit() else "*".join(parts))
        return found

    def _left(self) -> str:
        wrt = name_latex(self.request.wrt)
        if self.request.order == 2:
            first = self.symbols.shapes[self.request.wrt]
            under = rf"\partial {wrt}\,\partial {wrt}^{{\top}}" if first else rf"\partial {wrt}^{{2}}"
            return rf"\frac{{\partial^{{2}}}}{{{under}}}"
        return rf"\frac{{\partial}}{{\partial {wrt}}}"

    def expression(self) -> dict[str, Any]:
        """What is differentiated, typeset, and its shape."""
        out = self.run.outputs[0][1]
        value = self.run.tape.values[out]
        sweep = self.found.sweep
        made = sweep.found.primals[out] if sweep is not None else None
        if made is None:
            text = r"\text{the expression}"
            return {"latex": text, "latex_shapes": text, "shape": self._letters(np.shape(value)), "kind": KINDS[min(2, np.ndim(value))]}
        form = factored(made.form)
        return {
            "latex": self.typeset(form),
            "latex_shapes": self.shaped(form),
            "shape": self._letters(np.shape(value)),
            "kind": KINDS[np.ndim(value)],
        }

    def _symbols(self) -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "latex": self.typeset(of_atom(atom)),
                "shape": list(self.symbols.shapes[name]),
                "kind": KINDS[len(self.symbols.shapes[name])],
                "assume": sorted(self.symbols.assume.get(name, ())),
            }
            for name, atom in self.symbols.symbols().items()
        ]

    def _map(self) -> dict[str, str] | None:
        if self.found.linear is None or self.found.by == 0:
            return None
        return {"text": self.writer(words.OURS)(self.found.linear), "latex": self.typeset(self.found.linear)}

    # ------------------------------------------------------------ numbers

    def _check(self, layout: Layout, text: str | None) -> dict[str, Any]:
        """The largest errors, alone in their object, and the sizes of each round beside it."""
        if text is None:
            return {"check": None, "checked_on": []}
        form = program_of(text, _names(text, self.program.given, self.request.wrt), self.limits)
        opinion = self._torch() if self.request.verify else None
        done = check(self.program, form, self.found, layout, self.symbols, self.request.wrt, opinion, self._reshaped())
        against = ["engine", "torch"] if done.torch else ["engine"]
        errors = {"max_abs_error": plain(done.absolute), "max_rel_error": plain(done.relative), "against": against}
        return {"check": errors, "checked_on": done.sizes}

    def _torch(self) -> Callable[[Mapping[str, Any]], np.ndarray | None]:
        from app.oracle.jacobian import jacobian  # noqa: PLC0415  other workers must not load torch

        tree = self.program.checked.tree
        return lambda inputs: jacobian(tree, inputs, self.request.wrt, self.limits)

    def _reshaped(self) -> Callable[[np.ndarray], np.ndarray]:
        if not self.request.structured:
            return lambda given: given
        if "diagonal" in self.symbols.assume[self.request.wrt]:
            return lambda given: np.diag(np.diagonal(given))
        return lambda given: given + given.T - np.diag(np.diagonal(given))

    def _numbers(self, layout: Layout) -> dict[str, Any]:
        """The derivative at small random numbers of two digits, for sizes 2, 3, 4, …"""
        run, sizes = sample(self.program, self.symbols, self.request.wrt)
        inputs = {name: np.round(run.tape.values[node], 2) for name, node in run.inputs.items()}
        if any(self.symbols.assume.get(name, frozenset()) & {"orthogonal"} for name in inputs):
            inputs = {name: run.tape.values[node] for name, node in run.inputs.items()}
        run = self.program.run({name: float(v) if np.ndim(v) == 0 else v for name, v in inputs.items()}, [self.request.wrt])
        shapes = np.shape(run.tape.values[run.outputs[0][1]]), np.shape(run.tape.values[run.inputs[self.request.wrt]])
        value = self._reshaped()(laid(engines(run, self.request.wrt), self.found, layout, *shapes))
        given = {name: plain(run.tape.values[node]) for name, node in run.inputs.items()}
        return {"sizes": sizes, "inputs": given, "derivative": plain(value + 0.0 if value.shape else float(value))}


def _program(request: MatrixDerivativeRequest, source: str, symbols: Declared, limits: Limits) -> tuple[Program, Declared]:
    """The program of the declared symbols that it names."""
    if request.wrt not in symbols.shapes:
        named = request.wrt[:64] or "The symbol to differentiate by"
        raise problem("wrt.unknown", f"{named} has no shape.", None, "Give each symbol a shape.", field="wrt")
    program = library(limits).program(source, frozenset(symbols.shapes))
    unknown = next((name for name in program.checked.free if name not in symbols.shapes), None)
    if unknown is not None:
        raise _undeclared(program, unknown)
    used = frozenset(program.checked.order) | {request.wrt}
    left = {name: shape for name, shape in symbols.shapes.items() if name in used}
    shown = declared(left, {name: sorted(traits) for name, traits in symbols.assume.items() if name in left})
    return library(limits).program(source, frozenset(left)), shown


def _recorded(program: Program, symbols: Declared, wrt: str) -> tuple[Run, Declared]:
    """A run to record, and the sizes of it: the other way round where XᵀX is singular because X is too wide."""
    rng = np.random.default_rng(1)
    try:
        return valued(program, symbols, rng, None, wrt), symbols
    except ProgramError as error:
        if error.diagnostic.code != "value.domain":
            raise
        turned = symbols.reversed()
        return valued(program, turned, rng, None, wrt), turned


def _undeclared(program: Program, name: str) -> ProgramError:
    """A symbol without a shape, at its place."""
    hint = 'Give it one: [] for a scalar, ["n"] for a vector, ["m", "n"] for a matrix.'
    named = (node for node in ast.walk(program.checked.tree) if isinstance(node, ast.Name) and node.id == name)
    return problem("matrix.undeclared", f"{name} has no shape.", program.checked.span(next(named)), hint, missing=[name])


def _structured(found: Closed, symbols: Declared, wrt: str) -> Closed:
    """The derivative by a matrix that keeps its structure."""
    traits = symbols.assume.get(wrt, frozenset())
    if found.of != 0 or not traits & {"symmetric", "diagonal"}:
        raise refusal("structured", "Only the gradient by a symmetric or diagonal matrix is structured.", "Assume that of it.")
    if found.form is None:
        return found
    form: Form = structured(found.form, traits)
    return Closed(form, found.of, found.by, found.sweep, found.linear, found.reason)


def _names(text: str, given: frozenset[str], wrt: str) -> frozenset[str]:
    """The symbols that a closed form names."""
    named = {node.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Name)}
    return frozenset(named & (given | {wrt}))


def _sentence(reason: str | None) -> str | None:
    return None if reason is None else f"There is no closed form in matrix notation: {reason}."
