"""The lesson on backpropagation: the sweep edge by edge, the path ledger, and sweeps that go wrong."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
from lesson import PHONE, opener, said
from playwright.sync_api import Page, expect
from test_axe import axe

opened = opener("backpropagation")
LONG = "for i in range(60):\n    x = sin(x)"
DEEP = "for i in range(9):\n    x = sin(x)"
FAN = "u = x*x\nv = sin(u)\nw = u*v\ny = w + 2*u"


def fan(lab: str) -> str:
    return f"?v=1&e={quote(FAN)}&at=x:1&lab={lab}"


def told(page: Page):
    return page.locator(".back-told")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).press("Enter")


def pick(page: Page, words: str) -> None:
    page.locator(".modes label", has_text=words).click()


def sums(page: Page) -> list[str]:
    return [row.inner_text().replace("\t", " ") for row in page.locator(".back-both .learn-numbers").first.locator("tbody tr").all()]


def test_the_worked_example_is_stepped_through(visit):
    page = opened(visit).page
    expect(told(page)).to_contain_text("The result is seeded")
    press(page, "Next step")
    expect(told(page)).to_have_text("d passes on to a: d̄ · ∂d/∂a = 1 · 5 = 5. ā is 5.")
    press(page, "Next step")
    press(page, "Next step")
    expect(told(page)).to_have_text("c passes on to a: c̄ · ∂c/∂a = 2 · 1 = 2. It is added: ā = 5 + 2 = 7.")
    press(page, "Last step")
    assert sums(page) == ["d̄ 1", "c̄ 2", "b̄ 2", "ā 5 + 2 = 7"]
    expect(said(page)).to_have_text("The sweep gives 7 for a, 2 for b.")


def test_local_derivatives_stand_on_the_edges(visit):
    page = opened(visit).page
    labels = {mark.get_attribute("data-line"): mark.text_content() for mark in page.locator(".back-label").all()}
    assert labels == {"0.2.0": "1", "1.2.1": "1", "0.3.0": "5", "2.3.1": "2"}


def test_the_edge_of_the_step_is_lit_and_those_before_stay_marked(visit):
    page = opened(visit, "?v=1&lab=step:2").page
    expect(page.locator(".back-line.is-now")).to_have_attribute("data-line", "2.3.1")
    expect(page.locator(".back-line.is-done")).to_have_attribute("data-line", "0.3.0")
    expect(page.locator('[data-card="2"] .back-adjoint')).to_have_text("c̄ = 2")


def test_an_assignment_loses_the_first_contribution(visit):
    page = opened(visit).page
    pick(page, "= for +=")
    expect(said(page)).to_contain_text("This sweep gives 2 for a, 2 for b. Wrong: a.")
    expect(page.locator(".back-wrongs li")).to_have_text("ā is 2, not 7: 5 from d was overwritten by 2.")
    expect(page.locator('[data-card="0"].is-wrong .back-should')).to_have_text("✗ not 7")
    expect(page.locator(".back-both s")).to_contain_text("overwritten 5")
    assert "rule:overwritten" in unquote(page.url)


def test_in_the_order_of_the_code_nodes_have_nothing_yet(visit):
    page = opened(visit, "?v=1&lab=rule:code_order,step:9").page
    expect(page.locator(".back-wrongs li").first).to_contain_text("c had nothing when it was its turn")
    expect(said(page)).to_contain_text("5 for a, nothing for b")


def test_who_passes_on_at_once_passes_on_too_little(visit):
    page = opened(visit, fan("rule:first_come,step:99")).page
    expect(page.locator(".back-wrongs li")).to_contain_text("u passed on 2.841, not 3.382")


def test_a_mistake_that_does_not_show_is_said_to_go_unnoticed(visit):
    page = opened(visit, "?v=1&e=y%20=%20sin(x)&at=x:1&lab=rule:overwritten").page
    expect(said(page)).to_contain_text("Here the mistake goes unnoticed")


def test_the_ledger_lists_every_path_and_their_sum(visit):
    page = opened(visit).page
    rows = page.locator(".back-both section").nth(1).locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text("a → c → d")
    expect(page.locator(".back-total")).to_have_text("Their sum: ∂d/∂a = 5 + 2 = 7")
    page.get_by_label("Paths from", exact=True).select_option("b")
    expect(page.locator(".back-total")).to_have_text("Their sum: ∂d/∂b = 2")


def test_the_sweep_plays_and_stops_at_a_press(visit):
    page = opened(visit, fan("step:0"), motion="no-preference").page
    press(page, "Play")
    expect(page.locator(".back-count")).to_have_text("1 of 8")
    expect(page.locator(".back-count")).to_have_text("2 of 8")
    press(page, "Pause")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_another_program_is_swept_as_soon_as_it_is_typed(visit):
    explorer = opened(visit)
    page = explorer.page
    page.get_by_role("textbox", name="a", exact=True).fill("4")
    expect(said(page)).to_have_text("The sweep gives 11 for a, 4 for b.")


def test_tensors_are_seeded_with_ones(visit):
    page = opened(visit, "?v=1&e=y%20=%20A%20@%20x&at=A:[[1,2],[3,4]],x:[1,1]").page
    expect(said(page)).to_contain_text("[4, 6] for x")


def test_a_large_graph_has_its_table(visit):
    page = opened(visit, f"?v=1&e={quote(LONG)}&at=x:1").page
    expect(page.locator(".learn-note", has_text="too large to be drawn")).to_be_visible()
    expect(page.locator(".back-drawing")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(visit, scheme: str):
    assert axe(opened(visit, "?v=1&lab=rule:overwritten,step:4", color_scheme=scheme)) == []


def test_the_phone_shows_everything_without_scrolling_sideways(visit):
    explorer = opened(visit, fan("rule:first_come,step:99"), **PHONE)
    assert explorer.page.evaluate("document.documentElement.scrollWidth") == 390
    assert axe(explorer) == []


def test_a_graph_larger_than_its_place_follows_the_step(visit):
    page = opened(visit, f"?v=1&e={quote(DEEP)}&at=x:1", **PHONE).page
    drawing = page.locator(".back-drawing")
    assert drawing.evaluate("it => it.scrollHeight > it.clientHeight")
    press(page, "Next step")
    low = drawing.evaluate("it => it.scrollTop")
    press(page, "Last step")
    assert drawing.evaluate("it => it.scrollTop") < low
