"""Guess before you see: the answer is nowhere until it is revealed (requirement 40)."""

from __future__ import annotations

from playwright.sync_api import expect

PROGRAM = "?v=1&e=v1%20=%20log(x1)%0Av2%20=%20x1*x2%0Av3%20=%20sin(x2)%0Av4%20=%20v1%20%2B%20v2%0Av5%20=%20v4%20-%20v3&at=x1:2,x2:5"
SUMS = f"{PROGRAM}&step=14&predict=sums"
WHOLE = (
    "() => document.documentElement.outerHTML + [...document.querySelectorAll('input, select, textarea')].map((one) => one.value).join(' ')"
)


def test_40_the_answer_is_nowhere_in_the_page_before_it_is_revealed(visit):
    explorer = visit(SUMS)
    explorer.press("ArrowRight")
    expect(explorer.page.locator(".predict-prompt")).to_have_text("Your turn. What is x̄₂ after this step?")
    assert explorer.cursor() == 14
    assert "1.716" not in explorer.page.evaluate(WHOLE)
    expect(explorer.page.locator("#stage [data-node='1'] .chip.adjoint text")).to_contain_text("?")
    expect(explorer.page.locator("#explain")).to_have_text("Your turn. What is x̄₂ after this step?")
    expect(explorer.page.locator("#side-tabs")).to_be_hidden()


def test_40_wrong_ideas_get_their_own_hints_and_a_second_try(visit):
    explorer = visit(SUMS)
    explorer.press("ArrowRight")
    field = explorer.page.locator(".predict-field")
    field.fill("2")
    explorer.press("Enter")
    expect(explorer.page.locator(".predict-hint")).to_contain_text("x₂ is used twice")
    assert "1.716" not in explorer.page.evaluate(WHOLE)
    field.fill("1,72")
    explorer.press("Enter")
    expect(explorer.page.locator(".predict-verdict")).to_contain_text("Right")
    expect(explorer.page.locator(".predict-pair")).to_contain_text("1.716")
    assert explorer.cursor() == 15
    explorer.press("Enter")
    expect(explorer.page.locator(".predict-prompt")).to_contain_text("x̄₁")


def test_40_a_dropped_sign_has_its_hint_and_the_second_miss_shows_the_step(visit):
    explorer = visit(SUMS)
    explorer.press("ArrowRight")
    field = explorer.page.locator(".predict-field")
    for wrong in ("-2.2837", "99"):
        field.fill(wrong)
        explorer.press("Enter")
        if wrong != "99":
            expect(explorer.page.locator(".predict-hint")).to_contain_text("sign")
    expect(explorer.page.locator(".predict-verdict")).to_contain_text("Not quite")
    assert explorer.cursor() == 15


def test_40_skip_is_always_there_and_playing_stops_at_a_question(visit):
    explorer = visit(SUMS, motion="no-preference")
    explorer.page.select_option("select[title^='Speed']", "Infinity")
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.press("Space")
    expect(explorer.page.locator(".predict-prompt")).to_be_visible()
    expect(explorer.page.locator(".play-toggle")).to_have_attribute("aria-label", "Play")
    explorer.page.click(".predict button:text-is('Skip')")
    assert explorer.cursor() == 15


def test_40_the_next_node_is_tapped_in_the_graph(visit):
    explorer = visit("?v=1&ex=survey-1&step=13&predict=1")
    explorer.press("ArrowRight")
    expect(explorer.page.locator(".predict-prompt")).to_contain_text("Which node passes its adjoint on next")
    explorer.page.click("#stage [data-node='1'] .frame", force=True)
    expect(explorer.page.locator(".predict-hint")).to_contain_text("1 of 2 paths")
    explorer.page.click("#stage [data-node='3'] .frame", force=True)
    expect(explorer.page.locator(".predict-verdict")).to_contain_text("Right")


def test_40_the_edge_that_carries_the_adjoint_is_tapped_in_the_graph(visit):
    explorer = visit("?v=1&ex=survey-1&step=8&predict=1")
    explorer.press("ArrowRight")
    expect(explorer.page.locator(".predict-prompt")).to_contain_text("Along which edge does v₅ pass its adjoint on")
    tap = "(one) => one.dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    explorer.page.eval_on_selector("#stage [data-edge='2-5-0'] .touch", tap)
    expect(explorer.page.locator(".predict-hint")).to_contain_text("against the arrow")
    width = "(one) => getComputedStyle(one).strokeWidth"
    assert float(explorer.page.eval_on_selector("#stage [data-edge='2-5-0'] .touch", width).removesuffix("px")) >= 24
    explorer.page.eval_on_selector("#stage [data-edge='5-6-0'] .touch", tap)
    expect(explorer.page.locator(".predict-verdict")).to_contain_text("Right")
    assert explorer.cursor() == 9


def test_40_what_can_be_shared_stays_shut_while_a_question_stands(visit):
    explorer = visit("?v=1&ex=survey-1&step=13&predict=1")
    explorer.press("ArrowRight")
    explorer.page.wait_for_selector(".predict-choice")
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.press("s")
    expect(explorer.page.locator("#notices")).to_contain_text("Answer the question first")
    assert explorer.page.locator("dialog[open]").count() == 0


def test_40_examples_bring_questions_of_their_own_and_a_key_begins(visit):
    explorer = visit("?v=1&ex=corner&step=1&predict=marked")
    explorer.press("ArrowRight")
    explorer.page.click(".predict-choice:text-is('0')")
    expect(explorer.page.locator(".predict-verdict")).to_contain_text("subgradient")
    explorer = visit("?v=1&ex=survey-1&step=3")
    explorer.press("q", "ArrowRight")
    expect(explorer.page.locator(".predict-prompt")).to_contain_text("v₂")
    explorer.page.wait_for_url("**predict=1**")
