"""A handout for paper: blanks, their key, and nothing of the answer before it."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import expect


def test_the_sheet_leaves_out_what_the_key_has(visit):
    page = visit("worksheet?v=1&ex=survey-1&mode=reverse", drawn=False).page
    page.wait_for_selector("body[data-ready]")
    sheet, key = page.locator(".page:not(.key)"), page.locator(".page.key")
    expect(sheet.locator("h1")).to_have_text("The survey's function")
    expect(sheet.locator(".graph svg")).to_be_visible()
    assert sheet.locator("tbody tr").count() == key.locator("tbody tr").count() == 16
    assert sheet.locator("td .blank").count() == key.locator("td strong").count() == 24
    expect(key.locator(".answers")).to_contain_text("1.716")
    assert "1.716" not in sheet.inner_text()
    assert "×" not in "".join(sheet.locator(".graph svg text").all_text_contents()).replace("×", "", 1)  # the sign of v2 = x1·x2 alone
    page.click("label:has-text('sums only')")
    assert page.locator(".page:not(.key) td .blank").count() == 6
    assert "blank=sums" in page.url
    page.click("label:has-text('Key')")
    expect(page.locator(".page.key")).to_have_count(0)


def test_the_key_begins_a_page_of_its_own(visit):
    page = visit(f"worksheet?v=1&e={quote('y = x*x')}&at=x:3&blank=second", drawn=False).page
    page.wait_for_selector("body[data-ready]")
    page.emulate_media(media="print")
    expect(page.locator("#sheet-bar")).to_be_hidden()
    assert page.locator(".page.key").evaluate("(one) => getComputedStyle(one).breakBefore") == "page"
    content = page.pdf(prefer_css_page_size=True)
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") in (2, 3)


def test_markup_in_a_program_is_printed(visit):
    page = visit(f"worksheet?v=1&e={quote('# <img src=x onerror=alert(1)>' + chr(10) + 'y = x')}&at=x:3", drawn=False).page
    page.wait_for_selector("body[data-ready]")
    expect(page.locator(".program")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("img").count() == 0


def test_a_program_without_a_graph_says_why(visit):
    page = visit(f"worksheet?v=1&e={quote('y = (x')}", drawn=False).page
    page.wait_for_selector("body[data-ready]")
    expect(page.locator("#sheet")).to_contain_text("not closed")


def test_a_long_loop_is_one_card_on_paper(visit):
    page = visit("worksheet?v=1&ex=vanishing", drawn=False).page
    expect(page.locator("figure.graph")).to_contain_text("for i … ×20")


def test_a_graph_that_cannot_be_read_on_paper_says_where_it_can(visit):
    program = "%0A".join(f"y{k} = sin(x%2B{k})*cos(x-{k})" for k in range(60)) + "%0Ay = " + "%2B".join(f"y{k}" for k in range(60))
    page = visit(f"worksheet?v=1&e={program}&at=x:1", drawn=False).page
    expect(page.locator(".remark").first).to_contain_text("too large to be read on paper")
    assert page.locator("figure.graph").count() == 0
