"""The lesson on dual numbers: a calculator with ε, every node written out with what is struck, and Taylor polynomials from the API."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from lesson import PHONE, opener, said
from playwright.sync_api import Page, expect
from test_axe import axe

opened = opener("dual-numbers")


def expression(page: Page):
    return page.get_by_role("textbox", name="Expression with ε")


def order(page: Page):
    return page.get_by_role("slider", name="Powers kept")


def test_the_calculator_counts_and_strikes_the_square_of_epsilon(visit):
    page = opened(visit).page
    expect(page.locator(".calculator-result")).to_have_text("= 6 − 10 ε")
    struck = page.locator(".calculator del")
    expect(struck).to_have_count(1)
    expect(struck).to_contain_text("struck: −4 ε²")
    expect(page.locator(".calculator .expansion-said")).to_have_text("ε² = 0: −4 ε² is struck.")


def test_its_keys_write_where_the_caret_stands(visit):
    page = opened(visit).page
    keys = page.get_by_role("group", name="Keys")
    keys.get_by_role("button", name="Clear").click()
    expect(expression(page)).to_be_focused()
    page.keyboard.type("2")
    for key in ("epsilon", "plus", "open bracket", "epsilon", "close bracket"):
        keys.get_by_role("button", name=key, exact=True).press("Enter")
    expect(expression(page)).to_have_value("2ε + (ε)")
    expect(page.locator(".calculator-result")).to_have_text("= 0 + 3 ε")


def test_what_has_no_inverse_is_said_and_the_program_stays(visit):
    page = opened(visit).page
    expression(page).fill("1 / ε")
    expect(page.locator(".calculator-problem")).to_contain_text("has no inverse")
    expect(expression(page)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".dual tbody tr")).to_have_count(4)


def test_a_wrong_expression_with_markup_stays_text(visit):
    page = opened(visit).page
    expression(page).fill("<img src=x onerror=alert(1)>")
    expect(page.locator(".calculator-problem")).to_be_visible()
    expect(page.locator("#lesson-tool img")).to_have_count(0)


def test_every_node_is_a_dual_number_that_the_api_found(visit):
    explorer = opened(visit)
    page = explorer.page
    body = {"source": "u = x * x\nv = sin(x)\ny = u * v", "inputs": {"x": 2}}
    headers = {"content-type": "application/json"}
    answer = page.request.post(f"{explorer.address}/api/v1/dual", data=json.dumps(body), headers=headers).json()
    shown = [row.inner_text() for row in page.locator(".dual tbody tr td:last-child").all()]
    real, dual = answer["result"]["coefficients"]
    assert shown[-1] == f"{real:.4g} + {dual:.4g} ε"
    assert len(shown) == len(answer["nodes"])
    expect(said(page)).to_contain_text("What stands beside ε is the derivative: 1.973")


def test_a_node_is_chosen_by_keyboard_and_written_out(visit):
    page = opened(visit).page
    button = page.locator(".dual tbody button").first
    button.focus()
    page.keyboard.press("Enter")
    chosen = page.get_by_role("region", name="The chosen node, written out")
    expect(chosen).to_contain_text("x * x")
    expect(chosen.locator("del")).to_contain_text("struck: 1 ε²")
    expect(page.locator('.dual button[aria-pressed="true"]')).to_be_focused()
    assert "node:1" in unquote(page.url)


def test_more_powers_bring_the_polynomial_nearer(visit):
    page = opened(visit).page
    expect(page.locator(".taylor-polynomial")).not_to_have_count(0)
    order(page).focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".dual-kept")).to_have_text("up to ε⁴")
    expect(page.locator(".learn-note", has_text="polynomial of order 4")).to_contain_text("At t = −2 the program gives 0")
    assert "order:4" in unquote(page.url)
    page.get_by_text("The same as a table").click()
    expect(page.locator(".learn-numbers thead th")).to_have_text(["t", "program", "tangent", "up to t⁴"])


def test_another_input_carries_epsilon(visit):
    page = opened(visit, "?v=1&e=y%20=%20a*b&at=a:2,b:3").page
    expect(said(page)).to_contain_text("Where a carries ε, y = 6 + 3 ε")
    page.get_by_label("ε is carried by").select_option("b")
    expect(said(page)).to_contain_text("Where b carries ε, y = 6 + 2 ε")
    assert "by:1" in unquote(page.url)


def test_the_program_may_speak_of_epsilon_itself(visit):
    page = opened(visit, "?v=1&e=y%20=%20(3%20%2B%20ε)**2").page
    expect(said(page)).to_contain_text("Where ε carries ε, y = 9 + 6 ε")


def test_entries_of_vectors_carry_it_too(visit):
    page = opened(visit, "?v=1&e=sum(x*x)&at=x:[1,2]&lab=by:1").page
    expect(said(page)).to_contain_text("Where x[1] carries ε, out = 5 + 4 ε")


def test_several_outputs_have_no_curve_and_say_so(visit):
    page = opened(visit, "?v=1&e=x%20*%20x,%20sin(x)&at=x:1").page
    expect(page.locator(".learn-note", has_text="The curve is drawn of programs")).to_be_visible()
    expect(page.locator('[data-chart="taylor"]')).to_be_hidden()


def test_on_a_kink_the_note_of_the_node_stands_with_it(visit):
    page = opened(visit, "?v=1&e=y%20=%20relu(x)&at=x:0").page
    expect(page.locator(".dual-chosen")).to_contain_text("relu is not differentiable at 0")


def test_the_explorer_opens_in_forward_mode_with_dual_notation(visit):
    page = opened(visit).page
    page.click("#lesson-open")
    page.wait_for_url(lambda url: "/learn/" not in url)
    assert "mode=forward" in page.url
    assert "notation=dual" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(visit, scheme: str):
    explorer = opened(visit, "?v=1&lab=order:3", color_scheme=scheme)
    assert axe(explorer) == []


def test_the_phone_shows_everything_without_scrolling_sideways(visit):
    explorer = opened(visit, "?v=1&lab=order:8", **PHONE)
    assert explorer.page.evaluate("document.documentElement.scrollWidth") == 390
    assert axe(explorer) == []
