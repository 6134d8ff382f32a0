"""LaTeX templates filled with names: ``{0}``, ``{1}`` for the operands, ``{z}`` for the result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

PLACE = re.compile(r"\{(\d+|z)\}")


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """A template as its text in between and the places to fill; -1 is the result."""
    pieces = PLACE.split(template)
    return tuple(pieces[0::2]), tuple(-1 if p == "z" else int(p) for p in pieces[1::2])


def fill(template: str, names: Sequence[str], own: str) -> str:
    """The template with the operands' names and the node's own in place."""
    texts, places = _parts(template)
    if not places:
        return template
    made = [texts[0]]
    for text, place in zip(texts[1:], places, strict=True):
        if place >= len(names):
            made.append(f"{{{place}}}")  # no such operand: the digit stands for itself, as in a bold 1
        else:
            name = own if place < 0 else names[place]
            raised_twice = "^" in name and text.startswith("^")
            made.append(f"{{{name}}}" if made[-1][-1:].isalpha() or raised_twice else name)  # the argument of a macro keeps its braces
        made.append(text)
    return "".join(made)
