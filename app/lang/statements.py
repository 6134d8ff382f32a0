"""Statements: assignment, control flow, definitions. A statement gives None, or the signal that leaves its block."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from app.lang.access import rows
from app.lang.compiler import Closure, Compiler
from app.lang.expressions import combining
from app.lang.functions import RESULT, definition
from app.lang.operands import truth
from app.lang.rounds import FEWEST, WATCHED, Watch, repeats, run_rounds
from app.lang.values import NOTHING, Counting, Frame, Plain, Sequence, UnboundError, Walk, described

BREAK, CONTINUE, RETURN = "break", "continue", "return"


def body(c: Compiler, statements: list[ast.stmt]) -> Closure:
    """Statements in a row, up to the first signal."""
    closures = [c.statement(s) for s in statements]
    return _only(c, closures[0], statements[0]) if len(closures) == 1 else _row(c, closures, statements)


def _only(c: Compiler, closure: Closure, statement: ast.stmt) -> Closure:
    """A single statement."""

    def run(frame: Frame) -> Any:
        try:
            return closure(frame)
        except UnboundError as error:
            error.site = error.site or c.located(error, statement)
            raise

    return run


def _row(c: Compiler, closures: list[Closure], statements: list[ast.stmt]) -> Closure:
    """Several statements."""

    def run(frame: Frame) -> Any:
        closure = None
        try:
            for closure in closures:
                signal = closure(frame)
                if signal is not None:
                    return signal
        except UnboundError as error:
            assert closure is not None
            error.site = error.site or c.located(error, statements[closures.index(closure)])
            raise
        return None

    return run


# ---------------------------------------------------------------- binding


def binding(c: Compiler, target: ast.expr) -> Callable[[Frame, Any], None]:
    """The closure that binds a value to a target: a name, or a tuple of targets."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return _unpacking(c, target)
    assert isinstance(target, ast.Name)
    name = target.id
    note = (c.recorder.local if c.scopes else c.recorder.bound).append

    def bind(frame: Frame, value: Any) -> None:
        if type(value) is int:
            note((value, name))
        elif type(value) is Plain:
            value = Plain(value.value, value.site, name)
        elif type(value) is Sequence and _numeric(value):
            value = c.node_of(value, target)
            note((value, name))
        frame[name] = value

    return bind


def _numeric(listed: Sequence) -> bool:
    """Whether a list holds numbers, tensors and lists of them alone."""
    return all(type(i) in (int, Plain) or (type(i) is Sequence and _numeric(i)) for i in listed.items)


def _unpacking(c: Compiler, target: ast.Tuple | ast.List) -> Callable[[Frame, Any], None]:
    binders = [binding(c, t) for t in target.elts]

    def bind(frame: Frame, value: Any) -> None:
        if not isinstance(value, (tuple, Sequence, int)):
            raise c.recorder.fail("type.mismatch", f"Cannot take {described(value)} apart into {len(binders)} names.", target)
        items = list(value) if isinstance(value, tuple) else list(value.items if isinstance(value, Sequence) else rows(c, value, target))
        if len(items) != len(binders):
            raise c.recorder.fail("type.mismatch", f"There are {len(binders)} names for {len(items)} values.", target)
        for binder, item in zip(binders, items, strict=True):
            binder(frame, item)

    return bind


def assign(c: Compiler, node: ast.Assign) -> Closure:
    """x = …, also x = y = … and x, y = …."""
    value = c.expression(node.value)
    binders = [binding(c, t) for t in node.targets]
    if len(binders) == 1:
        (only,) = binders
        return lambda frame: only(frame, value(frame))

    def run(frame: Frame) -> None:
        result = value(frame)
        if type(result) is Sequence and _numeric(result):
            result = c.node_of(result, node.value)
        for binder in binders:
            binder(frame, result)

    return run


def augmented(c: Compiler, node: ast.AugAssign) -> Closure:
    """x += …: a new version of the name; the earlier node stays."""
    assert isinstance(node.target, ast.Name)
    load = ast.copy_location(ast.Name(id=node.target.id, ctx=ast.Load()), node.target)
    combined = combining(c, node.op, (c.expression(load), load), (c.expression(node.value), node.value), node)
    bind = binding(c, node.target)
    return lambda frame: bind(frame, combined(frame))


# ---------------------------------------------------------------- control flow


def branch(c: Compiler, node: ast.If) -> Closure:
    """if: the branch of this run alone is in the graph."""
    test, yes = c.expression(node.test), body(c, node.body)
    no = body(c, node.orelse) if node.orelse else None

    def run(frame: Frame) -> Any:
        if truth(c.recorder, test(frame), node.test):
            return yes(frame)
        return no(frame) if no else None

    return run


def loop(c: Compiler, node: ast.While) -> Closure:
    """while: each iteration is a group."""
    test, otherwise = c.expression(node.test), body(c, node.orelse) if node.orelse else None

    def run(frame: Frame) -> Any:
        def conditions() -> Iterator[None]:
            while truth(c.recorder, test(frame), node.test):
                yield None

        return rounds(frame, enumerate(conditions()), lambda frame, item: None)

    rounds = _rounds(c, node, otherwise)
    return run


def each(c: Compiler, node: ast.For) -> Closure:
    """for: over a range, the rows of a tensor, a list, enumerate or zip."""
    source, bind = c.expression(node.iter), binding(c, node.target)
    rounds = _rounds(c, node, body(c, node.orelse) if node.orelse else None)
    counter = node.target.id if isinstance(node.target, ast.Name) else None
    noted = c.recorder.local if c.scopes else c.recorder.bound
    watched = (lambda: Watch(c, node, noted)) if c.witness is None and repeats(c, node) else None

    def run(frame: Frame) -> Any:
        value = source(frame)
        if counter is not None and isinstance(value, Counting):
            numbers = _counted(node, frame, value.numbers, watched)
            return rounds(frame, numbers, lambda frame, plain: frame.__setitem__(counter, plain))
        return rounds(frame, enumerate(items(c, value, node.iter)), bind)

    return run


def _counted(node: ast.For, frame: Frame, numbers: range, watched: Callable[[], Watch] | None) -> Iterator[tuple[int, Plain]]:
    """The places and values of a counter; rounds that compiled code has run in between are left out."""
    name = node.target.id  # type: ignore[attr-defined]  # counters are names
    watch = watched() if watched and len(numbers) >= FEWEST else None
    place = 0
    while place < len(numbers):
        if watch is not None:
            width = watch.settled(frame)
            done = run_rounds(watch, frame, width, place, len(numbers) - place) if width else 0
            if done or place >= WATCHED:
                watch = None
            if done:
                place += done
                frame[name] = Plain(numbers[place - 1], node.iter, name)
                continue
        yield place, Plain(numbers[place], node.iter, name)
        place += 1


def _rounds(c: Compiler, node: ast.While | ast.For, otherwise: Closure | None) -> Callable[[Frame, Iterator[Any], Any], Any]:
    """The rounds of a loop: each is charged, and a group of its own."""
    inside, recorder, cost, limits = body(c, node.body), c.recorder, 1 + len(node.body), c.limits
    values, groups = recorder.values, recorder.groups

    def run(frame: Frame, source: Iterator[tuple[int, Any]], bind: Callable[[Frame, Any], None]) -> Any:
        around = recorder.group
        signal = None
        for place, item in source:
            bind(frame, item)
            recorder.steps += cost
            if recorder.steps > limits.steps or len(values) > limits.nodes:
                recorder.charge_round(node)
            recorder.group = len(groups)
            group = ["iteration", place, node, around, len(values), -1]
            groups.append(group)
            signal = inside(frame)
            group[5] = len(values) - 1
            recorder.group = around
            if signal is BREAK or signal is RETURN:
                return signal if signal is RETURN else None
        return otherwise(frame) if otherwise else None

    return run


def items(c: Compiler, value: Any, site: ast.AST) -> Iterator[Any]:
    """The items of an iterable, one by one; nothing is written out beforehand."""
    if isinstance(value, Counting):
        return (Plain(i, site) for i in value.numbers)
    if isinstance(value, Walk):
        return value.start()
    if isinstance(value, Sequence):
        return iter(list(value.items))
    if isinstance(value, tuple):
        return iter(value)
    if type(value) is int:
        return rows(c, value, site)
    raise c.recorder.fail("type.mismatch", f"A loop cannot go over {described(value)}.", site, "Use range(n), a list or a tensor.")


def no_grad(c: Compiler, node: ast.With) -> Closure:
    """with no_grad(): adjoints stop, tangents flow."""
    inside, recorder = body(c, node.body), c.recorder

    def run(frame: Frame) -> Any:
        first = len(recorder.live)
        recorder.frozen += 1
        signal = inside(frame)
        recorder.frozen -= 1
        recorder.live[first:] = [False] * (len(recorder.live) - first)
        recorder.stopped.append((first, len(recorder.live)))
        return signal

    return run


# ---------------------------------------------------------------- the rest


def expression(c: Compiler, node: ast.Expr) -> Closure:
    """An expression on its own: recorded, its value unused."""
    closure = c.expression(node.value)

    def run(frame: Frame) -> None:
        value = closure(frame)
        if type(value) is Sequence and _numeric(value):
            c.node_of(value, node.value)

    return run


def returned(c: Compiler, node: ast.Return) -> Closure:
    """return: the value waits in the frame."""
    closure = c.expression(node.value) if node.value else None

    def run(frame: Frame) -> str:
        frame[RESULT] = NOTHING if closure is None else closure(frame)
        return RETURN

    return run


def defined(c: Compiler, node: ast.FunctionDef) -> Closure:
    """def: the function, with its defaults evaluated now."""
    make = definition(c, node)

    def run(frame: Frame) -> None:
        frame[node.name] = make(frame)

    return run


STATEMENTS: dict[type[ast.stmt], Callable[[Compiler, Any], Closure]] = {
    ast.Assign: assign,
    ast.AugAssign: augmented,
    ast.If: branch,
    ast.While: loop,
    ast.For: each,
    ast.With: no_grad,
    ast.Expr: expression,
    ast.Return: returned,
    ast.FunctionDef: defined,
    ast.Break: lambda c, node: lambda frame: BREAK,
    ast.Continue: lambda c, node: lambda frame: CONTINUE,
    ast.Pass: lambda c, node: lambda frame: None,
    ast.Import: lambda c, node: lambda frame: None,
    ast.ImportFrom: lambda c, node: lambda frame: None,
}
