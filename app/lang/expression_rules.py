"""Which expressions are in the language; each rule refuses, or gives the parts to look at next."""

from __future__ import annotations

import ast

from app.core.diagnostic import ProgramError
from app.lang.around import BODY, Around, Parts, Rule, nothing
from app.lang.builtins import CONSTANTS, DTYPES, METHODS, READS, ROOMS, TORCH_ONLY, closest, known
from app.lang.places import Places
from app.lang.refusals import ALLOWED, operator_error
from app.lang.scope import is_dialect
from app.lang.source import Edit, shown
from app.lang.statement_rules import parameters

PRODUCTS = (ast.Constant, ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.Tuple, ast.List)
"""What cannot be a function: brackets after it are meant as a product."""


def _constant(places: Places, node: ast.Constant, around: Around) -> Parts:
    value = node.value
    if isinstance(value, str) and Around.ARGUMENT not in around:
        message = "Strings are only for the options of an operation, such as norm(A, p='fro')."
        raise places.error("syntax.unsupported", message, node, "Leave the string out, or write a number or a name.")
    if isinstance(value, bytes):
        raise places.error("syntax.unsupported", "Bytes are not part of the language.", node, "Write a number.")
    if isinstance(value, complex):
        text = places.text(node)
        message = f"{shown(text)} is a complex number; the language has only real ones."
        hint = f"For a product write {shown(text[:-1])}*{text[-1]}."
        raise places.error("syntax.unsupported", message, node, hint, Edit(*places.stretch(node), f"{text[:-1]}*{text[-1]}"))
    if value is Ellipsis and Around.INDEX not in around:
        raise places.error("syntax.unsupported", "... stands for dimensions of an index, as in x[..., 0]; here it has no value.", node,
                           "Write a value.")  # fmt: skip
    return nothing(places, node, around)


def _binary(places: Places, node: ast.BinOp, around: Around) -> Parts:
    if not isinstance(node.op, ALLOWED):
        raise operator_error(places, node, node.op)
    _power_of_function(places, node)
    yield node.left, around & BODY
    yield node.right, around & BODY


def _power_of_function(places: Places, node: ast.BinOp) -> None:
    """Refuse sin^2(x): Python reads it as sin^(2(x))."""
    call = node.right.operand if isinstance(node.right, ast.UnaryOp) else node.right
    named = isinstance(node.op, ast.Pow) and isinstance(node.left, ast.Name) and node.left.id in known()
    if named and isinstance(call, ast.Call) and isinstance(call.func, ast.Constant):
        start, end = places.stretch(node)
        name_end, exponent_end = places.stretch(node.left)[1], places.stretch(call.func)[1]
        text = places.source.text
        meant = text[start:name_end] + text[exponent_end:end] + text[name_end:exponent_end]
        raise places.error(
            "source.call_brackets",
            f"{shown(text[start:end])} is written {shown(meant)}.",
            node,
            f"Write {shown(meant)}.",
            Edit(start, end, meant),
        )


def _unary(places: Places, node: ast.UnaryOp, around: Around) -> Parts:
    yield node.operand, around & BODY


def _compare(places: Places, node: ast.Compare, around: Around) -> Parts:
    left = node.left
    for op, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(op, (ast.Is, ast.IsNot, ast.In, ast.NotIn)):
            start, end = places.stretch(left)[1], places.stretch(right)[0]
            edit = Edit(start, end, " == " if isinstance(op, ast.Is) else " != ") if isinstance(op, (ast.Is, ast.IsNot)) else None
            raise operator_error(places, node, op, edit)
        left = right
    yield node.left, around & BODY
    for right in node.comparators:
        yield right, around & BODY


def _boolean(places: Places, node: ast.BoolOp, around: Around) -> Parts:
    for value in node.values:
        yield value, around & BODY


def _conditional(places: Places, node: ast.IfExp, around: Around) -> Parts:
    for part in (node.test, node.body, node.orelse):
        yield part, around & BODY


def _items(places: Places, node: ast.Tuple | ast.List, around: Around) -> Parts:
    for item in node.elts:
        yield item, around & (BODY | Around.INDEX)


def _call(places: Places, node: ast.Call, around: Around) -> Parts:
    if isinstance(node.func, PRODUCTS):
        raise _product(places, node)
    inside = Around.ARGUMENT | (Around.PRINT if isinstance(node.func, ast.Name) and node.func.id == "print" else Around.NOWHERE)
    yield node.func, (around & BODY) | Around.CALLED
    for argument in node.args:
        yield argument, (around & BODY) | inside
    seen: set[str] = set()
    for keyword in node.keywords:
        if keyword.arg is None:
            raise places.error("syntax.unsupported", "** does not take options apart here.", keyword, "Write each option out.")
        if keyword.arg in seen:
            raise places.error("syntax.scope", f"The option {keyword.arg} is given twice.", keyword, "Leave one of the two out.")
        seen.add(keyword.arg)
        yield keyword.value, (around & BODY) | inside


def _product(places: Places, node: ast.Call) -> ProgramError:
    """3(x + 1) and (x + 1)(x - 1): brackets after what is no function."""
    start, end = places.stretch(node)
    text = places.source.text
    bracket = text.index("(", places.stretch(node.func)[1])
    meant = f"{text[start:bracket].rstrip()}*{text[bracket:end]}"
    question = f" Did you mean {meant}?" if shown(meant) == meant else ""
    message = f"There is no sign before the bracket at column {places.source.column_of(bracket)}.{question}"
    return places.error("source.product", message, node, "A product needs its *.", Edit(start, bracket + 1, text[start:bracket] + "*("))


def _attribute(places: Places, node: ast.Attribute, around: Around) -> Parts:
    chain: list[ast.Attribute] = [node]
    while isinstance(inner := chain[-1].value, ast.Attribute):
        chain.append(inner)
    for part in reversed(chain):
        _readable(places, part)
    if not is_dialect(node):
        yield node.value, around & BODY


def _readable(places: Places, node: ast.Attribute) -> None:
    """Refuse private attributes, and those that neither a dialect nor a tensor has."""
    name, end = node.attr, places.stretch(node)[1]
    start = end - len(name)
    if name.startswith("_"):
        message = f"{name} is private to Python and cannot be read."
        raise places.source.error("name.attribute", message, start, end, "Names after a dot begin with a letter.")
    if is_dialect(node):
        fine = name in known() | CONSTANTS | DTYPES | ROOMS
        code, message, dot = "name.unknown", f"I don't know {places.shown(node)}.", ""
    else:
        fine = name in READS | METHODS | known()
        code, message, dot = "name.attribute", f"A tensor has no .{name}.", "."
    if not fine:
        like = None if name in TORCH_ONLY else closest(name)
        hint = TORCH_ONLY.get(name) or (f"Did you mean {dot}{like}?" if like else "The list of all functions is in the help.")
        raise places.source.error(code, message, start, end, hint, Edit(start, end, like) if like else None)


def _subscript(places: Places, node: ast.Subscript, around: Around) -> Parts:
    yield node.value, around & BODY
    yield node.slice, (around & BODY) | Around.INDEX


def _slice(places: Places, node: ast.Slice, around: Around) -> Parts:
    for part in (node.lower, node.upper, node.step):
        if part is not None:
            yield part, around & BODY


def _lambda(places: Places, node: ast.Lambda, around: Around) -> Parts:
    yield from parameters(places, node.args, around & BODY)
    yield node.body, Around.FUNCTION


def _walrus(places: Places, node: ast.NamedExpr, around: Around) -> Parts:
    hint = "Assign the name on a line of its own."
    raise places.error("syntax.unsupported", ":= is not part of the language.", node, hint)


def _formatted(places: Places, node: ast.JoinedStr, around: Around) -> Parts:
    if Around.PRINT not in around:
        raise places.error("syntax.unsupported", "An f-string is only for print.", node, "Leave it out; the graph shows every value.")
    for part in ast.walk(node):
        if part is not node and isinstance(part, ast.expr):
            ast.copy_location(part, node)  # Python 3.11 has wrong places inside an f-string
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            yield value.value, around & BODY


EXPRESSIONS: dict[type[ast.AST], Rule] = {
    ast.Constant: _constant,
    ast.Name: nothing,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.IfExp: _conditional,
    ast.Tuple: _items,
    ast.List: _items,
    ast.Call: _call,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Lambda: _lambda,
    ast.NamedExpr: _walrus,
    ast.JoinedStr: _formatted,
}
