"""The sign = where it does not assign a name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from app.lang.complaints.complaint import Complaint, Draft, depths
from app.lang.source import Edit, shown
from app.lang.tokens import CLOSING, KEYWORDS, OPENING, VALUES, Token, is_operand_end

CONDITIONS = frozenset({"if", "elif", "while"})


def complaints(draft: Draft) -> Iterator[Complaint]:
    """The first = of each statement that is not right."""
    for statement in draft.statements:
        found = _of_statement(draft, statement)
        if found is not None:
            yield found


def _of_statement(draft: Draft, statement: list[Token]) -> Complaint | None:
    level, naming = depths(statement), _naming(statement)
    start, conditional = 0, False
    for place, token in enumerate(statement):
        if _is(token, "=") and place + 1 < len(statement) and statement[place + 1].text in {"<", ">", "="}:
            return None  # an operator that another module knows
        if level[place] > 0:
            if _is(token, "=") and not naming[place]:
                return _comparison(draft, token)
        elif _is(token, ":="):
            return _colon_equals(token)
        elif _is(token, ":") and statement[start].text in {*CONDITIONS, "for"}:
            start, conditional = place + 1, False
        elif _is(token, "="):
            found = _of_assignment(draft, statement, start, place, conditional=conditional)
            if found is not None:
                return found
            start = place + 1
        conditional = conditional or (token.text in CONDITIONS and level[place] == 0)
    return None


def _is(token: Token, sign: str) -> bool:
    return token.text == sign and token.kind == "op"


def _of_assignment(draft: Draft, statement: list[Token], start: int, place: int, *, conditional: bool) -> Complaint | None:
    """An = outside brackets: what stands left of it, from ``start``, must be names."""
    target = statement[start:place]
    if target and target[0].text == "for":
        return _for(statement, start, place)
    if conditional:
        return _comparison(draft, statement[place])
    if len(target) == 1 and target[0].text in KEYWORDS - VALUES:
        return word_of_python(target[0])
    if target and is_operand_end(target[-1]) and not _is_target(target) and not _declares(target):
        return _bad_target(draft, statement, target, place)
    return None


def _naming(statement: list[Token]) -> list[bool]:
    """Whether an = at each place would name an option of a call, or a default."""
    stack: list[tuple[bool, bool]] = [(False, False)]  # of each open bracket: whether it calls, whether it holds a lambda
    found = []
    for place, token in enumerate(statement):
        if token.kind == "op" and token.text in CLOSING and len(stack) > 1:
            stack.pop()
        if token.text == "lambda":
            stack[-1] = (stack[-1][0], True)
        calls, holds = stack[-1]
        found.append(holds or (calls and place > 1 and statement[place - 1].kind == "name" and statement[place - 2].text in {"(", ","}))
        if token.kind == "op" and token.text in OPENING:
            stack.append((token.text == "(" and place > 0 and is_operand_end(statement[place - 1]), False))
    return found


def _is_target(tokens: list[Token]) -> bool:
    """Whether names, elements, attributes or tuples of them can be meant."""
    if tokens[-1].text == ")" and tokens[0].text != "(":
        return False
    level = depths(tokens)
    fine = {",", ".", "*", "(", ")", "[", "]", ":"}
    return all(
        depth > 0 or (token.kind == "name" and token.text not in KEYWORDS) or token.text in fine
        for token, depth in zip(tokens, level, strict=True)
    )


def _declares(tokens: list[Token]) -> bool:
    """Whether the words before = are a slip that another module knows."""
    return any(t.kind in {"sign", "quote"} for t in tokens) or any(
        is_operand_end(a) and b.kind in {"name", "number"} for a, b in itertools.pairwise(tokens)
    )


def _comparison(draft: Draft, token: Token) -> Complaint:
    message = f"= at column {draft.column(token)} assigns a name; to compare two values write ==."
    return Complaint("source.syntax", message, token.start, token.end, "Write ==.", [Edit(token.start, token.end, "==")])


def _for(statement: list[Token], start: int, place: int) -> Complaint:
    """for i = 1 to 10."""
    message = "A for goes over values with in, not with =."
    variable = statement[start + 1].text if place > start + 1 else "i"
    first, last = statement[start], statement[place]
    return Complaint("source.syntax", message, first.start, last.end, f"Write for {variable} in range(10):", [])


def _colon_equals(token: Token) -> Complaint:
    """x := 1."""
    message = ":= is not part of the language: a name is assigned with =."
    return Complaint("syntax.unsupported", message, token.start, token.end, "Write =.", [Edit(token.start, token.end, "=")])


def _bad_target(draft: Draft, statement: list[Token], target: list[Token], place: int) -> Complaint:
    """f(x) = x**2, 2 = x, x + 1 = y, lambda = 3."""
    first, last = target[0], target[-1]
    text = draft.between(first, last)
    right = draft.between(statement[place + 1], statement[-1]) if place + 1 < len(statement) else ""
    if len(target) > 2 and first.kind == "name" and target[1].text == "(" and last.text == ")" and first is statement[0]:
        edit = Edit(first.start, statement[-1].end, f"def {text}: return {right}")
        message = f"A function is defined with def, not with {shown(text)} =."
        return Complaint("syntax.assign", message, first.start, last.end, f"Write def {shown(text)}: return …", [edit] if right else [])
    edits = [Edit(statement[place].start, statement[place].end, "==")]
    rest = statement[place + 1 :]
    if len(rest) == 1 and rest[0].kind == "name" and first is statement[0]:
        edits.insert(0, Edit(first.start, rest[0].end, f"{rest[0].text} = {text}"))
    message = f"{shown(text)} cannot be assigned: left of = stands a name."
    return Complaint("syntax.assign", message, first.start, last.end, "Write the name left and the value right of =.", edits)


def word_of_python(token: Token) -> Complaint:
    """A word of Python that stands where a name should."""
    message = f"{token.text} is a word of Python and cannot be a name."
    edits = [Edit(token.start, token.end, token.text + "_")]
    return Complaint("source.name", message, token.start, token.end, f"Choose another name, such as {token.text}_.", edits)
