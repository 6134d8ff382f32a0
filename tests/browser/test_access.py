"""Without a mouse, without colours, without sight: requirements 26, 30, 31, 32, 33 and 34."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from test_axe import axe

SURVEY = "?v=1&ex=survey-1"

RING = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const box = at.getBoundingClientRect();
  const player = document.getElementById("player").getBoundingClientRect();
  const label = at.closest("label");
  const style = getComputedStyle(at.matches(".visually-hidden") && label ? label : at);
  return {
    name: `${at.tagName} ${at.id} ${at.className}`,
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    hidden: !document.getElementById("player").contains(at) && box.height < 600
      && box.bottom > player.top + 1 && box.top < player.bottom,
  };
}"""

CUT = """() => [...document.querySelectorAll(".header *, .player *, .tabs *")]
  .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.className)"""

LIVE = """() => {
  window.said = [];
  const live = document.getElementById("live");
  const hear = () => live.textContent && window.said.push(live.textContent);
  new MutationObserver(hear).observe(live, {childList: true, characterData: true, subtree: true});
}"""


def test_26_the_focus_has_a_ring_and_is_never_under_the_player(visit):
    explorer = visit(f"{SURVEY}&step=9")
    explorer.page.evaluate("document.activeElement.blur()")
    seen = set()
    for _ in range(70):
        explorer.press("Tab")
        found = explorer.page.evaluate(RING)
        if found is None or "cm-content" in found["name"]:  # the editor has a caret and marks its line
            continue
        seen.add(found["name"])
        assert found["ring"] >= 2, found
        assert not found["hidden"], found
    assert len(seen) > 20


def test_30_without_colours_direction_and_sign_are_in_signs_places_and_dashes(visit):
    explorer = visit(f"{SURVEY}&mode=both&step=16")
    page = explorer.page
    tangent, adjoint = (page.locator(f"#stage [data-node='4'] .chip.{name} text") for name in ("tangent", "adjoint"))
    assert tangent.text_content().startswith("▸")
    assert adjoint.text_content().endswith("◂")
    assert "−1" in adjoint.text_content()
    assert tangent.bounding_box()["x"] < adjoint.bounding_box()["x"]
    back = page.evaluate("getComputedStyle(document.querySelector('#stage .edge.reverse .back')).strokeDasharray")
    assert back != "none"
    explorer.go(4)
    assert page.evaluate("getComputedStyle(document.querySelector('#stage .edge.forward .line')).strokeDasharray") == "none"


def test_31_every_step_says_one_sentence_which_is_the_printed_one(visit):
    explorer = visit(f"{SURVEY}&mode=both&step=0")
    explorer.page.evaluate(LIVE)
    for step in range(1, explorer.total() + 1):
        explorer.press("ArrowRight")
        said = explorer.page.evaluate("window.said.splice(0)")
        assert said == [explorer.text("#explain")], step


def test_31_brief_sentences_are_a_setting_that_stays(visit):
    explorer = visit(f"{SURVEY}&step=4")
    explorer.page.click(".head-settings")
    explorer.page.click("label:has(input[name=setting-verbosity][value=brief])")
    explorer.press("Escape")
    assert explorer.text("#explain") == "v 2 is 10."
    explorer.page.reload()
    explorer.wait_drawn()
    assert explorer.text("#explain") == "v 2 is 10."


def test_32_the_walk_reaches_every_node_by_arrows_and_the_stage_has_one_tab_stop(visit):
    explorer = visit(f"{SURVEY}&step=16")
    page = explorer.page
    assert page.eval_on_selector_all("#stage [tabindex='0'], #stage svg a", "all => all.length") == 1
    page.focus("#stage .stage-walk")
    seen: set[str] = set()
    ways: list[tuple[str, ...]] = [()]
    while ways:
        way = ways.pop(0)
        explorer.press("Escape", "Enter", "Home", *way)
        name = page.evaluate("document.activeElement.getAttribute('aria-label').split(',')[0]")
        if name not in seen:
            seen.add(name)
            ways += [(*way, key) for key in ("ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft")]
    assert seen == {"x 1", "x 2", "v 1", "v 2", "v 3", "v 4", "v 5"}


def test_32_the_walk_says_what_a_node_is_and_why_its_slopes_are(visit):
    explorer = visit(f"{SURVEY}&step=7")
    explorer.page.focus("#stage .stage-walk")
    explorer.press("Enter", "Home", "ArrowRight", "ArrowDown")
    frame = explorer.page.locator(".stage-frame")
    expect(frame).to_have_attribute(
        "aria-label", "v 2, multiply. Value 10. Adjoint not computed yet. 2 inputs: x 1, x 2. Used by v 4. 4 of 7."
    )
    explorer.press("d")
    expect(frame).to_have_attribute("aria-label", frame.get_attribute("aria-label"))
    assert "From x 1 to v 2. Local slope 5, because the other factor is x 2, which is 5." in frame.get_attribute("aria-label")


@pytest.mark.parametrize("side", ["value", "paths", "plot"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_33_the_views_beside_the_graph_are_accessible(visit, side: str, scheme: str):
    explorer = visit(f"{SURVEY}&step=15&side={side}", color_scheme=scheme)
    explorer.page.wait_for_selector(f".side-{side} :is(.value-title, .paths-table, .plot)")
    assert axe(explorer) == []


def test_33_the_menu_a_question_and_the_wall_are_accessible(visit):
    explorer = visit(f"{SURVEY}&step=14&predict=sums")
    explorer.page.click(".head-more")
    assert axe(explorer) == []
    explorer.press("Escape", "ArrowRight")
    explorer.page.wait_for_selector(".predict-field")
    assert axe(explorer) == []
    wall = visit(f"{SURVEY}&step=14&present=1", width=1920, height=1080)
    wall.page.wait_for_selector("html[data-wall]")
    assert axe(wall) == []


@pytest.mark.parametrize("query", [f"{SURVEY}&step=9", f"{SURVEY}&step=9&side=plot"])
def test_33_a_page_of_320_pixels_has_no_sideways_scroll(visit, query: str):
    explorer = visit(query, width=320, height=640, has_touch=True, is_mobile=True)
    for tab in ("graph", "trace", "code", "explain"):
        explorer.page.click(f"#tab-{tab}")
        assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab
        assert explorer.page.evaluate(CUT) == [], tab


def test_34_forced_colours_keep_rails_direction_and_focus(visit):
    explorer = visit(f"{SURVEY}&mode=both&step=15", forced_colors="active")
    page = explorer.page
    style = "(selector, name) => getComputedStyle(document.querySelector(selector))[name]"
    assert page.evaluate(f"({style})('.trace-table .reverse-rule.is-current', 'borderInlineStartWidth')") == "6px"
    assert page.evaluate(f"({style})('#stage .node.current .halo', 'stroke')") not in ("none", "")
    assert page.evaluate(f"({style})('#stage .edge.reverse .back', 'strokeDasharray')") != "none"
    assert page.evaluate(f"({style})('.side-tab[aria-selected=true]', 'borderBottomWidth')") == "4px"
    assert page.evaluate(f"({style})('.side-tab[aria-selected=false]', 'borderBottomWidth')") == "0px"
    page.focus(".step-field")
    assert float(page.evaluate(f"({style})('.step-field', 'outlineWidth')").removesuffix("px")) >= 2
