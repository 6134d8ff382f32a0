"""The expressions behind the nodes of a run: loops with a fixed count are unrolled, calls are written in."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from app.core.diagnostic import OpError, ProgramError, problem
from app.derive.symbolic.expression import Expression, Table
from app.engine.tape import NO_ATTRIBUTES, shape_of
from app.lang.program import Run
from app.ops.op import Op
from app.ops.rule import Elementwise
from app.ops.text import CONSTANTS, Call, Term, read

BRANCHES = (ast.If, ast.While, ast.IfExp)
KEPT = frozenset({"detach", "clone"})


def expressions(run: Run, table: Table) -> list[Expression | None]:
    """Per node its expression, None of numbers that are none of the inputs' doing and no scalars; raises ProgramError.

    A program whose values decide what is computed has no formula: another point may have another one.
    """
    if run.decided:
        raise _decided(run)
    found: list[Expression | None] = []
    names = {node: name for name, node in run.inputs.items()}
    needed = _needed(run)
    for node, rule in enumerate(run.tape.rules):
        if node in names:
            found.append(table.symbol(names[node]) if not shape_of(run.tape.values[node]) else None)
        elif rule is None:
            value = run.tape.values[node]
            found.append(None if shape_of(value) else table.number(value))
        else:
            found.append(_operation(run, node, [found[i] for i in run.tape.inputs[node]], table) if node in needed else None)
    return found


def _needed(run: Run) -> set[int]:
    """The nodes that an output or a name rests on."""
    ahead = [node for _, node in run.outputs] + [node for node, _ in run.bound]
    found: set[int] = set()
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.add(node)
            ahead += run.tape.inputs[node]
    return found


def _operation(run: Run, node: int, operands: Sequence[Expression | None], table: Table) -> Expression:
    """One operation, by its name, or by its rule text where it has attributes."""
    op = run.tape.rules[node]
    assert isinstance(op, Op)
    if shape_of(run.tape.values[node]) or any(one is None for one in operands):
        raise _no_scalar(run, node)
    args = [one for one in operands if one is not None]
    attributes = run.tape.attributes.get(node, NO_ATTRIBUTES)
    if op.name in KEPT:
        if op.name == "detach":
            raise _refused(run, node, "symbolic.operation", "detach stops derivatives by decree, which no formula can say.")
        return args[0]
    if not isinstance(op, Elementwise):
        raise _refused(run, node, "symbolic.operation", f"There is no rule for the derivative of {op.name} on paper.")
    if attributes:
        chosen = op.chosen(attributes)
        variables = dict(zip(chosen.operands, args, strict=True))
        settings = zip((p.name for p in chosen.attributes), chosen.settings(attributes), strict=True)
        try:
            numbers = {name: table.number(float(value)) for name, value in settings if not isinstance(value, str)}
        except (TypeError, ValueError, OverflowError):
            raise _refused(run, node, "symbolic.operation", f"{op.name} with these options has no formula.") from None
        return _written(read(chosen.value_text), variables | numbers, table)
    return table.raw(op.name, *args)


def _written(term: Term, variables: dict[str, Expression], table: Table) -> Expression:
    if isinstance(term, Call):
        if term.name == "positive":
            return _written(term.args[0], variables, table)
        name = "where" if term.name == "singular" else term.name
        return table.made(name, *(_written(a, variables, table) for a in term.args))
    if isinstance(term, str):
        return variables[term] if term in variables else table.number(CONSTANTS[term])
    return table.number(term)


def _no_scalar(run: Run, node: int) -> ProgramError:
    """The refusal of an array, at its place."""
    shape = list(shape_of(run.tape.values[node]))
    said = (
        f"A value of shape {shape} stands here; the rules on paper are for single numbers."
        if shape
        else "An array is read here; the rules on paper are for single numbers."
    )
    return _refused(run, node, "symbolic.not_scalar", said, "For vectors and matrices there is matrix calculus.")


def _refused(run: Run, node: int, code: str, said: str, hint: str | None = None) -> ProgramError:
    site = run.sites[node]
    return problem(code, said, run.checked.span(site) if site is not None else None, hint)


def _decided(run: Run) -> ProgramError:
    """The refusal of control flow, at the first statement that may be it."""
    site = next((one for one in ast.walk(run.checked.tree) if isinstance(one, BRANCHES)), None)
    what = {ast.If: "an if", ast.While: "a while loop", ast.IfExp: "a choice"}.get(type(site), "a value") if site else "a value"
    said = f"Here {what} decides by a value what is computed: other points have other formulas, and rules work on one."
    return problem(
        "symbolic.control_flow",
        said,
        run.checked.span(site) if site is not None else None,
        "Automatic differentiation follows the branch that was taken.",
    )


def operation_error(error: OpError) -> ProgramError:
    """An operation that no rule knows, as an error of the program."""
    return problem(error.code, error.message, None, error.hint)
