"""The trace as LaTeX: the evaluation trace of the textbooks, primals and tangents down, adjoints up."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.formatting import name_latex, upright
from app.wire.texts.reading import Event, Json, events, latex

PLAIN = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
HEAD = "% needs amsmath\n"


def latex_text(answer: Json, digits: int | None) -> str:
    """Two arrays, each in a display of its own."""
    forward = _display("rlr" + ("r" if _has_tangents(answer) else ""), _forward(answer, digits))
    reverse = [event for event in events(answer) if event.kind != "forward"]
    return HEAD + forward + (_display("rlr", _reverse(reverse, digits)) if reverse else "")


def _has_tangents(answer: Json) -> bool:
    return answer["mode"] in ("forward", "both")


def _display(columns: str, rows: Iterator[list[str]]) -> str:
    body = " \\\\\n".join("  " + " & ".join(row) for row in rows)
    return f"\\[\n\\begin{{array}}{{{columns}}}\n{body}\n\\end{{array}}\n\\]\n"


def _forward(answer: Json, digits: int | None) -> Iterator[list[str]]:
    yield [r"\text{step}", r"\text{rule}", r"\text{primal}", *([r"\text{tangent}"] if _has_tangents(answer) else [])]
    for event in events(answer):
        if event.kind != "forward":
            continue
        node = event.node
        rule = f"{symbol(node)} = {node['latex']}" if node["kind"] == "op" else symbol(node)
        tangent = [rf"{marked('dot', node)} = {latex(node.get('tangent'), digits)}"] if _has_tangents(answer) else []
        yield [str(event.number), rule, latex(node["primal"], digits), *tangent]


def _reverse(reverse: list[Event], digits: int | None) -> Iterator[list[str]]:
    yield [r"\text{step}", r"\text{adjoint rule}", r"\text{adjoint}"]
    for event in reverse:
        value = latex(event.after, digits)
        if event.to is None:
            yield [str(event.number), rf"{marked('bar', event.node)} = {latex(event.value, digits)}", value]
            continue
        edge = rf"\frac{{\partial {symbol(event.node)}}}{{\partial {symbol(event.to)}}}"
        rule = rf"{marked('bar', event.to)} \mathrel{{+}}= {marked('bar', event.node)} \, {edge} = {latex(event.value, digits)}"
        yield [str(event.number), rule, value]


def symbol(node: Json) -> str:
    """A node in formulas: the user's name with its version raised, else the v-number; a constant by its value."""
    if node["kind"] == "constant":
        return rf"\text{{{upright(str(node['label']))}}}"
    base, raised = _named(node)
    return base + raised


def marked(mark: str, node: Json) -> str:
    r"""The tangent \dot v or the adjoint \bar v of a node: the mark sits on the letter, not on its index."""
    base, raised = _named(node)
    letter, _, index = base.partition("_") if not base.startswith(r"\text") else (base, "", "")
    return rf"\{mark}{{{letter}}}" + (f"_{index}" if index else "") + raised


def _named(node: Json) -> tuple[str, str]:
    """A node's name as LaTeX, and the version that is raised behind it."""
    label = str(node["label"])
    if node["kind"] == "op" and label == node["op"]:
        return str(node["v"]), ""
    plain = label.rstrip("'₀₁₂₃₄₅₆₇₈₉")
    version = label[len(plain) :]
    return name_latex(plain), version if version.startswith("'") or not version else f"^{{({version.translate(PLAIN)})}}"
