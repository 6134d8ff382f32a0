"""axe-core finds nothing serious on any face of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  const told = (node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`;
  const grave = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
  return grave.map((one) => [one.id, one.nodes.map(told).slice(0, 4)]);
}"""
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def axe(explorer) -> list[object]:
    """What axe has against the page as it stands; its script comes in through the debugger, which no policy binds."""
    explorer.page.evaluate(AXE.read_text())
    return explorer.page.evaluate(RUN)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["?v=1&ex=survey-1&step=14&mode=both", "?v=1&ex=affine&step=5"])
def test_33_the_page_is_accessible(visit, query: str, scheme: str):
    assert axe(visit(query, color_scheme=scheme)) == []


def test_33_the_phone_is_accessible(visit):
    explorer = visit("?v=1&ex=survey-1&step=14", **PHONE)
    for tab in ("graph", "trace", "code", "explain"):
        explorer.page.click(f"#tab-{tab}")
        assert axe(explorer) == [], tab


def test_33_the_sheets_are_accessible(visit):
    explorer = visit()
    for button in ("examples", "settings", "help"):
        explorer.page.click(f".head-{button}")
        assert axe(explorer) == [], button
        explorer.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_33_the_views_beside_the_graph_are_accessible(visit, scheme: str):
    explorer = visit("?v=1&ex=where-nan&side=value&node=x.adjoint", color_scheme=scheme)
    explorer.page.wait_for_selector(".value-reason")
    assert axe(explorer) == []
    explorer.page.get_by_role("tab", name="Paths").click()
    explorer.page.get_by_label("= overwrites").check()
    assert axe(explorer) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_33_the_pictures_of_a_tensor_are_accessible(visit, scheme: str):
    explorer = visit("?v=1&ex=broadcasting&side=value&node=M.primal&step=9", color_scheme=scheme)
    explorer.page.wait_for_selector(".tensor-row")
    explorer.press("t")
    assert axe(explorer) == []
    explorer.page.get_by_role("button", name="Larger").click()
    assert axe(explorer) == []


def test_33_a_problem_is_accessible(visit):
    explorer = visit()
    explorer.write("y = foo(x)")
    explorer.wait_problem()
    assert axe(explorer) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_33_both_sweeps_the_search_and_the_share_dialog_are_accessible(visit, scheme: str):
    explorer = visit("?v=1&ex=survey-1&step=12&mode=both&view=sweeps", color_scheme=scheme)
    explorer.page.wait_for_timeout(500)
    assert axe(explorer) == []
    explorer = visit("?v=1&ex=survey-1&step=12", color_scheme=scheme)
    explorer.press("/")
    explorer.page.wait_for_selector(".find-item")
    assert axe(explorer) == []
    explorer.press("Escape", "s")
    explorer.page.wait_for_selector("dialog[open] .qr")
    assert axe(explorer) == []


@pytest.mark.parametrize(
    "path",
    [
        "worksheet?v=1&ex=survey-1",
        "compare?v=1&pair=softmax",
        "compare?v=1&left=y+%3D+x+%2B&right=y+%3D+x&at=x:2&theme=dark",
        "embed?v=1&ex=survey-1&step=9",
        "?v=1&ex=survey-1&step=3&role=notes",
        "docs/errors",
    ],
)
def test_33_the_other_pages_are_accessible(visit, path: str):
    explorer = visit(path, drawn=False)
    explorer.page.wait_for_timeout(1500)
    assert axe(explorer) == []
