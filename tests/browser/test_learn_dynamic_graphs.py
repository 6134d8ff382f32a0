"""The page on dynamic graphs: the graph of this run, another run beside it, loops rolled up, adjoints from step to step."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from lesson import PHONE, settled
from playwright.sync_api import Page, expect
from test_axe import axe

SIGN = "if x > 0:\n    y = x * x\nelse:\n    y = -3 * x\ny"
CELL = "h = h0\nfor t in range(T):\n    h = s * h\nh"
SCRIPT = Path(__file__).parents[2] / "static/js/learn/tools/dynamic-graphs/ready.js"
READY = re.findall(r'\{ id: "([\w-]+)"', SCRIPT.read_text(encoding="utf-8"))


def link(source: str, lab: str = "", **inputs: object) -> str:
    at = ",".join(f"{name}:{json.dumps(value).replace(' ', '')}" for name, value in inputs.items())
    return f"learn/dynamic-graphs?v=1&e={quote(source)}&at={quote(at)}" + (f"&lab={lab}" if lab else "")


@pytest.fixture
def lesson(visit):
    def opened(address: str = "learn/dynamic-graphs", **options: object) -> Page:
        return settled(visit(address, drawn=False, **options).page)

    return opened


def cards(page: Page, side: int = 0):
    return page.locator("figure").nth(side).locator(".dynamic-card")


def said(page: Page) -> str:
    return page.inner_text("#lesson-said")


def test_lines_that_were_not_taken_are_hatched_and_say_so(lesson):
    page = lesson(link(SIGN, x=-2))
    row = page.locator(".dynamic-lines tr[data-line='2']")
    expect(row.locator("td").first).to_have_text("not taken")
    assert "repeating-linear-gradient" in row.locator(".dynamic-code").evaluate("cell => getComputedStyle(cell).backgroundImage")
    expect(page.locator(".dynamic-lines tr[data-line='4'] td").first).to_have_text("once")
    expect(page.locator(".dynamic-decisions")).to_contain_text("x > 0 is false (x is −2): line 4 was taken; line 2 was not taken")


def test_another_input_has_its_own_graph_with_what_it_alone_has_marked(lesson):
    page = lesson(link(SIGN, x=2))
    assert page.locator("figure:visible").count() == 1
    page.get_by_label("Another input beside it").check()
    expect(page.locator("figure:visible")).to_have_count(2)
    assert page.locator(".dynamic-fields input").input_value() == "-2"
    expect(cards(page).locator("text.alone")).to_have_text(["only in this run"])
    expect(cards(page, 1).locator("text.alone")).to_have_text(["only in this run"])
    expect(page.locator(".dynamic-lines tr[data-line='2'] td").nth(1)).to_have_text("≠ not taken")
    results = page.locator(".dynamic-table", has_text="What the two runs give")
    expect(results.locator("tr", has_text="gradient by x").locator("td")).to_have_text(["4", "≠ −3"])
    assert said(page).endswith("The other run has another graph.")


def test_a_second_value_that_is_no_number_is_told_at_its_field(lesson):
    page = lesson(link(SIGN, "other:-2", x=2))
    field = page.locator(".dynamic-fields input")
    field.fill("two")
    field.press("Enter")
    expect(page.locator(".dynamic-wrong")).to_have_text("x: this is no number and no list of numbers.")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("5")
    field.press("Enter")
    expect(page.locator(".dynamic-wrong")).to_have_text("")
    expect(page.locator("#lesson-said")).to_contain_text("The other run has the same graph.")


def test_another_run_that_is_refused_says_why_and_the_first_stays(lesson):
    page = lesson(link(CELL, "other:_2.5_", h0=1, T=3, s=0.5))
    expect(page.locator(".dynamic-told").first).to_contain_text("must be a whole number")
    assert page.locator("figure:visible").count() == 1


def test_loops_are_rolled_up_and_unrolled_by_key_and_the_address_remembers(lesson):
    page = lesson(link(CELL, h0=1, T=3, s=0.5))
    expect(page.locator(".dynamic-box text")).to_have_text(["round 1", "round 2", "round 3"])
    page.get_by_role("radio", name="unrolled").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".dynamic-box text")).to_have_text(["round × 3"])
    expect(page.locator(".dynamic-back text")).to_have_text(["to the next round × 2"])
    assert "lab=loops:rolled" in page.url
    page.reload()
    expect(settled(page).locator(".dynamic-box text")).to_have_text(["round × 3"])


def test_a_long_loop_is_rolled_up_until_somebody_asks_otherwise(lesson):
    page = lesson(link(CELL, h0=1, T=80, s=0.5))
    expect(page.get_by_role("radio", name="rolled up")).to_be_checked()
    page.get_by_text("unrolled", exact=True).click()
    expect(page.locator(".dynamic-box text").last).to_have_text("round 80")


def test_a_graph_too_large_for_a_picture_is_counted(lesson):
    page = lesson(link(CELL, "loops:unrolled", h0=1, T=600, s=1))
    expect(page.locator(".dynamic-large").first).to_contain_text("nodes are too many for a picture here")


def test_a_line_lights_its_nodes_by_pointer_and_by_key(lesson):
    page = lesson(link(CELL, "loops:unrolled,other:_2_", h0=1, T=3, s=0.5))
    number = page.get_by_role("button", name="Nodes of line 3")
    page.hover(".dynamic-lines tr[data-line='3'] .dynamic-code")
    expect(page.locator(".dynamic-card.is-lit")).to_have_count(3 + 2)
    page.hover("h1")
    expect(page.locator(".dynamic-card.is-lit")).to_have_count(0)
    number.focus()
    page.keyboard.press("Enter")
    expect(number).to_have_attribute("aria-pressed", "true")
    expect(number).to_be_focused()
    expect(page.locator("#lesson-said")).to_have_text("Line 3 made 3 nodes in this run, in the other run 2.")
    expect(page.locator(".dynamic-card.is-lit")).to_have_count(3 + 2)
    page.get_by_text("rolled up", exact=True).click()
    expect(page.locator(".dynamic-card.is-lit")).to_have_count(2)
    number.press("Enter")
    expect(page.locator(".dynamic-card.is-lit")).to_have_count(0)
    expect(number).to_be_focused()


def test_sliders_for_rounds_and_scale_change_the_run(lesson):
    page = lesson(link(CELL, h0=1, T=3, s=0.5))
    rounds = page.get_by_role("slider", name="rounds T")
    rounds.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".dynamic-lines tr[data-line='3'] td").first).to_have_text("4 times")
    expect(page.locator(".dynamic-sliders output").first).to_have_text("4")
    page.get_by_role("slider", name="scale s").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".dynamic-told").nth(1)).to_contain_text("by a factor of 0.55 a round in the mean")


@pytest.mark.parametrize(("s", "way"), [(0.5, "vanishes"), (1, "stays as it is"), (1.5, "explodes")])
def test_adjoints_are_plotted_over_the_rounds_and_stand_in_a_table(lesson, s: float, way: str):
    page = lesson(link(CELL, h0=1, T=20, s=s))
    assert page.locator(".dynamic-point").count() == 21
    assert way in said(page)
    page.get_by_text("The numbers").click()
    rows = page.locator(".dynamic-table tbody tr")
    expect(rows.first.locator("th")).to_have_text("start")
    expect(rows.last.locator("td")).to_have_text("1")
    ticks = page.locator(".dynamic-adjoints text", has_text=re.compile("^10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+$"))
    assert s == 1 or ticks.count() >= 2


@pytest.mark.parametrize("ready", READY)
def test_a_ready_program_is_one_press_away(lesson, ready: str):
    page = lesson()
    page.get_by_label("Another input beside it").check()
    page.select_option("#dynamic-ready", ready)
    expect(page.locator("#dynamic-ready")).to_have_value(ready)
    settled(page)
    expect(page.locator("body[data-settled=true]")).to_be_attached()
    assert page.locator("#lesson-problem").inner_text().strip() == ""
    expect(page.locator(".dynamic-card").first).to_be_visible()


def test_the_cell_of_the_course_gives_what_backward_of_ones_gives(lesson):
    torch = pytest.importorskip("torch")
    page = lesson()
    page.select_option("#dynamic-ready", "one-step")
    expect(page.locator(".dynamic-card.is-output .title")).to_contain_text("tanh")
    with page.expect_response("**/api/v1/dynamics") as answered:
        page.get_by_label("Another input beside it").check()
    gradients = answered.value.json()["run"]["trace"]["gradients"]
    inputs = json.loads(answered.value.request.post_data)["inputs"]
    given = {name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in inputs.items()}
    after = torch.tanh(given["W_h"] @ given["h"].t() + given["W_x"] @ given["x"].t())
    after.backward(torch.ones_like(after))
    for name, tensor in given.items():
        assert torch.allclose(torch.tensor(gradients[name], dtype=torch.float64), tensor.grad, rtol=1e-12)


def test_a_program_that_cannot_be_read_leaves_the_last_picture(lesson):
    page = lesson(link(SIGN, x=2))
    before = page.locator(".dynamic-lines").inner_text()
    page.click("#lesson-editor .cm-content")
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" +")
    expect(page.locator("#lesson-problem")).not_to_be_empty()
    assert page.locator(".dynamic-lines").inner_text() == before
    assert cards(page).count() == 3


def test_the_exercises_are_graded_with_hints_for_known_slips(lesson):
    page = lesson()
    first = page.locator(".exercise").first
    first.get_by_label("Your answer").fill("4")
    first.get_by_role("button", name="Check").click()
    expect(first.locator(".exercise-told")).to_have_text("After four rounds y is 48, and 48 is still below 50.")
    first.get_by_label("Your answer").fill("5")
    first.get_by_role("button", name="Check").click()
    expect(first.locator(".exercise-told")).to_contain_text("Right.")
    last = page.locator(".exercise").nth(2)
    last.get_by_label("It explodes.").check()
    last.get_by_role("button", name="Check").click()
    expect(last.locator(".exercise-told")).to_contain_text("Right.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1366, "height": 768}, {"width": 1920, "height": 1080}, PHONE])
def test_the_page_is_accessible_and_never_wider_than_its_window(visit, size: dict, scheme: str):
    explorer = visit(link(SIGN, "other:-2", x=2), drawn=False, color_scheme=scheme, **size)
    page = settled(explorer.page)
    assert axe(explorer) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.goto(f"{explorer.address}/{link(CELL, 'loops:rolled', h0=1, T=20, s=0.5)}")
    settled(page).get_by_text("The numbers").click()
    assert axe(explorer) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


BOXES = """all => all.map((one) => {
  const box = one.getBoundingClientRect();
  const words = [...one.parentNode.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
  const inside = words.every((word) => word.x >= box.x && word.right <= box.right && word.bottom <= box.bottom + 1);
  return [box.x, box.y, box.right, box.bottom, inside];
})"""


@pytest.mark.parametrize("lab", ["loops:rolled", "loops:unrolled", "loops:rolled,other:_3_"])
def test_cards_do_not_stand_on_each_other_and_words_stay_in_them(lesson, lab: str):
    page = lesson(link(CELL, lab, h0=1, T=5, s=0.5))
    boxes = page.eval_on_selector_all("figure:not([hidden]) .dynamic-card > rect:first-child", BOXES)
    assert all(box[4] for box in boxes)
    for place, one in enumerate(boxes):
        for two in boxes[place + 1 :]:
            assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
