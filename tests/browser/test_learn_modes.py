"""The lessons «Forward against reverse» and «Reverse mode»: they draw what the API answers, and every part is reached by keyboard."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
from lesson import PHONE, asked, opener, said, settled
from playwright.sync_api import expect
from test_axe import axe

LOOP = "for i in range(8):\n    x = sin(x) * a"


def opened(visit, slug: str, rest: str = "", **options):
    return opener(slug)(visit, rest, **options)


# ---------------------------------------------------------------- forward against reverse


def test_the_sum_over_every_cut_is_the_entry_that_both_sweeps_find(visit):
    page = opened(visit, "forward-reverse").page
    slider = page.get_by_role("slider", name="Cut")
    slider.focus()
    page.keyboard.press("Home")
    places = int(slider.get_attribute("max")) + 1
    assert places == 6
    for place in range(places):
        expect(page.locator(".cut-sum strong")).to_have_text("5.5")
        expect(page.locator(".sweeps-table .is-cut")).to_have_count(1)
        assert f"cut:{place}" in unquote(page.url)
        page.keyboard.press("ArrowRight")
    expect(said(page)).to_contain_text("as at every cut. That is ∂v5/∂x1")


def test_an_adjoint_that_is_not_whole_behind_a_cut_says_so(visit):
    page = opened(visit, "forward-reverse", "?v=1&lab=cut:2").page
    expect(page.locator('tr[data-node="1"] .from-behind')).to_have_text("(−0.2837 from behind the cut)")
    expect(page.locator('tr[data-node="3"] .from-behind')).to_have_text("")


def test_choosing_another_input_and_output_finds_another_entry(visit):
    page = opened(visit, "forward-reverse").page
    page.get_by_label("Input that moves").select_option("x2")
    expect(page.locator(".cut-sum strong")).to_have_text("1.716")
    expect(said(page)).to_contain_text("∂v5/∂x2")
    assert "in:1" in unquote(page.url)
    page.reload()
    settled(page)
    expect(page.locator(".cut-sum strong")).to_have_text("1.716")


@pytest.mark.parametrize(
    ("words", "inputs", "outputs", "mode"), [("One input, many outputs", 1, 4, "forward"), ("Many inputs, one output", 6, 1, "reverse")]
)
def test_both_extremes_are_a_click_away(visit, words: str, inputs: int, outputs: int, mode: str):
    page = opened(visit, "forward-reverse").page
    page.get_by_role("button", name=words).click()
    row = page.locator(".learn-numbers tr", has_text=f"one {mode} sweep").first
    expect(row).to_contain_text("✓ cheaper")
    expect(page.locator(".learn-numbers tr", has_text="one forward sweep").first).to_contain_text(f"{inputs}, one an input")
    expect(page.locator(".learn-numbers tr", has_text="one reverse sweep").first).to_contain_text(f"{outputs}, one an output")


def test_the_counts_are_those_of_the_api(visit):
    explorer = opened(visit, "forward-reverse")
    answer = asked(explorer, "cost", source="v1 = log(x1)\nv2 = x1*x2\nv3 = sin(x2)\nv4 = v1 + v2\nv5 = v4 - v3", inputs={"x1": 2, "x2": 5})
    for mode in ("forward", "reverse"):
        cells = explorer.page.locator(".costs .learn-numbers tr", has_text=f"one {mode} sweep").first.locator("td")
        expect(cells.nth(3)).to_have_text(str(answer[mode]["total"]))
        expect(cells.last).to_contain_text(str(answer[mode]["whole"]))
    table = explorer.page.locator("details", has_text="The lines as a table")
    table.locator("summary").click()
    assert table.locator("tbody tr").count() == len(answer["rows"]["by_outputs"])
    expect(table.locator(".is-current")).to_contain_text("your program")


def test_the_lines_change_with_what_grows(visit):
    page = opened(visit, "forward-reverse").page
    expect(page.locator("[data-chart=crossover] svg")).to_have_attribute(
        "aria-label", "Operations of the whole Jacobian over the number of outputs: reverse mode is cheaper below 2.29, forward mode above"
    )
    page.get_by_label("inputs", exact=True).check()
    expect(page.locator("[data-chart=crossover] svg")).to_have_attribute(
        "aria-label", "Operations of the whole Jacobian over the number of inputs: forward mode is cheaper below 0.875, reverse mode above"
    )


def test_every_program_of_the_gallery_has_a_dot_and_a_row_that_opens_it(visit):
    explorer = opened(visit, "forward-reverse")
    page = explorer.page
    costs = page.request.get(f"{explorer.address}/api/v1/examples/costs").json()["costs"]
    expect(page.locator(".cheap-dot")).to_have_count(sum(one["ratio"] is not None for one in costs))
    details = page.locator("details", has_text="The dots as a table")
    details.locator("summary").click()
    expect(details.locator("tbody tr")).to_have_count(len(costs))
    details.get_by_role("button", name="A product of many factors").click()
    expect(page.locator("#lesson-editor")).to_contain_text("x1 * x2 * x3")


def test_a_program_whose_output_has_the_name_of_an_input_is_swept_all_at_once(visit):
    page = opened(visit, "forward-reverse", f"?v=1&e={quote(LOOP)}&at=x:1,a:1.2").page
    expect(page.get_by_label("Input that moves")).to_be_disabled()
    expect(said(page)).to_contain_text("as at every cut")


# ---------------------------------------------------------------- reverse mode


def test_every_kept_value_has_a_bar_and_says_who_needs_it(visit):
    explorer = opened(visit, "reverse-mode", f"?v=1&e={quote('a = exp(x)' + chr(10) + 'b = sin(a)' + chr(10) + 'y = b * x')}&at=x:0.5")
    page = explorer.page
    rows = page.locator(".lives tbody tr")
    expect(rows).to_have_count(3)
    rows.nth(1).get_by_role("button").focus()
    expect(said(page)).to_have_text(
        "a is kept from step 1 to step 6, 8 bytes: step 5, back through b, reads it for the slope by a; "
        "step 6, back through a, reads it for the slope by x."
    )
    page.keyboard.press("ArrowDown")
    expect(said(page)).to_contain_text("b is kept from step 2")
    page.keyboard.press("Home")
    expect(said(page)).to_contain_text("x is kept from the start")


def test_the_tape_tells_what_is_kept_and_every_adjoint(visit):
    page = opened(visit, "reverse-mode", f"?v=1&e={quote('d = a * (a + b)')}&at=a:2,b:3").page
    page.locator("summary", has_text="The tape: 4 lines").click()
    rows = page.locator("details", has_text="The tape: 4 lines").locator("tbody tr")
    expect(rows).to_have_count(4)
    cells = [row.split() for row in rows.all_inner_texts()]
    assert cells[0] == ["a", "input", "2", "kept", "7"]
    assert [row[-1] for row in cells] == ["7", "2", "2", "1"]


def test_the_peak_is_the_one_of_the_api(visit):
    explorer = opened(visit, "reverse-mode", f"?v=1&e={quote(LOOP)}&at=x:1,a:1.2")
    peak = asked(explorer, "memory", source=LOOP, inputs={"x": 1, "a": 1.2})["peaks"]["held"]
    label = explorer.page.locator("[data-chart=held] svg").get_attribute("aria-label")
    assert label == f"Bytes held after each step; the peak is {peak['bytes']} bytes after step {peak['step']}"
    details = explorer.page.locator("details", has_text="The curve as a table").first
    details.locator("summary").click()
    expect(details.locator(".is-current td").first).to_have_text(str(peak["bytes"]))


def test_the_slider_picks_a_point_of_the_curve_and_its_schedule(visit):
    explorer = opened(visit, "reverse-mode", f"?v=1&e={quote(LOOP)}&at=x:1,a:1.2")
    page = explorer.page
    page.get_by_role("slider", name="Snapshots").focus()
    page.keyboard.press("Home")
    expect(said(page)).to_contain_text("1 snapshot for 8 segments")
    expect(said(page)).to_contain_text("Every adjoint has the same bits")
    assert "slots:1" in unquote(page.url)
    actions = asked(explorer, "memory", source=LOOP, inputs={"x": 1, "a": 1.2}, slots=1)["checkpoints"]["actions"]
    expect(page.locator(".schedule-told")).to_contain_text(f"1 of {len(actions)}.")
    expect(page.locator("[data-chart=schedule] .schedule-reverse")).to_have_count(8)


def test_the_schedule_steps_by_keys_and_buttons(visit):
    page = opened(visit, "reverse-mode", f"?v=1&e={quote(LOOP)}&at=x:1,a:1.2&lab=slots:2").page
    told = page.locator(".schedule-told")
    page.locator(".schedule-picture").focus()
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("2 of ")
    expect(said(page)).to_contain_text("Run segments 1 to ")
    page.keyboard.press("End")
    expect(told).to_contain_text("Drop the snapshot before segment 1")
    page.keyboard.press("Home")
    page.get_by_role("button", name="Next action").click()
    expect(told).to_contain_text("2 of ")
    page.get_by_role("button", name="Previous action").click()
    expect(told).to_contain_text("1 of ")


def test_the_schedule_plays_by_itself_until_it_is_stopped(visit):
    page = opened(visit, "reverse-mode", f"?v=1&e={quote(LOOP)}&at=x:1,a:1.2").page
    told = page.locator(".schedule-told")
    expect(told).to_contain_text("1 of ")
    page.locator(".schedule-picture").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(told).to_contain_text("3 of ")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_nothing_moves_where_motion_is_reduced(visit):
    page = opened(visit, "reverse-mode").page
    assert page.evaluate("getComputedStyle(document.querySelector('.schedule-cursor')).transitionDuration") == "0s"


def test_a_cotangent_is_typed_and_stays_in_the_address(visit):
    page = opened(visit, "reverse-mode", f"?v=1&e={quote('y = [x*z, sin(z)]')}&at=x:3,z:0").page
    expect(page.locator(".along-result").nth(1)).to_have_text("z 4")
    box = page.get_by_label("Cotangent of y[1]")
    box.fill("5")
    box.press("Enter")
    expect(page.locator(".along-result").nth(1)).to_have_text("z 8")
    page.reload()
    settled(page)
    expect(page.locator(".along-result").nth(1)).to_have_text("z 8")


def test_a_long_program_keeps_its_curve(visit):
    page = opened(visit, "reverse-mode", f"?v=1&e={quote('for i in range(3000):' + chr(10) + '    x = sin(x) * a')}&at=x:1,a:1.1").page
    expect(page.locator(".learn-note", has_text="too long for a list")).to_be_visible()
    expect(page.locator("[data-chart=curve] svg")).to_be_visible()


def test_a_program_that_is_wrong_leaves_the_last_picture(visit):
    page = opened(visit, "reverse-mode").page
    page.click("#lesson-editor .cm-content")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text("y = 2 *")
    expect(page.locator("#lesson-problem")).not_to_be_empty()
    expect(page.locator(".lives tbody tr").first).to_be_visible()


# ---------------------------------------------------------------- both


@pytest.mark.parametrize("slug", ["forward-reverse", "reverse-mode"])
@pytest.mark.parametrize("options", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_nothing_serious(visit, slug: str, options: dict):
    explorer = opened(visit, slug, **options)
    explorer.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert axe(explorer) == []
    assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("slug", ["forward-reverse", "reverse-mode"])
def test_odd_names_show_as_text(visit, slug: str):
    page = opened(visit, slug, f"?v=1&e={quote('y = valueOf * constructor')}&at=valueOf:2,constructor:3").page
    table = page.locator(".sweeps-table, .lives").first
    expect(table).to_contain_text("constructor")
