"""The graph for other people's drawing programs: DOT for Graphviz, TikZ for LaTeX."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.core.formatting import upright
from app.wire.texts.formulas import marked, symbol
from app.wire.texts.reading import Json, is_scalar, latex, name, operation, partial, shown

SHAPES = {"input": "box, peripheries=2", "constant": "plaintext", "op": "box"}
ACROSS, DOWN, LINE, MOST_ROWS = 4.2, 1.1, 0.52, 8
"""Centimetres between layers, of a node without numbers, and of a line; rows of a matrix that are written out."""


def dot(answer: Json, digits: int | None) -> str:
    """DOT: a node with its numbers, an edge with its partial, groups as clusters."""
    nodes, outputs = answer["nodes"], set(answer["outputs"])
    lines = [
        "digraph wengert {",
        "  rankdir=LR;",
        '  node [fontname="sans-serif", style=rounded];',
        '  edge [fontname="sans-serif", fontsize=10];',
    ]
    members: dict[int | None, list[Json]] = {}
    for node in nodes:
        members.setdefault(node["group"], []).append(node)
    lines += [f"  {_dot_node(node, nodes, outputs, digits)}" for node in members.pop(None, [])]
    lines += _clusters(answer, members, outputs, digits)
    lines += [f"  {line}" for node in nodes for line in _dot_edges(node, digits)]
    return "\n".join([*lines, "}", ""])


def _clusters(answer: Json, members: dict[int | None, list[Json]], outputs: set[int], digits: int | None) -> Iterator[str]:
    """Groups in groups."""
    nodes = answer["nodes"]
    children: dict[int | None, list[Json]] = {}
    for group in answer["groups"]:
        children.setdefault(group.get("parent"), []).append(group)
    left = [(group, 1) for group in reversed(children.get(None, []))]
    ends: list[int] = []
    while left:
        group, depth = left.pop()
        while ends and ends[-1] >= depth:
            yield "  " * ends.pop() + "}"
        pad = "  " * (depth + 1)
        yield "  " * depth + f"subgraph cluster_{group['id']} {{"
        yield f"{pad}label={_quoted(str(group['label']))};"
        yield from (pad + _dot_node(node, nodes, outputs, digits) for node in members.get(group["id"], []))
        ends.append(depth)
        left += [(child, depth + 1) for child in reversed(children.get(group["id"], []))]
    while ends:
        yield "  " * ends.pop() + "}"


def _dot_node(node: Json, nodes: list[Json], outputs: set[int], digits: int | None) -> str:
    title = name(node) if node["kind"] != "op" else f"{name(node)} = {operation(node, nodes)}"
    lines = [title] if node["kind"] == "constant" else [title, shown(node["primal"], digits)]
    lines += [f"tangent {shown(node['tangent'], digits)}"] if "tangent" in node and node["kind"] != "constant" else []
    lines += [f"adjoint {shown(node['adjoint'], digits)}"] if "adjoint" in node and node["kind"] != "constant" else []
    width = ", penwidth=3" if node["id"] in outputs else ""
    return f"n{node['id']} [shape={SHAPES[node['kind']]}{width}, label={_quoted(chr(10).join(lines))}];"


def _dot_edges(node: Json, digits: int | None) -> Iterator[str]:
    for slot, source in enumerate(node["inputs"]):
        slope = partial(node, slot)
        label = shown(slope, digits) if is_scalar(slope) and not _is_structure(slope) else slope if _is_structure(slope) else ""
        yield f"n{source} -> n{node['id']} [label={_quoted(str(label))}];"


def _is_structure(slope: object) -> bool:
    """Whether an edge has a word instead of a number: diagonal, matmul, …"""
    return isinstance(slope, str) and slope.islower()


def _quoted(text: str) -> str:
    """A string of DOT."""
    return json.dumps(text, ensure_ascii=False)


def tikz(answer: Json, digits: int | None) -> str:
    """A document of its own: nodes in layers by their depth, edges with their partials."""
    nodes, outputs = answer["nodes"], set(answer["outputs"])
    places = _places(nodes)
    lines = [r"\documentclass[tikz,border=8pt]{standalone}", r"\usepackage{amsmath}", r"\usetikzlibrary{backgrounds}", r"\begin{document}"]
    lines += [
        r"\begin{tikzpicture}[node/.style={draw, rounded corners, align=center, font=\small, fill=white},",
        r"  partial/.style={fill=white, inner sep=1pt, font=\scriptsize, near end}]",
    ]
    lines += [_tikz_node(node, places[node["id"]], outputs, digits) for node in nodes]
    lines += [r"\begin{scope}[on background layer]", *[line for node in nodes for line in _tikz_edges(node, digits)], r"\end{scope}"]
    return "\n".join([*lines, r"\end{tikzpicture}", r"\end{document}", ""])


def _places(nodes: list[Json]) -> list[tuple[float, float]]:
    """Centimetres: layers by the longest way from the inputs, constants beside their first use, within a layer by the operands' heights."""
    layer = [0] * len(nodes)
    for node in nodes:
        layer[node["id"]] = max((layer[i] + 1 for i in node["inputs"]), default=0)
    for node in reversed(nodes):
        for source in node["inputs"]:
            if nodes[source]["kind"] == "constant":
                layer[source] = max(layer[node["id"]] - 1, 0)
    rows: dict[int, list[int]] = {}
    for node in nodes:
        rows.setdefault(layer[node["id"]], []).append(node["id"])
    middle = [0.0] * len(nodes)
    for depth in sorted(rows):
        wanted = {i: [middle[s] for s in nodes[i]["inputs"]] for i in rows[depth]}
        ordered = sorted(rows[depth], key=lambda i: (-sum(wanted[i]) / len(wanted[i]) if wanted[i] else 0.0, i))
        sizes = [_height(nodes[i]) for i in ordered]
        top = sum(sizes) / 2
        for i, size in zip(ordered, sizes, strict=True):
            middle[i] = top - size / 2
            top -= size
    return [(layer[node["id"]] * ACROSS, middle[node["id"]]) for node in nodes]


def _height(node: Json) -> float:
    """Centimetres that a node takes with its margin: a line each for its rule and its numbers, more for matrices."""
    values = [] if node["kind"] == "constant" else [node[name] for name in ("primal", "tangent", "adjoint") if name in node]
    return DOWN + sum(LINE * (min(len(value), MOST_ROWS) if isinstance(value, list) else 1) for value in values)


def _tikz_node(node: Json, place: tuple[float, float], outputs: set[int], digits: int | None) -> str:
    at = f"at ({place[0]:.2f}, {place[1]:.2f})"
    if node["kind"] == "constant":
        return rf"\node[font=\small] (n{node['id']}) {at} {{$\text{{{upright(str(node['label']))}}}$}};"
    rule = f"{symbol(node)} = {node['latex']}" if node["kind"] == "op" else symbol(node)
    lines = [f"${rule}$", f"${latex(node['primal'], digits)}$"]
    lines += [f"${marked('dot', node)} = {latex(node['tangent'], digits)}$"] if "tangent" in node else []
    lines += [f"${marked('bar', node)} = {latex(node['adjoint'], digits)}$"] if "adjoint" in node else []
    style = "node" + (", double" if node["kind"] == "input" else ", very thick" if node["id"] in outputs else "")
    text = r" \\ ".join(lines)
    return rf"\node[{style}] (n{node['id']}) {at} {{{text}}};"


def _tikz_edges(node: Json, digits: int | None) -> Iterator[str]:
    for slot, source in enumerate(node["inputs"]):
        slope = partial(node, slot)
        label = rf"\text{{{slope}}}" if _is_structure(slope) else latex(slope, digits) if is_scalar(slope) else ""
        turn = 18 * node["inputs"][:slot].count(source)
        yield rf"\draw[->] (n{source}.east) to[out={-turn}, in={180 + turn}] node[partial] {{${label}$}} (n{node['id']}.west);"
