"""One cursor, many views; numbers that are true and the same everywhere: requirements 9 to 13, 16 and 17."""

from __future__ import annotations

import re

import pytest

SURVEY = "?v=1&ex=survey-1"
CURRENT = """() => {
  const views = {code: "#program", graph: "#stage-panel", trace: "#trace", formula: "#formula"};
  const steps = (root) => [...document.querySelectorAll(`${root} [aria-current=step]`)].map((one) => one.dataset.step);
  return Object.fromEntries(Object.entries(views).map(([view, root]) => [view, steps(root)]));
}"""
LIT = """() => ({
  graph: [...document.querySelectorAll("#stage [data-node].lit")].map((node) => node.dataset.node),
  trace: [...new Set([...document.querySelectorAll("#trace-body tr.lit")].map((row) => row.dataset.node))],
  code: document.querySelectorAll("#editor .mark-lit, #inputs .lit").length,
})"""
VIEWS = ("code", "graph", "trace", "formula")


def test_09_each_view_has_exactly_one_current_element_and_all_share_one_step(visit):
    explorer = visit(f"{SURVEY}&mode=both&step=1")
    for step in range(1, explorer.total() + 1):
        found = explorer.page.evaluate(CURRENT)
        assert found == {view: [str(step - 1)] for view in VIEWS}, step
        explorer.press("ArrowRight")


def test_09_at_the_start_nothing_is_current(visit):
    found = visit(f"{SURVEY}&step=0").page.evaluate(CURRENT)
    assert found == {view: [] for view in VIEWS}


def lit(explorer, node: str) -> None:
    """The node is lit in all three views, within 100 ms."""
    explorer.page.wait_for_timeout(100)
    found = explorer.page.evaluate(LIT)
    assert found["graph"] == [node]
    assert found["trace"] == [node]
    assert found["code"] >= 1


def test_10_pointing_at_a_token_a_node_or_a_row_lights_the_other_views(visit):
    explorer = visit(f"{SURVEY}&step=16")
    page = explorer.page
    page.hover("#stage [data-node='3'] .frame", force=True)
    lit(explorer, "3")
    page.hover("#trace-body tr[data-node='4'] th")
    lit(explorer, "4")
    box = page.locator("#editor .cm-line").nth(2).bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
    lit(explorer, "4")
    page.hover("#inputs [data-name='x1'] .field-name")
    lit(explorer, "0")


def test_10_the_keyboard_lights_as_the_pointer_does(visit):
    explorer = visit(f"{SURVEY}&step=16")
    page = explorer.page
    page.mouse.move(2, 2)
    page.focus("#trace-body tr[data-node='5'] .step-button")
    lit(explorer, "5")
    page.focus("#inputs [data-name='x2'] [data-role=value]")
    lit(explorer, "1")
    page.focus("#stage .stage-walk")
    explorer.press("Enter", "ArrowRight")
    page.wait_for_timeout(100)
    assert len(page.evaluate(LIT)["trace"]) == 1


def test_11_the_caret_lights_its_node(visit):
    explorer = visit(f"{SURVEY}&step=16")
    page = explorer.page
    page.focus("#editor .cm-content")
    explorer.press("ControlOrMeta+Home")
    page.mouse.move(2, 2)
    lit(explorer, "2")
    explorer.press("ArrowDown")
    lit(explorer, "3")


def test_12_the_same_quantity_has_the_same_string_in_every_view(visit):
    explorer = visit(f"{SURVEY}&step=14")
    explorer.press("Shift+ArrowRight")
    assert explorer.text("#trace-body [aria-current=step] + td") == "−0.2837 + 2"
    assert "x̄₂ −0.2837 ◂" in explorer.text("#stage [data-node='1']")
    explorer.press("Shift+ArrowRight")
    assert explorer.text("#trace-body [aria-current=step] + td") == "1.716"
    assert "x̄₂ 1.716 ◂" in explorer.text("#stage [data-node='1']")
    assert "−0.2837+2≈1.716" in explorer.text("#formula").replace(" ", "").replace("\u200b", "")
    assert "minus 0.2837, x 2 bar is now 1.716" in explorer.text("#explain")
    assert explorer.text("#stage [data-node='2'] .primal").startswith("0.6931")
    assert explorer.text("#trace-body tr[data-node='2'] .primal") == "0.6931"


def test_13_a_dash_stands_until_a_zero_is_written(visit):
    explorer = visit(f"{SURVEY}&mode=forward&step=3")
    assert explorer.text("#trace-body tr[data-node='4'] .tangent") == "–"
    assert "–" in explorer.text("#stage [data-node='4']")
    explorer.go(5)
    assert explorer.text("#trace-body tr[data-node='4'] .tangent") == "0"


def numbers(text: str) -> list[str]:
    return re.findall(r"−?\d+(?:\.\d+)?", text)


def test_16_what_is_shown_is_what_the_engine_says(visit):
    explorer = visit(SURVEY)
    explorer.press("End")
    answer = explorer.trace(source="v1 = log(x1)\nv2 = x1*x2\nv3 = sin(x2)\nv4 = v1 + v2\nv5 = v4 - v3", inputs={"x1": 2, "x2": 5})
    for node in answer["nodes"]:
        shown = explorer.text(f"#trace-body tr[data-node='{node['id']}'] .primal").replace("−", "-")
        assert float(shown) == pytest.approx(node["primal"], rel=5e-4)
        adjoint = numbers(explorer.text(f"#stage [data-node='{node['id']}'] .adjoint text").split(" ", 1)[1])[0].replace("−", "-")
        assert float(adjoint) == pytest.approx(node["adjoint"], rel=5e-4)


def test_17_the_second_line_has_the_operands_of_the_step(visit):
    explorer = visit(f"{SURVEY}&step=4")
    line = explorer.page.locator(".formula-line").nth(1)
    assert line.inner_text().replace("\n", "").replace("\u200b", "").replace(" ", "").endswith("=2⋅5=10")
    explorer.go(15)
    assert line.inner_text().replace("\n", "").replace("\u200b", "").replace(" ", "").endswith("=1⋅2=2")
