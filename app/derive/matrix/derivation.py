"""The derivation as steps to follow: what each operation is, what each passes on, and how the result is tidied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.derive.matrix.closed import Closed, Layout
from app.derive.matrix.code import Writer
from app.derive.matrix.declared import Declared
from app.derive.matrix.factor import factored
from app.derive.matrix.latex import Typeset
from app.derive.matrix.terms import Form
from app.engine.tape import NO_ATTRIBUTES
from app.ops.op import Op

Phase = Literal["forward", "reverse", "simplify"]
MOST = 60
"""Steps that are written out; longer derivations say how many were left out."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it writes, by which rule, and a sentence."""

    phase: Phase
    latex: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Narrator:
    """Who writes steps: the expression's nodes by name, the printers, and what is assumed."""

    found: Closed
    declared: Declared
    typeset: Typeset
    write: Writer
    layout: Layout

    def steps(self) -> list[Step]:
        """All steps in order."""
        sweep = self.found.sweep
        if sweep is None:
            return []
        made = [self._primal(node) for node in self._operations()]
        if self.found.of == 0:
            made.append(self._seed())
            made += [self._contribution(place) for place in range(len(sweep.contributions))]
        else:
            made += [self._tangent(node, form) for node, form in sweep.tangents]
            if sweep.reading and self.found.form is not None:
                made.append(Step("simplify", self._left(self.found.form), "", sweep.reading))
        made += self._tidied() + self._turned()
        return made[:MOST] + ([Step("simplify", "", "", f"{len(made) - MOST} more steps are not shown.")] if len(made) > MOST else [])

    # ------------------------------------------------------------ names

    def _operations(self) -> list[int]:
        run = self.found.sweep.found.run  # type: ignore[union-attr]  # steps are written of a sweep
        return [node for node, rule in enumerate(run.tape.rules) if rule is not None]

    def _symbol(self, node: int) -> str:
        """A node as LaTeX: an input by its name, another by its number."""
        run = self.found.sweep.found.run  # type: ignore[union-attr]  # see above
        names = {place: name for name, place in run.inputs.items()}
        if node in names:
            return self.typeset(self.declared_form(names[node]))
        if run.tape.rules[node] is None:
            made = self.found.sweep.found.primals[node]  # type: ignore[union-attr]  # see above
            return self.typeset(made.form) if made is not None else r"\cdot"
        return f"v_{{{self._operations().index(node) + 1}}}"

    def declared_form(self, name: str) -> Form:
        """A symbol as a form."""
        from app.derive.matrix.terms import of_atom  # noqa: PLC0415  one noun

        return of_atom(self.declared.symbols()[name])

    def _spoken(self, node: int) -> str:
        run = self.found.sweep.found.run  # type: ignore[union-attr]  # see above
        names = {place: name for name, place in run.inputs.items()}
        return names.get(node) or (f"v{self._operations().index(node) + 1}" if run.tape.rules[node] is not None else "a constant")

    def _call(self, node: int) -> str:
        """An operation on the names of its operands."""
        run = self.found.sweep.found.run  # type: ignore[union-attr]  # see above
        op: Op = run.tape.rules[node]  # type: ignore[assignment]  # the rules of this project are Ops
        text = op.formula(len(run.tape.inputs[node]), run.tape.attributes.get(node, NO_ATTRIBUTES))
        return self._filled(text, node)

    def _filled(self, template: str, node: int) -> str:
        """A template of the table with the names of a node's operands."""
        run = self.found.sweep.found.run  # type: ignore[union-attr]  # see above
        names = {str(place): self._symbol(operand) for place, operand in enumerate(run.tape.inputs[node])}
        names |= {"z": self._symbol(node)}
        return re.sub(r"\{(\d+|z)\}", lambda found: names.get(found[1], found[0]), template)

    # ------------------------------------------------------------ steps

    def _primal(self, node: int) -> Step:
        form = self.found.sweep.found.primals[node]  # type: ignore[union-attr]  # see above
        whole = f" = {self.typeset(factored(form.form))}" if form is not None else ""
        latex = f"{self._symbol(node)} = {self._call(node)}"
        latex += whole if whole and whole.removeprefix(" = ") != self._call(node) else ""
        said = self.write(factored(form.form)) if form is not None else "no form"
        return Step("forward", latex, "", f"{self._spoken(node)} is {said}.")

    def _seed(self) -> Step:
        run = self.found.sweep.found.run  # type: ignore[union-attr]  # see above
        out = run.outputs[0][1]
        return Step("reverse", rf"\bar{{{self._symbol(out)}}} = 1", "", f"The sweep starts at {self._spoken(out)} with the adjoint 1.")

    def _contribution(self, place: int) -> Step:
        """What a node passes to an operand; the second time it is added."""
        sweep = self.found.sweep
        assert sweep is not None
        step = sweep.contributions[place]
        first = all(other.to != step.to for other in sweep.contributions[:place])
        bar = rf"\bar{{{self._symbol(step.to)}}}"
        value, total = factored(step.value), factored(step.adjoint)
        sign = "=" if first else r"\mathrel{+}="
        latex = f"{bar} {sign} {self.typeset(value)}"
        said = f"{self._spoken(step.node)} passes {self.write(value)} to {self._spoken(step.to)}"
        if not first:
            latex += rf" \quad\Rightarrow\quad {bar} = {self.typeset(total)}"
            said += f"; added to what is there, its adjoint is {self.write(total)}"
        return Step("reverse", latex, self._rule(step.node, step.slot), f"{said}.")

    def _rule(self, node: int, slot: int) -> str:
        """The local derivative, as the table prints it."""
        run = self.found.sweep.found.run  # type: ignore[union-attr]  # see above
        op: Op = run.tape.rules[node]  # type: ignore[assignment]  # see above
        text = op.partial_latex(slot, run.tape.attributes.get(node, NO_ATTRIBUTES))
        return self._filled(text.replace(r"\bar{z}", r"\bar{{z}}"), node)

    def _tangent(self, node: int, form: Form) -> Step:
        latex = rf"\mathrm{{d}}{self._symbol(node)} = {self.typeset(factored(form))}"
        return Step("forward", latex, "", f"The differential of {self._spoken(node)} is {self.write(factored(form))}.")

    def _left(self, form: Form) -> str:
        return rf"J = {self.typeset(form)}"

    def _tidied(self) -> list[Step]:
        """What was used of the assumptions, and the common factors."""
        made = []
        for name, traits in self.declared.assume.items():
            symbol = self.typeset(self.declared_form(name))
            if "symmetric" in traits:
                made.append(Step("simplify", rf"{symbol}^{{\top}} = {symbol}", "", f"{name} is symmetric: it is its own transpose."))
            if "orthogonal" in traits:
                made.append(
                    Step("simplify", rf"{symbol}^{{-1}} = {symbol}^{{\top}}", "", f"{name} is orthogonal: its inverse is its transpose.")
                )
        if self.found.form is not None:
            tidy = factored(self.found.form)
            if self.typeset(tidy) != self.typeset(self.found.form):
                latex = f"{self.typeset(self.found.form)} = {self.typeset(tidy)}"
                made.append(Step("simplify", latex, "", f"Common factors are taken out: {self.write(tidy)}."))
        return made

    def _turned(self) -> list[Step]:
        """What the layout makes of it."""
        if self.found.form is None:
            return []
        before, after = self.typeset(factored(self.found.form)), self.typeset(self.found.laid(self.layout))
        if before == after:
            return []
        sentence = f"The {self.layout} layout writes it transposed."
        return [Step("simplify", rf"\left({before}\right)^{{\top}} = {after}", "", sentence)]


def steps(found: Closed, declared: Declared, typeset: Typeset, write: Writer, layout: Layout) -> list[Mapping[str, str]]:
    """The derivation, as plain data."""
    narrator = Narrator(found, declared, typeset, write, layout)
    return [{"phase": s.phase, "latex": s.latex, "rule": s.rule, "sentence": s.sentence} for s in narrator.steps()]
