"""axe-core finds nothing serious on any face of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
RUN = "() => axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).slice(0, 4)]))"
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def axe(explorer) -> list[object]:
    """What axe has against the page as it stands; its script comes in through the debugger, which no policy binds."""
    explorer.page.evaluate(AXE.read_text())
    return explorer.page.evaluate(RUN)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["?v=1&ex=survey-1&step=14&mode=both", "?v=1&ex=affine&step=5"])
def test_33_the_page_is_accessible(visit, query: str, scheme: str):
    assert axe(visit(query, color_scheme=scheme)) == []


@pytest.mark.parametrize("tab", ["graph", "trace", "code", "explain"])
def test_33_the_phone_is_accessible(visit, tab: str):
    explorer = visit("?v=1&ex=survey-1&step=14", **PHONE)
    explorer.page.click(f"#tab-{tab}")
    assert axe(explorer) == []


@pytest.mark.parametrize("button", ["examples", "settings", "help"])
def test_33_the_sheets_are_accessible(visit, button: str):
    explorer = visit()
    explorer.page.click(f".head-{button}")
    assert axe(explorer) == []


def test_33_a_problem_is_accessible(visit):
    explorer = visit()
    explorer.write("y = foo(x)")
    explorer.wait_problem()
    assert axe(explorer) == []
