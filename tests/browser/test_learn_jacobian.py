"""The Jacobian as a product: small programs in squares and tables, large ones in blocks and words, the product played step by step."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import pytest
from lesson import settled
from playwright.sync_api import Page, expect
from test_axe import axe

UNUSED = ("y = x[:2] * 2\nz = 3 * y[0]\ny, z", "x:[1,2,3]")
WIDE = ("x = linspace(0, 1, 200) * a\ny = x * x\nz = y[:199] - y[1:]", "a:2")
LONG = ("for i in range(600):\n    x = sin(x) * 1.1\ny = x", "x:2")


@pytest.fixture
def opened(visit):
    def open_at(program: tuple[str, str] | None = None, lab: str = "", **options: object) -> Page:
        query = "" if program is None else f"?v=1&e={quote(program[0])}&at={program[1]}"
        return settled(visit(f"learn/jacobian{query}{lab}", drawn=False, **options).page)

    return open_at


def cells(page: Page, caption: str) -> list[str]:
    return page.get_by_role("table", name=caption, exact=True).locator("td").all_text_contents()


def test_a_factor_that_is_pressed_is_written_out_with_blanks_where_it_is_zero_by_structure(opened):
    page = opened()
    page.locator("[data-factor='3']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-factor='3']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".factor[aria-pressed=true]")).to_have_count(1)
    table = page.get_by_role("table", name="J₃ written out")
    assert table.locator("thead th").all_text_contents() == ["w[0]", "w[1]", "w[2]"]
    assert table.locator("td").all_text_contents()[1:] == ["1", "", "", "", "1", "", "", "", "1", "1", "", "", "", "1", ""]


def test_focus_and_pointer_name_the_layout_of_a_factor(opened):
    page = opened()
    layout = page.locator(".factor-layout")
    page.locator("[data-factor='2']").focus()
    expect(layout).to_have_text("J₂, w, sin: 3 × 3, 3 of 9 (33 %), 2 negative. Rows: w (3). Columns: v (3).")
    page.locator("[data-factor='5']").hover()
    expect(layout).to_contain_text("J₅, y, add: 2 × 4, 4 of 8 (50 %)")


def test_what_happens_to_be_zero_is_a_ring_and_a_0_not_a_blank(opened):
    page = opened(("y = x * x\nz = y[0] * y[1]", "x:[0,2]"))
    assert page.locator("[data-factor='1'] .sparse-entry").count() == 2
    assert page.locator("[data-factor='1'] .sparse-sign").count() == 1
    assert cells(page, "J₁ written out")[1:] == ["0", "", "", "4"]


def test_an_input_that_is_never_read_has_no_letter(opened):
    page = opened(UNUSED)
    assert page.locator(".whole .sparse-mark text").all_text_contents() == ["A", "A", "B", "A", "A", "–"]
    expect(page.locator(".whole")).to_contain_text("without an entry: x[2]")


def test_letters_are_tinted_too(opened):
    page = opened(UNUSED)
    fills = page.locator(".whole .sparse-mark rect").evaluate_all("all => all.map((one) => getComputedStyle(one).fill)")
    assert fills[0] == fills[1] != fills[2]
    assert fills[5] not in (fills[0], fills[2])


def test_sweeps_are_counted_one_by_one_and_by_letters(opened):
    page = opened(UNUSED)
    assert cells(page, "Sweeps for the whole Jacobian") == ["3", "1", "3", "2"]
    expect(page.locator(".whole")).to_contain_text("1 forward sweep was run with seeds added by letter")


def test_the_product_is_played_by_buttons_and_said(opened):
    page = opened()
    expect(page.locator(".standing li")).to_have_count(5)
    page.get_by_role("button", name="Next product").click()
    expect(page.locator("#lesson-said")).to_have_text("Product 1 of 4: J₂ J₁ is one matrix now, 3 by 3.")
    expect(page.locator(".standing li.is-now")).to_contain_text("J₂ J₁3 × 3")
    expect(page.locator(".factor.is-now")).to_have_count(2)
    for _ in range(3):
        page.get_by_role("button", name="Next product").click()
    expect(page.locator("#lesson-said")).to_have_text("Product 4 of 4: J₅ ⋯ J₁ is one matrix now, 2 by 3. It is J.")
    page.get_by_role("button", name="Back").click()
    expect(page.locator(".standing li")).to_have_count(2)


def test_an_order_is_chosen_by_key_stands_in_the_address_and_opens_again(opened):
    page = opened()
    page.get_by_role("radio", name=re.compile("from the right")).focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Next product").click()
    expect(page.locator(".order-step")).to_have_text("Product 1 of 4: J₅ J₄ is one matrix now, 2 by 5.")
    assert "order:left_to_right" in unquote(page.url)
    page.reload()
    page.wait_for_selector("body[data-settled=true]")
    expect(page.get_by_role("radio", name=re.compile("from the left"))).to_be_checked()


def test_the_counts_of_all_orders_stand_in_a_table(opened):
    page = opened(("y = W @ x\nz = sum(y * y)", "x:[1,2],W:[[1,2],[3,4],[5,6]]"))
    counts = [int(text) for text in page.locator(".order-table td.numeral").all_text_contents()]
    assert len(counts) == 3
    assert counts[2] == min(counts)
    assert counts[1] < counts[0]  # one output: cheaper from the left
    expect(page.locator(".order-bar.is-least").first).to_be_visible()


def test_one_factor_has_nothing_to_multiply(opened):
    page = opened(("y = x", "x:1"))
    expect(page.locator("#lesson-tool")).to_contain_text("There is one factor: nothing to multiply.")
    expect(page.locator("#lesson-said")).to_have_text("J is 1 by 1, and a single factor.")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844), (320, 640)])
def test_hundreds_of_columns_are_drawn_in_blocks_and_stay_on_the_page(opened, width: int, height: int):
    page = opened(WIDE, width=width, height=height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("[data-factor='2'] .factor-facts")).to_contain_text("200 × 200, 200 of 40000 (1 %); a square is 4 × 4")
    assert page.locator("[data-factor='2'] .sparse-block").count() == 50
    assert page.locator(".sparse").evaluate_all("all => all.every((one) => one.getBoundingClientRect().height <= 200)")
    expect(page.locator(".whole")).to_contain_text("199 letters for 199")


def test_a_chain_over_its_budget_says_so_and_the_whole_is_still_there(opened):
    page = opened(LONG)
    expect(page.locator(".jacobian-large")).to_contain_text("1,200 factors")
    expect(page.locator("#lesson-said")).to_have_text("J is 1 by 1, with 1 entry that can differ from zero.")
    expect(page.locator("#lesson-problem .problem-sentence")).to_have_count(0)
    assert page.get_by_role("table", name="The Jacobian").locator("td").count() == 2


def test_a_long_chain_shows_its_last_factors_and_counts(opened):
    page = opened(("for i in range(100):\n    x = sin(x) * 1.1\ny = x", "x:2"))
    expect(page.locator(".factor")).to_have_count(24)
    expect(page.locator(".factor-more")).to_have_text("and 176 more, down to J₁")
    expect(page.locator("#lesson-tool")).to_contain_text("The chain is too long to be played.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("program", [UNUSED, WIDE, LONG])
def test_large_and_small_pictures_are_accessible(visit, program: tuple[str, str], scheme: str):
    explorer = visit(f"learn/jacobian?v=1&e={quote(program[0])}&at={program[1]}", drawn=False, color_scheme=scheme)
    explorer.page.wait_for_selector("body[data-settled=true]")
    assert axe(explorer) == []


def test_names_of_objects_in_javascript_are_names_like_others(opened):
    page = opened(("constructor = toString * 2\ny = sin(constructor)", "toString:3"))
    expect(page.locator(".factor-layout")).to_contain_text("Columns: toString.")
    assert page.get_by_role("table", name="The Jacobian").locator("th").all_text_contents() == ["toString", "y"]


def test_the_first_factor_is_written_out_at_first_and_the_picked_one_after_a_change(opened):
    page = opened(UNUSED)
    expect(page.locator(".factor[aria-pressed=true]")).to_have_attribute("data-factor", "1")
    page.locator("[data-factor='3']").click()
    page.locator("#lesson-inputs input").first.fill("7")
    page.keyboard.press("Enter")
    expect(page.locator(".whole figcaption")).to_be_visible()
    expect(page.locator(".factor[aria-pressed=true]")).to_have_attribute("data-factor", "3")
