"""The lesson on rules on paper: one rule at a time, what is repeated, how it swells, and what rules cannot take."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote

import pytest
from lesson import PHONE, opener, said, settled
from playwright.sync_api import Page, expect
from test_axe import axe

opened = opener("symbolic")


def program(source: str, at: str = "x:1.2", lab: str = "") -> str:
    return f"?v=1&e={quote(source)}&at={at}" + (f"&lab={lab}" if lab else "")


def line(page: Page):
    return page.get_by_role("region", name="The line now", exact=True)


def editor(page: Page) -> str:
    return "\n".join(page.locator("#lesson-editor .cm-line").all_text_contents())


def test_rules_are_played_one_at_a_time_with_what_they_rewrite_and_make_marked(visit):
    page = opened(visit, program("y = x**2 * sin(x)")).page
    expect(line(page)).to_have_text("D(x**2 * sin(x))")
    page.get_by_role("button", name="Next rule").click()
    expect(page.locator(".derivation-rule")).to_contain_text("Product rule")
    page.get_by_role("button", name="Next rule").click()
    expect(page.get_by_role("region", name="The line before").locator("mark")).to_have_text("D(x**2)")
    expect(line(page).locator("mark")).to_have_text("2 * x * D(x)")
    expect(said(page)).to_contain_text("D(x**2) becomes 2 * x * D(x)")


def test_arrow_keys_go_through_the_derivation_from_any_of_its_buttons(visit):
    page = opened(visit, program("y = x**2 * sin(x)")).page
    page.get_by_role("button", name="Next rule").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("slider", name="Rules applied")).to_have_value("1")
    page.keyboard.press("End")
    expect(line(page)).to_have_text("2 * x * sin(x) + x**2 * cos(x)")
    page.keyboard.press("Home")
    expect(line(page)).to_have_text("D(x**2 * sin(x))")


def test_what_a_rule_made_is_in_sight_on_a_phone_however_long_the_line(visit):
    page = opened(visit, "?v=1&lab=rule:36", **PHONE).page
    inside = """(mark) => {
      const [part, box] = [mark.getBoundingClientRect(), mark.closest(".derivation-line").getBoundingClientRect()];
      return part.top >= box.top && part.top < box.bottom && mark.closest(".derivation-line").scrollTop > 0;
    }"""
    assert line(page).locator("mark").evaluate(inside)


def test_playing_goes_on_by_itself_and_stops_at_a_press(visit):
    page = opened(visit, program("y = x**2 * sin(x)"), motion="no-preference").page
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("slider", name="Rules applied")).to_have_value("2")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_a_link_opens_at_its_line(visit):
    page = opened(visit, program("y = x**2 * sin(x)", lab="rule:3")).page
    expect(page.get_by_role("slider", name="Rules applied")).to_have_value("3")
    page.get_by_role("button", name="Back one rule").click()
    assert "rule:2" in unquote(page.url)


def test_the_derivative_stands_beside_its_simplified_form_typeset_and_as_text(visit):
    page = opened(visit, program("y = exp(x) * sin(x)")).page
    expect(page.get_by_role("region", name="As the rules leave it, as text")).to_contain_text("sin(x) + ")
    expect(page.get_by_role("region", name="Simplified, as text")).to_have_text("exp(x) * (sin(x) + cos(x))")
    expect(page.get_by_role("region", name="Simplified, typeset").locator(".katex")).to_be_visible()
    expect(page.locator("#lesson-tool")).to_contain_text("At x = 1.2 the derivative by x is")


def test_a_repeated_part_is_marked_with_its_number_at_every_place(visit):
    page = opened(visit, program("y = sin(x * x) * exp(x * x)")).page
    marks = page.locator(".derivation-line mark.is-repeated")
    expect(marks).to_have_count(4)
    expect(marks.first).to_have_text("1x * x")
    page.get_by_role("button", name="exp(x * x)").focus()
    page.keyboard.press("Enter")
    expect(marks).to_have_count(2)
    expect(said(page)).to_contain_text("it stands there 2 times")
    expect(page.get_by_role("button", name="exp(x * x)")).to_be_focused()


def test_the_counts_are_those_of_the_api(visit):
    explorer = opened(visit)
    source = "l = x\nfor i in range(3):\n    l = 4 * l * (1 - l)\nl"
    body = {"source": source, "inputs": {"x": 0.3}}
    answer = explorer.page.request.post(
        f"{explorer.address}/api/v1/symbolic", data=json.dumps(body), headers={"content-type": "application/json"}
    ).json()
    shown = explorer.page.locator(".symbolic-counts dd").all_text_contents()
    assert shown == [f"{answer['operations'][way]} operations" for way in ("symbolic", "shared", "forward_ad", "reverse_ad")]


def test_the_slider_turns_the_loop_and_goes_along_the_swell(visit):
    page = opened(visit).page
    expect(page.locator(".swell-told")).to_contain_text("After round 3, the derivative takes 64 operations written out")
    page.get_by_role("slider", name="Rounds of the loop").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".swell-told")).to_contain_text("After round 4")
    settled(page)
    assert "range(4)" in editor(page)
    expect(page.get_by_role("slider", name="Rounds of the loop")).to_be_focused()
    page.get_by_text("The counts as a table").click()
    expect(page.get_by_role("row", name="round 4")).to_have_class("is-current")


def test_the_swell_of_two_hundred_rounds_is_drawn(visit):
    page = opened(visit, program("y = x\nfor i in range(200):\n    y = y * sin(y)\ny")).page
    expect(page.locator(".swell-told")).to_contain_text("× 10")
    expect(page.locator("#lesson-tool")).to_contain_text("too many to be written out")
    expect(page.locator(".learn-note", has_text="too long to be taken apart")).to_be_visible()


def test_without_a_loop_the_swell_is_told_statement_by_statement(visit):
    page = opened(visit, program("u = x * x\nv = u * u\ny = v * v")).page
    expect(page.get_by_role("slider", name="Rounds of the loop")).to_be_hidden()
    page.get_by_text("The counts as a table").click()
    expect(page.get_by_role("region", name="Operations of the derivative, scrolls").locator("tbody tr")).to_have_count(3)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("A loop that runs until a value is reached", "a while loop decides by a value"),
        ("A branch", "an if decides by a value"),
        ("A data structure", "A data structure holds values"),
        ("A drawing", "A drawing is an effect"),
    ],
)
def test_what_rules_cannot_take_is_named_with_its_reason(visit, title: str, words: str):
    page = opened(visit).page
    page.get_by_role("button", name=title).click()
    expect(page.locator(".symbolic-refusal")).to_contain_text(words)
    expect(page.locator("#lesson-problem")).to_contain_text(words)


def test_where_rules_refuse_automatic_differentiation_answers(visit):
    page = opened(visit).page
    page.get_by_role("button", name="A loop that runs until a value is reached").click()
    expect(page.locator(".symbolic-refusal")).to_contain_text("the derivative by x is 1024")
    page.get_by_label("Ready programs").select_option("product rule")
    expect(page.locator(".symbolic-refusal")).to_be_hidden()


def test_input_and_output_are_chosen_where_there_are_several(visit):
    page = opened(visit, program("u = a * x\nv = a + x\nu, v", "a:2,x:3")).page
    page.get_by_label("Output").select_option("u")
    settled(page)
    page.get_by_label("Differentiate by").select_option("x")
    settled(page)
    expect(page.get_by_role("region", name="As the rules leave it, as text")).to_have_text("a")


def test_names_of_javascript_are_names_like_any_other(visit):
    page = opened(visit, program("toString = constructor * constructor\ny = toString", "constructor:2")).page
    expect(line(page)).to_have_text("D(constructor * constructor)")
    expect(page.get_by_label("Differentiate by")).to_have_value("constructor")


def test_what_is_no_program_is_told_as_text(visit):
    page = opened(visit, program("y = '<img onerror=alert(1)>'")).page
    expect(page.locator("#lesson-problem")).not_to_be_empty()
    expect(page.locator("#lesson-tool img")).to_have_count(0)


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE])
def test_the_page_is_accessible_and_fits(visit, options: dict):
    explorer = opened(visit, **options)
    assert axe(explorer) == []
    assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
