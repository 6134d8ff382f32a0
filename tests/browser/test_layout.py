"""Sizes: no scrolling of the page, targets that fingers hit, and contrast of every pair of tokens: requirements 27, 28 and 38."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

TOKENS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text()
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
LARGE = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
PAIRS = {name: (light, dark) for name, light, dark in LARGE.findall(TOKENS)}
TEXT = [
    *[
        (ink, paper)
        for ink in ("text", "muted", "primal", "tangent", "adjoint", "accent", "ok", "error", "warning")
        for paper in ("bg", "surface", "raised")
    ],
    *[("text", paper) for paper in ("rail-fill", "rail-tint", "lit", "accent-fill", "error-fill")],
    ("tangent-text", "tangent-fill"),
    ("adjoint-text", "adjoint-fill"),
    ("on-accent", "accent"),
    ("muted", "error-fill"),
    ("error", "error-fill"),
    ("accent", "accent-fill"),
    ("primal", "rail-fill"),
    ("muted", "lit"),
    ("adjoint", "lit"),
    ("tangent", "lit"),
    ("adjoint", "rail-fill"),
    ("tangent", "rail-fill"),
]
MARKS = [(mark, paper) for mark in ("border", "rail", "accent", "focus-inner") for paper in ("bg", "surface")] + [
    ("focus-inner", "focus-outer")
]
SMALL = """(least) => {
  const controls = "button, select, input:not(.visually-hidden), summary, a[href], [role=tab], label.mode";
  const seen = [...document.querySelectorAll(controls)].filter((one) => one.offsetParent && !one.closest(".visually-hidden, .skip"));
  const sizes = seen.map((one) => [one.className || one.tagName, (one.closest("label") ?? one).getBoundingClientRect()]);
  return sizes.map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])
    .filter(([, width, height]) => width > 0 && (width < least || height < least));
}"""
SIDEWAYS = """() => [document.scrollingElement, ...document.querySelectorAll("#trace-body, #program, #inputs-body, .centre")]
  .filter((one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1).map((one) => one.id || one.tagName)"""
SCROLL = """() => {
  const root = document.scrollingElement;
  return [root.scrollWidth - root.clientWidth, root.scrollHeight - root.clientHeight];
}"""
CUT = """(selector) => [...document.querySelectorAll(selector)]
  .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => `${one.scrollWidth} in ${one.clientWidth}`)"""
UNDER_BUTTONS = """() => {
  const buttons = document.querySelector(".stage-zoom").getBoundingClientRect();
  const covered = ({ right, bottom }) => right > buttons.left && bottom > buttons.top;
  return [...document.querySelectorAll("#stage .node.current, #stage .node.target")]
    .filter((card) => covered(card.querySelector(".frame").getBoundingClientRect())).map((card) => card.dataset.node);
}"""
PLAYER_IS_AT_THE_BOTTOM = "() => Math.round(document.querySelector('#player').getBoundingClientRect().bottom) === innerHeight"


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), TEXT, ids=lambda name: name)
def test_27_text_has_a_contrast_of_four_and_a_half(ink: str, paper: str, theme: int):
    assert contrast(PAIRS[ink][theme], PAIRS[paper][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "paper"), MARKS, ids=lambda name: name)
def test_27_marks_and_borders_have_a_contrast_of_three(mark: str, paper: str, theme: int):
    assert contrast(PAIRS[mark][theme], PAIRS[paper][theme]) >= 3


def test_28_targets_are_24_pixels_on_a_desktop(visit):
    explorer = visit("?v=1&ex=affine&step=4")
    assert explorer.page.evaluate(SMALL, 24) == []
    explorer.press("e")
    assert explorer.page.evaluate(SMALL, 24) == []


def test_28_targets_are_44_pixels_on_a_phone(visit):
    explorer = visit("?v=1&ex=affine&step=4", **PHONE)
    for tab in ("graph", "trace", "code", "explain"):
        explorer.page.click(f"#tab-{tab}")
        assert explorer.page.evaluate(SMALL, 43) == [], tab


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (1280, 720)])
def test_38_a_desktop_page_does_not_scroll(visit, width: int, height: int):
    explorer = visit("?v=1&ex=two-layers&step=9", width=width, height=height)
    scroll = explorer.page.evaluate(SCROLL)
    assert scroll == [0, 0]


def test_38_a_phone_does_not_scroll_sideways(visit):
    explorer = visit("?v=1&ex=survey-1&step=9&mode=both", **PHONE)
    for tab in ("graph", "trace", "code", "explain"):
        explorer.page.click(f"#tab-{tab}")
        assert explorer.page.evaluate(SIDEWAYS) == [], tab


@pytest.mark.parametrize("query", ["ex=as-many-as", "ex=doubling", "ex=recurrent-cell"])
def test_the_cells_of_inputs_and_seeds_are_not_cut(visit, query: str):
    explorer = visit(f"?v=1&{query}")
    assert explorer.page.evaluate(CUT, "#inputs .cells, #inputs .sizes, #seed .cells") == []


@pytest.mark.parametrize("query", ["ex=where-nan&step=4", "ex=batch-norm&step=23", "ex=doubling&step=26"])
def test_formulas_are_typeset_and_stay_on_their_card(visit, query: str):
    explorer = visit(f"?v=1&{query}")
    expect(explorer.page.locator("#formula .katex-error")).to_have_count(0)
    assert explorer.page.evaluate(CUT, ".formula-card") == []


@pytest.mark.parametrize("query", ["ex=survey-1&step=15", "ex=two-layers&step=40", "ex=gradient-descent&step=90"])
def test_the_cards_of_a_step_are_clear_of_the_buttons(visit, query: str):
    explorer = visit(f"?v=1&{query}")
    assert explorer.page.evaluate(UNDER_BUTTONS) == []


def test_38_a_program_is_typed_on_a_phone(visit):
    explorer = visit("", **PHONE)
    explorer.page.click("#tab-code")
    explorer.write("y = x1*")
    explorer.page.click("#key-row button:has-text('x')")
    explorer.page.keyboard.type("2")
    explorer.wait_built()
    explorer.page.click("#tab-graph")
    expect(explorer.page.locator("#stage [data-node]")).to_have_count(3)
    expect(explorer.page.locator("#summary")).to_have_text("y = x1*x2")
    assert explorer.page.evaluate(PLAYER_IS_AT_THE_BOTTOM)
