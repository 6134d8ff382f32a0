"""The recorder: appending is evaluating. What a program does lands on parallel arrays, charged before the work."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.core.diagnostic import OpError, ProgramError, problem
from app.core.limits import Limits
from app.core.span import Span
from app.engine.block import Stretch
from app.engine.tape import Tape
from app.lang.fold import Fold, Group
from app.lang.values import Derived, Plain
from app.ops.op import Op, Value, normal, shape_of

ATTRIBUTES_OF_RESULT = "result"
LARGEST = 2**62
"""NumPy's integers have 64 bits."""


class Recorder:
    """The arrays of the tape under construction, what stands beside it, and the budgets.

    The lists are cleared in place between runs: compiled closures hold on to them.
    ``sites`` are the syntax nodes that made each node; ``bound`` is every binding of a top-level name, ``local`` of others.
    ``stopped`` are the stretches of nodes inside ``no_grad``; ``derived`` are the results of derivatives.
    ``decided`` says that a primal was read to decide something: a condition, a count, an index.
    ``frozen`` counts the ``no_grad`` blocks around; their nodes lose their liveness when the block ends.
    """

    def __init__(self, limits: Limits, span: Callable[[ast.AST], Span], o: Any, values: list[Value] | None = None) -> None:
        self.limits, self.span, self.o = limits, span, o
        self.rules: list[Any] = []
        self.inputs: list[tuple[int, ...]] = []
        self.values: list[Value] = [] if values is None else values
        self.partials: list[Any] = []
        self.live: list[bool] = []
        self.sites: list[ast.AST | None] = []
        self.attributes: dict[int, Mapping[str, Any]] = {}
        self.results: dict[int, tuple[int, ...]] = {}
        self.groups: list[Group] = []
        self.blocks: list[Stretch] = []
        self.folds: list[Fold] = []
        self.bound: list[tuple[int, str]] = []
        self.local: list[tuple[int, str]] = []
        self.stopped: list[tuple[int, int]] = []
        self.derived: list[Derived] = []
        lists = (
            self.rules,
            self.inputs,
            self.values,
            self.partials,
            self.live,
            self.sites,
            self.groups,
            self.blocks,
            self.folds,
            self.bound,
            self.local,
            self.stopped,
            self.derived,
        )
        self._stores: tuple[Any, ...] = (*lists, self.attributes, self.results)
        self.reset()

    def reset(self) -> None:
        """Forget the last run."""
        for store in self._stores:
            store.clear()
        self.group: int | None = None
        self.frozen = 0
        self.decided = False
        self.steps = self.depth = self.work = self.bytes = 0

    def appends(self) -> tuple[Callable[[Any], None], ...]:
        """The ways to append a rule, inputs, a value, partials, a site and liveness: for closures that append by themselves."""
        return tuple(store.append for store in (self.rules, self.inputs, self.values, self.partials, self.sites, self.live))

    def tape(self) -> Tape:
        """The finished tape, a copy of its own."""
        return Tape(
            self.rules[:],
            self.inputs[:],
            self.values[:],
            self.partials[:],
            self.live[:],
            self.attributes.copy(),
            self.results.copy(),
            self.blocks[:],
            self.o,
            bool(self.blocks),
        )

    # ------------------------------------------------------------ nodes without operands

    def leaf(self, value: Value, site: ast.AST | None, *, live: bool = False) -> int:
        """A node without operands: an input, or a constant."""
        node = len(self.values)
        if node >= self.limits.nodes:
            self.over("nodes", "budget.nodes", node + 1, site)
        self.rules.append(None)
        self.inputs.append(())
        self.values.append(value)
        self.partials.append(None)
        self.live.append(live)
        self.sites.append(site)
        return node

    def constant(self, plain: Plain, site: ast.AST) -> int:
        """The constant node of a plain number that an operation uses."""
        if plain.node is not None:
            return plain.node
        value = plain.value
        node = self.leaf(value if isinstance(value, bool) else float(value), plain.site or site)
        if plain.name is not None:
            plain.node = node
            self.bound.append((node, plain.name))
        return node

    # ------------------------------------------------------------ operations

    def apply(self, rule: Op, inputs: tuple[int, ...], attributes: Mapping[str, Any], site: ast.AST) -> int | tuple[int, ...]:
        """Evaluate one operation and append its node, or its nodes where it has several results."""
        operands = [self.values[i] for i in inputs]
        try:
            if attributes:
                _check_options(rule, attributes)
            self._charge(rule, [shape_of(v) for v in operands], attributes, site)
            value = rule.value(operands, attributes)
        except OpError as error:
            raise problem(error.code, _with_names(error.message, site), self.span(site), error.hint, **error.extra) from None
        except (TypeError, ValueError, IndexError, OverflowError) as error:
            if not attributes:
                raise  # shapes and kinds of operands were checked before: this would be a mistake of ours
            raise problem("call.arguments", f"{rule.name} does not take these options.", self.span(site)) from error
        if rule.results == 1:
            return self._append(rule, inputs, normal(value), attributes, site)
        return self._append_all(rule, inputs, value, attributes, site)

    def _append(self, rule: Op, inputs: tuple[int, ...], value: Value, attributes: Mapping[str, Any], site: ast.AST) -> int:
        node = len(self.values)
        if node >= self.limits.nodes:
            self.over("nodes", "budget.nodes", node + 1, site)
        self.rules.append(rule)
        self.inputs.append(inputs)
        self.values.append(value)
        self.partials.append(None)
        self.sites.append(site)
        if attributes:
            self.attributes[node] = attributes
        self.live.append(self._flows(rule, inputs, value, attributes))
        return node

    def _flows(self, rule: Op, inputs: tuple[int, ...], value: Value, attributes: Mapping[str, Any]) -> bool:
        """Whether adjoints reach the node: a live operand, an open slot, a float result."""
        live = self.live
        if not rule.differentiable or not any([live[i] for i in inputs]):
            return False
        if not (isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype == np.float64)):
            return False
        shapes = [shape_of(self.values[i]) for i in inputs]
        return any(live[i] and not rule.blocks(slot, shapes, attributes) for slot, i in enumerate(inputs))

    def _append_all(self, rule: Op, inputs: tuple[int, ...], values: Any, attributes: Mapping[str, Any], site: ast.AST) -> tuple[int, ...]:
        """One node a result, each knowing its place and its siblings."""
        nodes = tuple(
            self._append(rule, inputs, normal(value), {**attributes, ATTRIBUTES_OF_RESULT: place}, site)
            for place, value in enumerate(values)
        )
        self.results.update(dict.fromkeys(nodes, nodes))
        return nodes

    # ------------------------------------------------------------ budgets

    def _charge(self, rule: Op, shapes: list[tuple[int, ...]], attributes: Mapping[str, Any], site: ast.AST) -> None:
        """Elements, bytes and work of one operation, before it is done."""
        made = rule.shape(shapes, attributes)
        shapes_made: Any = made if rule.results > 1 else (made,)
        for shape in shapes_made:
            if shape:
                self.charge_elements(_size(shape), site)
        self.work += rule.work(shapes, attributes)
        if self.work > self.limits.work:
            self.over("work", "budget.work", self.work, site)

    def charge_elements(self, count: int, site: ast.AST | None) -> None:
        """Room for one value of ``count`` elements."""
        if count > self.limits.elements:
            self.over("elements", "budget.elements", count, site)
        self.bytes += 8 * count
        if self.bytes > self.limits.live_bytes:
            self.over("live_bytes", "budget.memory", self.bytes, site)

    def charge_round(self, site: ast.AST) -> None:
        """Statements about to run again, and what the last ones recorded."""
        if self.steps > self.limits.steps:
            self.over("steps", "budget.steps", self.steps, site)
        if len(self.values) > self.limits.nodes:
            self.over("nodes", "budget.nodes", len(self.values), site)

    def charge_end(self, site: ast.AST) -> None:
        """The program is over: what its last statements recorded."""
        if len(self.values) > self.limits.nodes:
            self.over("nodes", "budget.nodes", len(self.values), site)

    def over(self, limit: str, code: str, asked: int, site: ast.AST | None) -> None:
        """Refuse: the limit, the amount asked for, and who asked."""
        allowed = getattr(self.limits, limit)
        raise self.fail(code, SENTENCES[code].format(asked=asked, allowed=allowed), site, limit=limit, allowed=allowed, asked=asked)

    def fail(self, code: str, message: str, site: ast.AST | None, hint: str | None = None, **extra: Any) -> ProgramError:
        """The error of the program at a syntax node."""
        return problem(code, message, None if site is None else self.span(site), hint, **extra)

    # ------------------------------------------------------------ groups

    def open_group(self, kind: str, what: Any, site: ast.AST, cost: int) -> int | None:
        """Begin a call or an iteration of ``cost`` statements, within the budgets; returns the group around it."""
        self.steps += cost
        self.charge_round(site)
        around = self.group
        self.group = len(self.groups)
        self.groups.append([kind, what, site, around, len(self.values), -1])
        return around

    def close_group(self, around: int | None) -> None:
        """End the innermost group."""
        assert self.group is not None
        self.groups[self.group][5] = len(self.values) - 1
        self.group = around


SENTENCES = {
    "budget.nodes": "Your program made {asked:,} nodes; the limit here is {allowed:,}.",
    "budget.elements": "This value would have {asked:,} elements; the limit here is {allowed:,}.",
    "budget.memory": "The values of this program would need {asked:,} bytes; the limit here is {allowed:,}.",
    "budget.work": "This needs {asked:,} element operations; the limit here is {allowed:,}.",
    "budget.steps": "Stopped after {allowed:,} steps: a loop or a function goes on for too long.",
    "budget.depth": "Calls are nested {asked:,} deep; the limit here is {allowed:,}. Does the function ever stop calling itself?",
}


def _with_names(message: str, site: ast.AST) -> str:
    """The sentence with the names of an operator's sides, where they have one."""
    if isinstance(site, ast.BinOp):
        for words, side in (("the left side", site.left), ("the right side", site.right)):
            if isinstance(side, ast.Name):
                message = message.replace(words, side.id)
    return message


def _check_options(rule: Op, attributes: Mapping[str, Any]) -> None:
    """Switches are on or off; the options of an elementwise operation are numbers, words or nothing."""
    for parameter in rule.parameters:
        if type(parameter.default) is bool and attributes.get(parameter.name, False) is None:
            raise OpError("type.mismatch", f"{parameter.name} of {rule.name} must be True or False.")
    for name, value in attributes.items():
        if rule.elementwise and not isinstance(value, (int, float, str, type(None))):
            raise OpError("type.mismatch", f"{name} of {rule.name} must be a number.")
        if rule.elementwise and isinstance(value, int) and abs(value) > LARGEST:
            raise OpError("value.too_large", f"{name} of {rule.name} is too large.")


def _size(shape: tuple[int, ...]) -> int:
    """The number of elements; no overflow."""
    count = 1
    for side in shape:
        count *= side
    return count
