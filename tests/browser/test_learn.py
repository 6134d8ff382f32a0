"""The lessons: each follows the reader's program, keeps what worked, carries it on, and grades three exercises."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, unquote

import pytest
from lesson import PHONE, opener, said, settled
from playwright.sync_api import Page, expect
from test_axe import axe

from app.gallery.reading import lessons

SLUGS = [lesson["slug"] for lesson in lessons()]
OWN = [slug for slug in SLUGS if slug not in ("autograd", "lagrange", "matrix")]
"""Those whose programs have values: the others read something else."""
PLACE = """() => {
  const at = document.activeElement;
  return at.closest("#lesson-tool") ? "lesson-tool" : at.closest(".exercise") ? "exercise" : "else";
}"""
PROGRAM = "a = x * y\nb = sin(a)\nc = b + a"


def opened(visit, slug: str, rest: str = "", **options) -> Page:
    return opener(slug)(visit, rest, **options).page


def typed(page: Page, text: str) -> None:
    page.click(".lesson-program .cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")  # text put over several lines would have Chromium write styles, which the policy blocks
    page.keyboard.insert_text(text)


def link(source: str, at: str) -> str:
    return f"?v=1&e={quote(source)}&at={at}"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_lesson_opens_with_a_sentence_and_without_complaints(visit, slug: str):
    explorer = visit(f"learn/{slug}", drawn=False)
    complaints: list[str] = []
    explorer.page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page = settled(explorer.page)
    page.reload()
    settled(page)
    expect(said(page)).not_to_have_text("")
    assert complaints == []


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_is_accessible(visit, slug: str, scheme: str):
    explorer = visit(f"learn/{slug}", drawn=False, color_scheme=scheme)
    settled(explorer.page)
    assert axe(explorer) == []


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("width", [390, 320])
def test_a_lesson_never_scrolls_sideways_on_a_phone(visit, slug: str, width: int):
    page = opened(visit, slug, **(PHONE | {"width": width}))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("slug", OWN)
def test_a_lesson_follows_what_is_typed_and_adopts_new_inputs(visit, slug: str):
    page = opened(visit, slug)
    before = said(page).text_content()
    typed(page, PROGRAM)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#lesson-inputs .field-row")).to_have_count(2)
    settled(page)
    expect(said(page)).not_to_have_text(before)
    assert "y:1" in unquote(page.url)
    expect(page.locator(".lesson-program .problem-sentence")).to_have_count(0)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_wrong_program_is_told_at_its_place_and_the_last_picture_stays(visit, slug: str):
    page = opened(visit, slug)
    tool = page.locator("#lesson-tool")
    before = tool.text_content()
    typed(page, "y = (x +")
    expect(page.locator("#lesson-problem .problem-sentence")).to_be_visible()
    assert tool.text_content() == before
    words = page.locator("#lesson-problem").text_content()
    assert "invalid syntax" not in words
    assert "Traceback" not in words


@pytest.mark.parametrize("slug", OWN)
def test_an_address_brings_the_program_back_and_it_travels_on(visit, slug: str):
    page = opened(visit, slug, link(PROGRAM, "x:2,y:3"))
    expect(page.locator("#lesson-inputs .field-row input[type=text]").first).to_have_value("2")
    explorer = page.locator("#lesson-open").get_attribute("href")
    assert "sin(a)" in unquote(explorer)
    assert "x:2,y:3" in unquote(explorer)
    for turn in page.locator(".learn-turn").all():
        assert "x:2,y:3" in unquote(turn.get_attribute("href"))


@pytest.mark.parametrize("slug", OWN)
def test_odd_names_and_markup_are_shown_as_text(visit, slug: str):
    page = opened(visit, slug, link("y = __proto__ * 2  # <img src=x onerror=alert(1)>", "__proto__:3"))
    assert page.locator("#lesson-tool img").count() == 0
    assert page.locator("img").count() == 0
    expect(page.locator(".lesson-program .cm-content")).to_contain_text("<img src=x onerror=alert(1)>")


@pytest.mark.parametrize("slug", OWN)
def test_a_lesson_follows_after_a_pause_in_typing_without_any_key(visit, slug: str):
    page = opened(visit, slug, link(PROGRAM, "x:2,y:3"))
    before = page.locator("#lesson-tool").text_content()
    typed(page, "a = x * y\nb = exp(a)\nc = b + x")
    expect(page.locator("#lesson-tool")).not_to_have_text(before)
    settled(page)
    assert "exp(a)" in unquote(page.url)
    assert page.evaluate("document.activeElement.classList.contains('cm-content')")


@pytest.mark.parametrize("slug", OWN)
def test_a_problem_is_marked_in_the_text_and_leaves_with_it(visit, slug: str):
    page = opened(visit, slug, link(PROGRAM, "x:2,y:3"))
    typed(page, "a = x * y\nb = sin a\nc = b + a")
    expect(page.locator(".cm-content .mark-problem")).to_have_count(1)
    expect(page.locator(".gutter-problem")).to_be_visible()
    expect(page.locator("#lesson-problem")).to_contain_text("the last version that worked")
    typed(page, PROGRAM)
    expect(page.locator(".cm-content .mark-problem")).to_have_count(0)
    expect(page.locator("#lesson-problem .problem-sentence")).to_have_count(0)


@pytest.mark.parametrize("slug", OWN)
def test_an_address_that_a_lesson_writes_opens_the_same_lesson_again(visit, slug: str):
    page = opened(visit, slug, link(PROGRAM, "x:2,y:3"))
    typed(page, "a = x * y\nb = cos(a)\nc = b * x")
    expect(page).to_have_url(re.compile("cos"))
    settled(page)
    again = opened(visit, slug, page.url.partition(slug)[2])
    assert again.locator(".cm-content").text_content() == page.locator(".cm-content").text_content()
    expect(said(again)).to_have_text(said(page).text_content())


@pytest.mark.parametrize("slug", OWN)
def test_the_explorer_opens_with_the_program_and_inputs_of_a_lesson(visit, slug: str):
    page = opened(visit, slug, link(PROGRAM, "x:2,y:3"))
    page.click("#lesson-open")
    page.wait_for_url(lambda url: "/learn/" not in url)
    expect(page.locator(".cm-content").first).to_contain_text("b = sin(a)")
    assert "x:2,y:3" in unquote(page.url)


def test_the_next_lesson_keeps_the_program_and_the_way_back_does_too(visit):
    page = opened(visit, "forward-mode", link(PROGRAM, "x:2,y:3"))
    for turn, wanted in (("next", "jacobian"), ("next", "forward-reverse"), ("prev", "jacobian")):
        page.click(f"a[rel={turn}]")
        page.wait_for_url(f"**/learn/{wanted}?*")
        settled(page)
        expect(page.locator(".cm-content")).to_contain_text("b = sin(a)")
        expect(page.locator("#lesson-inputs .field-row input[type=text]").nth(1)).to_have_value("3")


def test_an_exercise_is_done_by_keyboard_alone(visit):
    page = opened(visit, "chain-rule")
    page.locator(".exercise input").first.focus()
    page.keyboard.type("123456")
    page.keyboard.press("Enter")
    form = page.locator(".exercise").first
    show = form.get_by_role("button", name="Show me")
    expect(show).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(show).to_be_focused()
    page.keyboard.press("Enter")
    expect(form.locator(".exercise-told")).to_contain_text("It is ")


@pytest.mark.parametrize("slug", SLUGS)
def test_the_keyboard_goes_through_a_lesson_and_out_again(visit, slug: str):
    page = opened(visit, slug)
    page.locator(".cm-content").focus()
    page.keyboard.press("Escape")
    seen: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        place = page.evaluate(PLACE)
        seen.append(place)
        if seen.count("exercise") > 0 and place == "else":
            break
    assert {"lesson-tool", "exercise"} <= set(seen)
    assert seen[-1] == "else"


def test_the_index_lists_every_lesson_and_passes_a_program_on(visit):
    page = visit("learn" + link(PROGRAM, "x:2,y:3"), drawn=False).page
    cards = page.locator(".learn-card")
    expect(cards).to_have_count(len(SLUGS))
    cards.nth(0).click()
    settled(page)
    expect(page.locator(".lesson-program .cm-content")).to_contain_text("b = sin(a)")


def test_the_index_is_accessible(visit):
    assert axe(visit("learn", drawn=False)) == []


def test_the_explorer_leads_to_the_lessons_with_its_program(visit):
    page = visit("?v=1&e=y%20=%20x*x&at=x:3").page
    page.click(".head-more")
    page.click(".menu-learn")
    page.wait_for_url("**/learn?*")
    assert "x:3" in unquote(page.locator(".learn-card").first.get_attribute("href"))


def test_an_unknown_lesson_is_not_found(visit):
    explorer = visit("learn", drawn=False)
    assert explorer.page.request.get(f"{explorer.address}/learn/nothing").status == 404


# ---------------------------------------------------------------- exercises


def exercises():
    return [pytest.param(lesson["slug"], place, id=f"{lesson['slug']}-{place + 1}") for lesson in lessons() for place in range(3)]


def truth(explorer, exercise) -> object:
    text = "objective" if exercise["call"] == "lagrange" else "source"
    body = {text: exercise["source"]} | ({"inputs": exercise["inputs"]} if exercise["inputs"] else {}) | exercise["request"]
    answer = explorer.page.request.post(
        f"{explorer.address}/api/v1/{exercise['call']}", data=json.dumps(body), headers={"content-type": "application/json"}
    ).json()
    for key in exercise["pointer"].split("/")[1:]:
        answer = answer[int(key) if isinstance(answer, list) else key]
    return answer


def answered(form, exercise, value: str) -> None:
    if exercise["kind"] == "choice":
        form.locator(f"input[type=radio][value={json.dumps(value)}]").check()
    else:
        form.locator("input.field").fill(value)
    form.get_by_role("button", name="Check").click()


@pytest.mark.parametrize(("slug", "place"), exercises())
def test_an_exercise_knows_right_from_wrong_and_shows_the_way(visit, slug: str, place: int):
    explorer = visit(f"learn/{slug}", drawn=False)
    page = settled(explorer.page)
    exercise = next(lesson for lesson in lessons() if lesson["slug"] == slug)["exercises"][place]
    right = truth(explorer, exercise)
    form = page.locator(".exercise").nth(place)
    told = form.locator(".exercise-told")
    assert exercise["reason"] not in page.locator("body").text_content()
    expect(form.get_by_role("button", name="Show me")).to_be_hidden()
    for wrong in exercise["wrong"]:
        answered(form, exercise, wrong["value"])
        expect(told).to_have_text(wrong["hint"])
    if exercise["wrong"]:
        form.get_by_role("button", name="Show me").click()
        expect(told).to_contain_text(exercise["reason"])
    answered(form, exercise, str(right) if exercise["kind"] == "choice" else repr(float(right)))
    expect(told).to_contain_text("Right. " + exercise["reason"])


def test_an_answer_that_is_no_number_is_asked_for_again(visit):
    page = opened(visit, "vjp")
    form = page.locator(".exercise").first
    form.locator("input.field").fill("four")
    form.get_by_role("button", name="Check").click()
    expect(form.locator(".exercise-told")).to_contain_text("Write a number")


# ---------------------------------------------------------------- the tools


def test_the_chain_rule_multiplies_what_is_before_the_cut_and_behind_it(visit):
    page = opened(visit, "chain-rule", link("g = x ** 2\nh = sin(g)\nf = exp(h)", "x:0.5"))
    expect(said(page)).to_contain_text("Cut after h")
    numbers = [float(text.replace("−", "-")) for text in page.locator(".chain-number").all_text_contents()]
    assert numbers[0] * numbers[1] == pytest.approx(numbers[2], rel=1e-3)
    page.locator(".share-choice label", has_text="g").first.click()
    expect(said(page)).to_contain_text("Cut after g")
    assert "lab=cut:g" in unquote(page.url)


def test_the_chain_rule_says_when_the_cut_is_passed(visit):
    page = opened(visit, "chain-rule", link("g = x ** 2\nf = g * x", "x:2"))
    expect(page.locator(".chain-note")).to_contain_text("reads x directly")


def test_forward_mode_gathers_a_column_a_pass(visit):
    page = opened(visit, "forward-mode")
    expect(page.locator(".dual-columns")).to_contain_text("1 of 2")
    page.locator(".dual-seeds button").nth(1).click()
    expect(page.locator(".dual-columns")).to_contain_text("2 of 2")
    expect(said(page)).to_contain_text("column 2 of the Jacobian")


def test_a_vjp_weighs_the_rows(visit):
    page = opened(visit, "vjp")
    page.get_by_label("Cotangent of y[2]").fill("2")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(said(page)).to_have_text("One reverse sweep: 1 times the row of y[0] plus 2 times the row of y[2] gives x[0] 2, x[1] 9.5.")


def test_the_jacobian_is_a_product_that_can_be_played_by_key(visit):
    page = opened(visit, "jacobian")
    expect(page.locator(".factor")).to_have_count(5)
    slider = page.get_by_role("slider", name="Products so far")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".factor.is-now")).to_have_count(2)
    page.keyboard.press("End")
    expect(page.locator(".order-step")).to_have_text(re.compile("Product 4 of 4"))
    expect(page.locator(".factor.is-now")).to_have_count(5)


def test_a_structural_zero_is_blank_and_a_minus_is_drawn(visit):
    page = opened(visit, "jacobian")
    assert page.locator(".factor[data-factor='2'] .sparse-entry").count() == 3
    assert page.locator(".factor[data-factor='2'] .sparse-minus").count() == 2


def test_pasted_pytorch_prints_what_pytorch_prints(visit):
    page = opened(visit, "autograd")
    expect(said(page)).to_have_text("The program runs to its end: 2 prints, one backward. PyTorch prints the same.")
    assert page.locator(".autograd-mark").all_text_contents() == ["✓ the same", "✓ the same"]


def test_the_states_of_a_gradient_differ_in_words_and_borders(visit):
    page = opened(visit, "autograd")
    words = page.locator(".autograd-moment .autograd-word")
    assert words.all_text_contents() == ["none", "pending", "value"]
    borders = page.locator(".autograd-moment").evaluate_all("all => all.map((one) => getComputedStyle(one).borderTopStyle)")
    assert borders == ["dotted", "dashed", "solid"]
    page.get_by_role("button", name="gradients add up").click()
    expect(page.locator(".autograd-moment.is-zero .autograd-word")).to_have_text("zero")
    assert words.all_text_contents() == ["none", "value", "value", "zero", "value"]


def test_an_error_of_pytorch_is_told_in_its_words(visit):
    page = opened(visit, "autograd")
    page.get_by_role("button", name="swept twice: refused").click()
    expect(page.locator(".autograd-failure")).to_contain_text("Trying to backward through the graph a second time")
    expect(page.locator(".autograd-failure")).to_contain_text("in PyTorch’s own words")
