"""Names that mean something to a browser are names like others, and markup is text."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

ODD = ("constructor", "toString", "hasOwnProperty", "prototype", "valueOf", "then")
MARKUP = "<img src=x onerror=window.hit=1>"


def link(source: str, **rest: str) -> str:
    """A link to a program."""
    return f"?v=1&e={quote(source)}" + "".join(f"&{key}={quote(value)}" for key, value in rest.items())


@pytest.mark.parametrize("side", ["trace", "value", "paths"])
def test_names_of_the_browser_are_names_of_a_program(visit, side: str):
    source = f"y = {' * '.join(ODD)}\nz = y + constructor"
    at = ",".join(f"{name}:{number + 1}" for number, name in enumerate(ODD))
    explorer = visit(link(source, at=at, side=side, mode="both"))
    explorer.press("End")
    expect(explorer.page.locator("#stage [data-node='0'] .chip.adjoint text")).to_contain_text("721")
    if side == "paths":
        expect(explorer.page.locator(".paths-table tbody tr")).to_have_count(2)
        expect(explorer.page.locator(".paths-body")).to_contain_text("constructor → z")
    if side == "value":
        expect(explorer.page.locator(".value-choice option >> nth=3")).to_be_attached()


def test_a_dunder_is_refused_in_words_and_nothing_else_happens(visit):
    explorer = visit(link("y = __proto__ + 1", at="__proto__:2"), drawn=False)
    expect(explorer.page.locator("#problem")).to_contain_text("__proto__")


@pytest.mark.parametrize(
    "query",
    [
        link(MARKUP),
        link("y = x", at=f"{MARKUP}:1"),
        link("y = x", out=MARKUP),
        f"?v=1&ex={quote(MARKUP)}",
        link("y = x", node=MARKUP, path=MARKUP, side="paths"),
    ],
)
def test_markup_in_a_link_stays_text(visit, query: str):
    page = visit(query, drawn=False).page
    page.wait_for_selector("body[data-asked=true]")
    assert page.evaluate("window.hit === undefined && document.querySelector('img') === null")
