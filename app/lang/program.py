"""A program, ready to run on inputs; and what one run leaves behind."""

from __future__ import annotations

import ast
import gc
import sys
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.core.diagnostic import problem
from app.core.limits import Limits
from app.engine.tape import Tape
from app.lang.check import Checked, read
from app.lang.compiler import Compiler
from app.lang.fold import Binding, Fold, Group
from app.lang.replay import LONGEST, Plan, Signature, signature
from app.lang.values import Derived, Function, Plain, UnboundError, described
from app.lang.witness import Account, Witness
from app.ops.op import Value

# Overflow, NaN and division by zero are values here, and nodes say so; numpy need not warn.
np.seterr(all="ignore")

# A call of the language costs about eight frames of ours, and nesting within an expression one each: the budgets of
# depth (64) and nesting (100) are reached long before this.
RECURSION = 20_000

NUMBERS = (int, Plain)
"""What a name can be bound to that has a node."""


@dataclass(slots=True, eq=False)  # not frozen, for the same reason as the tape
class Run:
    """One run: the tape, and beside it what the program calls things.

    ``inputs`` and ``names`` map names to nodes; ``outputs`` are ``(name or None, node)``; ``unused`` are the inputs that the
    program never names. While ``folds`` are left, ``written_groups`` and both kinds of bindings lack what those can write.
    ``kept`` is shared by all runs that one plan replays: room for what depends on their structure alone.
    """

    checked: Checked
    tape: Tape
    sites: list[ast.AST | None]
    written_groups: list[Group]
    written_bound: list[Binding]
    written_local: list[Binding]
    inputs: dict[str, int]
    names: dict[str, int]
    outputs: list[tuple[str | None, int]]
    unused: frozenset[str]
    folds: Sequence[Fold] = ()
    kept: dict[Any, Any] | None = None
    decided: bool = False
    """Whether a primal decided what was recorded: other inputs may have another tape."""
    derived: Sequence[Derived] = ()
    """What derivatives inside the program gave, in order."""

    @property
    def groups(self) -> list[Group]:
        """The calls and iterations, parents before their children."""
        self._unfold()
        return self.written_groups

    @property
    def bound(self) -> list[Binding]:
        """All bindings of top-level names, in order."""
        self._unfold()
        return self.written_bound

    @property
    def local(self) -> list[Binding]:
        """All other bindings, in order."""
        self._unfold()
        return self.written_local

    def _unfold(self) -> None:
        """Have the folds write what they know, once."""
        for fold in self.folds:
            fold.write_groups(self.written_groups)
            fold.write_bindings(self.written_local if fold.local else self.written_bound)
        self.folds = ()


class Program:
    """A compiled program, for inputs of given names; run as often as you like, one run at a time.

    A ``witness`` is told of every run what it decided: such a program is always interpreted. ``values`` is where values are recorded.
    """

    def __init__(
        self, checked: Checked, given: frozenset[str], limits: Limits, witness: Witness | None = None, values: list[Any] | None = None
    ) -> None:
        self.checked, self.given, self.witness = checked, given, witness
        if sys.getrecursionlimit() < RECURSION:
            sys.setrecursionlimit(RECURSION)
        self._compiler = Compiler(checked, given, limits, witness, values)
        last = checked.tree.body[-1]
        self._ends_in_expression = isinstance(last, ast.Expr)
        self._body = self._compiler.body(checked.tree.body[:-1] if self._ends_in_expression else checked.tree.body)
        self._last = self._compiler.expression(last.value) if isinstance(last, ast.Expr) else None
        first = {name: place for place, name in enumerate(checked.order)}
        self._order = sorted(given, key=lambda name: first.get(name, len(first)))
        self.unused = given - set(checked.order)
        self._planned: Signature | None = None
        self._plan: Plan | None = None

    def run(self, inputs: Mapping[str, Value], wrt: Sequence[str] | None = None, outputs: Sequence[str] | None = None) -> Run:
        """Evaluate on inputs; adjoints will reach ``wrt`` (by default every input that is not boolean).

        Raises ProgramError: an error of the program, a budget, an unknown name in ``wrt`` or ``outputs``.
        """
        if self.witness is not None:
            self.witness.reset()
            return self._interpreted(inputs, wrt, outputs)
        values = [inputs[name] for name in self._order]
        kind = signature(values, wrt, outputs)
        if self._plan is not None and kind == self._planned and (replayed := self._plan.replay(values)) is not None:
            return replayed
        run = self._interpreted(inputs, wrt, outputs)
        repeatable = not self._compiler.recorder.decided and len(run.tape.values) <= LONGEST
        self._plan = Plan(run) if repeatable and kind == self._planned else None
        self._planned = kind
        return run

    @property
    def compiler(self) -> Compiler:
        """What its last run was recorded by: derivatives of that run are recorded after it."""
        return self._compiler

    def witnessed(
        self, inputs: Mapping[str, Value], wrt: Sequence[str] | None = None, outputs: Sequence[str] | None = None
    ) -> tuple[Run, Account]:
        """A run of a program with a witness, and the account of it."""
        assert self.witness is not None
        run = self.run(inputs, wrt, outputs)
        account = self.witness.account
        if self._ends_in_expression:
            account.ran[self.checked.tree.body[-1]] += 1
        return run, account

    def _interpreted(self, inputs: Mapping[str, Value], wrt: Sequence[str] | None, outputs: Sequence[str] | None) -> Run:
        """Evaluate by way of the syntax."""
        collecting = gc.isenabled()
        gc.disable()  # a tape is one large tree of small tuples: collections while it grows find nothing
        try:
            return self._run(inputs, wrt, outputs)
        except UnboundError as error:
            site = error.site or self._compiler.located(error, self.checked.tree.body[-1])
            raise (self._compiler.unbound(site) if site else error) from None
        finally:
            if collecting:
                gc.enable()

    def _run(self, inputs: Mapping[str, Value], wrt: Sequence[str] | None, outputs: Sequence[str] | None) -> Run:
        compiler = self._compiler
        recorder, frame = compiler.recorder, compiler.globals
        recorder.reset()
        frame.clear()
        nodes = self._take(inputs, wrt)
        frame.update(nodes)
        self._body(frame)
        value = self._last(frame) if self._last else None
        found = self._named(outputs) if outputs is not None else self._outputs(value)
        recorder.charge_end(self.checked.tree)
        names = {name: bound if type(bound) is int else self._node(bound) for name, bound in frame.items() if type(bound) in NUMBERS}
        return Run(
            self.checked, recorder.tape(), recorder.sites[:], recorder.groups[:], recorder.bound[:], recorder.local[:], nodes, names, found,
            self.unused, recorder.folds[:], decided=recorder.decided, derived=recorder.derived[:],
        )  # fmt: skip

    def _take(self, inputs: Mapping[str, Value], wrt: Sequence[str] | None) -> dict[str, int]:
        """A node for every input, in order of first appearance."""
        for name in wrt or ():
            if name not in inputs:
                raise problem("wrt.unknown", f"{name} is not among the inputs.", None, _known("The inputs are", inputs))
        recorder = self._compiler.recorder
        nodes = {}
        for name in self._order:
            value = inputs[name]
            if type(value) is float:
                differentiable = True
            else:
                recorder.charge_elements(int(np.size(value)), None)
                differentiable = isinstance(value, np.ndarray) and value.dtype == np.float64
            nodes[name] = recorder.leaf(value, None, live=differentiable and (wrt is None or name in wrt))
        return nodes

    def _node(self, bound: Any) -> int:
        """The node of a bound number; a plain number gets its constant now."""
        return bound if type(bound) is int else self._compiler.recorder.constant(bound, self.checked.tree)

    # ------------------------------------------------------------ outputs

    def _outputs(self, value: Any) -> list[tuple[str | None, int]]:
        """The outputs of the last statement: of its expression, of the names it assigns, or of the last name assigned."""
        declared = self.checked.outputs
        if self._last is not None:
            values = value if isinstance(value, tuple) else (value,)
            names = list(declared or ()) + [None] * len(values)
            return [(name, self._output(v)) for v, name in zip(values, names, strict=False)]
        names = list(declared) if declared else self._last_assigned()
        frame = self._compiler.globals
        found: list[tuple[str | None, int]] = []
        for name in names:
            bound = frame.get(name) if name else None
            if isinstance(bound, tuple):
                found += [(None, self._output(v)) for v in bound]
            else:
                found.append((name, self._output(bound)))
        return found

    def _last_assigned(self) -> list[str | None]:
        """Where the program ends in a loop or a conditional: the last name assigned in it."""
        recorder = self._compiler.recorder
        if recorder.bound:
            return [recorder.bound[-1][1]]
        return [*self._compiler.globals][-1:]

    def _output(self, value: Any) -> int:
        """The node of an output."""
        last = self.checked.tree.body[-1]
        site = last.value if isinstance(last, (ast.Expr, ast.Assign)) else last
        if value is None or isinstance(value, (Function, tuple)) or not self._is_number(value):
            what = "nothing" if value is None else described(value)
            hint = "End with an expression, or with an assignment."
            raise problem("type.output", f"The output must be a number or a tensor, not {what}.", self.checked.span(site), hint)
        return self._compiler.node_of(value, site)

    @staticmethod
    def _is_number(value: Any) -> bool:
        return type(value) in (int, Plain) or described(value) == "a list"

    def _named(self, outputs: Sequence[str]) -> list[tuple[str | None, int]]:
        """The outputs that a request names."""
        frame = self._compiler.globals
        found: list[tuple[str | None, int]] = []
        for name in outputs:
            bound = frame.get(name)
            if type(bound) not in NUMBERS:
                raise problem("output.unknown", f"The program has no value called {name}.", None, _known("Its names are", frame))
            found.append((name, self._node(bound)))
        return found


def _known(words: str, names: Mapping[str, Any]) -> str:
    """A hint that lists the names there are."""
    listed = ", ".join(sorted(str(n) for n in names)[:12])
    return f"{words} {listed}." if listed else "There are none."


class Library:
    """Compiled programs by source and names of inputs, the most recent ones kept."""

    def __init__(self, limits: Limits, size: int = 256) -> None:
        self.limits, self.size = limits, size
        self._programs: OrderedDict[tuple[str, frozenset[str]], Program] = OrderedDict()

    def program(self, source: str, given: frozenset[str]) -> Program:
        """The program of a source; raises ProgramError."""
        key = (source, given)
        program = self._programs.get(key)
        if program is None:
            program = self._programs[key] = Program(read(source, self.limits), given, self.limits)
            if len(self._programs) > self.size:
                self._programs.popitem(last=False)
        else:
            self._programs.move_to_end(key)
        return program
