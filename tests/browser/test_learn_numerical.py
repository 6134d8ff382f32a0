"""The lesson on numerical differentiation: one step for the secant and the V, and every number the API's own."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from lesson import PHONE, opener, said, settled
from playwright.sync_api import Page, expect
from test_axe import axe

opened = opener("numerical")


def slider(page: Page):
    return page.get_by_role("slider", name="Step h")


def test_a_link_written_by_hand_says_function_point_and_step(visit):
    page = opened(visit, "?f=sin(x)&x=1&h=1e-3").page
    expect(said(page)).to_contain_text("h = 0.001: forward gives 0.5399")
    expect(page.locator("#lesson-notices")).to_have_text("")
    assert "lab=h:0.001" in unquote(page.url)
    page.reload()
    settled(page)
    expect(said(page)).to_contain_text("h = 0.001: forward gives 0.5399")


def test_the_worked_example_has_its_exact_derivative(visit):
    expect(said(opened(visit).page)).to_contain_text("exact is 5.25")


def test_scrubbing_moves_the_secant_and_the_mark_on_the_v_together(visit):
    page = opened(visit).page
    slider(page).focus()
    page.keyboard.press("Home")
    wide = page.locator(".quotient-secant").first.get_attribute("d")
    page.keyboard.press("End")
    expect(said(page)).to_contain_text("h = 1 × 10⁻¹⁶")
    assert page.locator(".quotient-secant").first.get_attribute("d") != wide
    expect(page.locator(".vee-mark.is-now").first).to_be_visible()
    expect(page.locator("tr.is-current").first).to_contain_text("1 × 10⁻¹⁶")


def test_pointing_at_the_v_takes_its_step(visit):
    page = opened(visit).page
    box = page.locator('[data-chart="vee"] svg').bounding_box()
    before = slider(page).input_value()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    expect(slider(page)).not_to_have_value(before)


def test_playing_shrinks_the_step_and_stops_at_a_press(visit):
    page = opened(visit, "?v=1&lab=h:1", motion="no-preference").page
    page.get_by_role("button", name="Play").click()
    expect(slider(page)).to_have_value("2")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_with_reduced_motion_a_press_plays_one_step(visit):
    page = opened(visit, "?v=1&lab=h:1", motion="reduce").page
    page.get_by_role("button", name="Play").click()
    expect(slider(page)).to_have_value("1")


def test_float32_has_its_own_v(visit):
    page = opened(visit).page
    page.get_by_text("float32").click()
    settled(page)
    expect(page.locator(".learn-numbers tr", has_text="forward").first).to_contain_text("× 10⁻⁴")
    assert "dtype:float32" in unquote(page.url)


def test_any_named_number_can_be_differentiated_by(visit):
    page = opened(visit, "?v=1&e=u+%3D+x*x%0Ay+%3D+u*u&at=x:3").page
    page.get_by_label("Differentiate by").select_option("u")
    settled(page)
    expect(said(page)).to_contain_text("exact is 18")


def test_the_table_holds_what_the_api_answers(visit):
    explorer = opened(visit, "?f=sin(x)&x=1&h=1")
    body = {"source": "sin(x)", "inputs": {"x": 1}, "wrt": "x", "steps": [1]}
    answer = explorer.page.request.post(
        f"{explorer.address}/api/v1/numerical", data=json.dumps(body), headers={"content-type": "application/json"}
    ).json()
    explorer.page.get_by_text("All estimates as a table").click()
    row = explorer.page.locator("tr.is-current")
    expect(row.locator("td").first).to_have_text(f"{answer['estimates'][0]['forward']:.4g}")


def test_where_there_is_no_complex_step_the_page_says_why(visit):
    page = opened(visit, "?f=erfinv(x/3)&x=1").page
    expect(page.locator("#lesson-tool")).to_contain_text("There is no complex step")


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE])
def test_the_page_is_accessible_and_fits(visit, options: dict):
    explorer = opened(visit, **options)
    assert axe(explorer) == []
    assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
