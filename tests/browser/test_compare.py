"""Two programs side by side: what differs, what is wrong with either, and the ways there."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Page, expect


def settled(page: Page) -> Page:
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector("body[data-settled=true]")
    return page


def row(page: Page, name: str, section: str):
    """The cells of a row, by the words of its head and of its section."""
    body = page.locator("tbody", has=page.locator(".compare-section", has_text=section))
    return body.locator("tr", has=page.locator("th[scope=row]", has_text=name)).first.locator("td")


def write(page: Page, side: str, program: str) -> None:
    """Type a program into one of the editors."""
    page.click(f".compare-{side} .cm-content")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(program)


def link(left: str, right: str, rest: str = "") -> str:
    return f"compare?v=1&left={quote(left)}&right={quote(right)}{rest}"


def test_the_first_pair_shows_which_softmax_overflows(visit):
    page = settled(visit("compare", drawn=False).page)
    cells = row(page, "y", "Outputs")
    expect(cells.nth(0)).to_have_text("NaN")
    expect(cells.nth(1)).to_have_text("0.24472847105479764")
    expect(cells.last).to_have_text("⚠left is NaN")
    expect(page.locator("#compare-summary")).to_have_text(
        "Output: left is NaN. Gradient of z: left is NaN. Left uses 5 operations, right 6. "
        "Rounding: left is not a number, right 0.39 units in the last place off."
    )
    assert page.locator(".compare-graph svg").count() == 2


def test_digits_that_differ_are_marked_and_counted(visit):
    page = settled(visit("compare?v=1&pair=horner", drawn=False).page)
    cells = row(page, "y", "Outputs")
    assert cells.nth(0).inner_text().removesuffix(cells.nth(0).locator("mark").inner_text()) == cells.nth(1).inner_text().removesuffix(
        cells.nth(1).locator("mark").inner_text()
    )
    expect(cells.last).to_contain_text("differ in the")
    expect(row(page, "pow", "Counts").nth(0)).to_have_text("2")
    expect(row(page, "pow", "Counts").nth(1)).to_have_text("0")
    expect(row(page, "operations", "Counts").last).to_contain_text("right has fewer")


def test_the_table_shows_what_the_api_answers(visit):
    explorer = visit("compare?v=1&pair=log1p", drawn=False)
    page = settled(explorer.page)
    body = {"left": {"source": "y = log(1 + x)"}, "right": {"source": "y = log1p(x)"}, "inputs": {"x": 1e-10}}
    answer = page.request.post(
        f"{explorer.address}/api/v1/compare", data=json.dumps(body), headers={"content-type": "application/json"}
    ).json()
    digits = answer["right"]["outputs"][0]["error"]["digits"]
    expect(row(page, "y", "Rounding error")).to_contain_text([" ulp", " ulp", digits.replace("-", "−"), "right is nearer"])


def test_typing_compares_after_a_pause_and_the_address_follows(visit):
    page = settled(visit(link("y = x*x", "y = x*x", "&at=x:3"), drawn=False).page)
    expect(row(page, "y", "Outputs").last).to_have_text("=equal")
    write(page, "right", "y = x*x + 1e-9")
    expect(row(page, "y", "Outputs").last).to_have_text("≠differ in the 10th digit")
    assert "x*x + 1e-9" in unquote(page.url).replace("+", " ").replace("  ", " + ") or "1e-9" in unquote(page.url)
    page.reload()
    expect(row(settled(page), "y", "Outputs").last).to_have_text("≠differ in the 10th digit")


def test_a_wrong_program_is_told_on_its_side_with_a_place_and_a_fix(visit):
    page = settled(visit(link("y = (x + 1", "y = x*x", "&at=x:3"), drawn=False).page)
    left = page.locator(".compare-left")
    expect(left.locator(".problem-sentence")).to_contain_text("not closed")
    expect(left.locator(".mark-problem")).to_have_text("(")
    expect(page.locator(".compare-right .problem-sentence")).to_have_count(0)
    expect(row(page, "y", "Outputs").nth(1)).to_have_text("9")
    expect(page.locator("#compare-summary")).to_contain_text("Left has a problem")
    left.get_by_role("button", name="Add )").click()
    expect(left.locator(".problem-sentence")).to_have_count(0)
    expect(row(page, "y", "Outputs").nth(0)).to_have_text("4")


def test_a_new_name_becomes_an_input_by_one_press(visit):
    page = settled(visit(link("y = x", "y = x", "&at=x:3"), drawn=False).page)
    write(page, "left", "y = x*k")
    page.get_by_role("button", name="Add input k = 1").click()
    expect(page.locator("#compare-inputs .field-row")).to_have_count(2)
    page.locator("[data-name=k] [data-role=value]").fill("5")
    expect(row(page, "y", "Outputs").nth(0)).to_have_text("15")
    assert "k:5" in page.url


def test_the_sides_change_places(visit):
    page = settled(visit("compare?v=1&pair=log1p", drawn=False).page)
    page.get_by_role("button", name="Swap sides").click()
    expect(page.locator(".compare-left .cm-content")).to_have_text("y = log1p(x)")
    expect(row(page, "y", "Rounding error").last).to_contain_text("left is nearer")
    expect(page.locator("#compare-pair")).to_have_value("own")


def test_all_of_it_goes_by_keyboard(visit):
    page = settled(visit("compare?v=1&pair=horner", drawn=False).page)
    page.locator("#compare-pair").focus()
    page.keyboard.type("The same")
    expect(page.locator(".compare-left .cm-content")).to_have_text("y = sin(x)*x")
    settled(page)
    for name in ("Swap sides", "Compare"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
    places = []
    for _ in range(14):
        page.keyboard.press("Tab")
        places.append(page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent"))
        if page.evaluate("document.activeElement.classList.contains('cm-content')"):
            page.keyboard.press("Escape")
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
    assert {"Left program", "Right program", "x, slider"} <= set(places)
    page.locator(".compare-right .cm-content").focus()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.insert_text(" + 1")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(row(page, "y", "Outputs").last).to_contain_text("differ")


def test_rows_that_are_the_same_can_be_left_out(visit):
    page = settled(visit("compare?v=1&pair=log1p", drawn=False).page)
    page.click("label:has-text('what differs')")
    expect(page.locator(".compare-section", has_text="Gradients")).to_have_count(0)
    expect(page.locator("tbody tr.is-same")).to_have_count(0)
    assert "rows=differences" in page.url
    page.select_option("#compare-pair", "same")
    expect(page.locator("#compare-table")).to_have_text("Nothing differs.")


def test_the_explorer_brings_its_program_and_its_inputs(visit):
    explorer = visit("?v=1&ex=survey-1")
    page = explorer.page
    page.click(".head-more")
    page.get_by_role("button", name="Compare…").click()
    page.wait_for_url("**/compare?*")
    settled(page)
    expect(page.locator(".compare-left .cm-line").first).to_have_text("v1 = log(x1)")
    expect(page.locator("[data-name=x2] [data-role=value]")).to_have_value("5")
    expect(page.locator("#compare-summary")).to_contain_text("Values are equal. Gradients are equal.")
    page.locator(".compare-left").get_by_role("link", name="Open in the explorer").click()
    explorer.wait_drawn()
    assert explorer.program().startswith("v1 = log(x1)")


@pytest.mark.parametrize("width", [320, 390, 900])
@pytest.mark.parametrize("pair", ["softmax", "seventh", "variance"])
def test_a_narrow_window_scrolls_down_alone(visit, width: int, pair: str):
    page = settled(visit(f"compare?v=1&pair={pair}", drawn=False, width=width, height=700).page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("window.scrollTo(200, 0)")
    assert page.evaluate("window.scrollX") == 0


def test_markup_in_names_and_programs_is_text(visit):
    hostile = "# <img src=x onerror=alert(1)>\n__proto__ = constructor + 1\n__proto__"
    page = settled(visit(link(hostile, "y = constructor", "&at=constructor:2,<img src=x>:3"), drawn=False).page)
    expect(page.locator(".compare-left .cm-content")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator("[data-name=constructor] [data-role=value]")).to_have_value("2")
    assert page.locator("img").count() == 0


def test_the_graphs_follow_the_theme(visit):
    def ground(query: str, scheme: str) -> str:
        page = settled(visit(query, drawn=False, color_scheme=scheme).page)
        return page.locator(".compare-left .compare-graph svg > rect").first.get_attribute("fill")

    assert ground("compare?v=1&pair=same", "light") == ground("compare?v=1&pair=same&theme=light", "dark")
    assert ground("compare?v=1&pair=same", "dark") != ground("compare?v=1&pair=same", "light")
