"""Very long tapes: the stage shows what lies around the step, and all of it when that is asked for (requirement 39)."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import expect

LOOP = f"?v=1&e={quote('for i in range(800): x = a*sin(x) + b' + chr(10) + 'y = x')}&at=x:0.5,a:0.9,b:0.1"
CARDS = "document.querySelectorAll('#stage [data-node]').length"
NODE = "(id) => document.querySelector(`#stage [data-node='${id}']`) !== null"


def test_39_a_long_tape_shows_the_surroundings_of_the_step(visit):
    explorer = visit(f"{LOOP}&step=30")
    expect(explorer.page.locator(".stage-large")).to_contain_text("2,404 nodes: here is what lies around the current step")
    assert 3 < explorer.page.evaluate(CARDS) < 60
    assert explorer.page.evaluate(NODE, 29)
    explorer.go(1500)
    explorer.page.wait_for_selector("#stage [data-node='1499'].current")
    assert not explorer.page.evaluate(NODE, 29)
    assert explorer.text("#trace-body [aria-current=step] .receiver, #trace-body .rule.is-current") != ""


def test_39_what_is_read_from_afar_is_shown_where_it_is_read(visit):
    explorer = visit(f"{LOOP}&step=1500")
    seen: set[str] = set()
    for _ in range(3):  # one of three operations reads a, one reads b
        explorer.press("ArrowRight")
        explorer.page.wait_for_selector("#stage .node.current")
        titles = "all => all.map((one) => one.textContent)"
        seen |= set(explorer.page.eval_on_selector_all("#stage .leaf text, #stage .title", titles))
    assert {"a", "b"} <= seen


def test_39_all_of_it_is_drawn_on_request_and_steps_go_on(visit):
    explorer = visit(f"{LOOP}&step=30")
    explorer.page.click(".stage-large button")
    expect(explorer.page.locator(".stage-large")).to_be_hidden()
    explorer.press("ArrowRight")
    assert explorer.cursor() == 31
    explorer.go(1200)
    explorer.page.wait_for_selector("#stage [data-node='1199'].current")
    expect(explorer.page.locator(".stage-large")).to_be_hidden()


def test_the_walk_goes_along_the_edges_that_are_shown(visit):
    explorer = visit(f"{LOOP}&step=1500")
    explorer.page.wait_for_selector("#stage [data-node='1499'].current")
    explorer.page.focus("#stage .stage-walk")
    explorer.press("Enter", "ArrowRight")
    expect(explorer.page.locator(".stage-frame")).to_have_attribute(
        "aria-label", explorer.page.locator(".stage-frame").get_attribute("aria-label")
    )
    assert "Value" in explorer.page.locator(".stage-frame").get_attribute("aria-label")
