"""The curve beside the graph: one point, moved here, in the inputs and on the graph."""

from __future__ import annotations

import re

from playwright.sync_api import expect

SURVEY = "?v=1&ex=survey-1&step=16&side=plot"


def test_the_tangent_line_stands_at_the_current_point_and_the_keys_move_it(visit):
    explorer = visit(SURVEY)
    words = explorer.page.locator(".plot-words")
    expect(words).to_contain_text("At x₁ = 2, v₅ is 11.65 and its slope is 5.5")
    point = explorer.page.locator(".plot-point")
    point.focus()
    explorer.press("ArrowRight")
    expect(words).to_contain_text("At x₁ = 2.05")
    expect(explorer.page.locator("#inputs [data-name='x1'] [data-role=value]")).to_have_value("2.05")
    expect(point).to_be_focused()
    assert explorer.cursor() == 16


def test_the_point_is_dragged(visit):
    explorer = visit(SURVEY)
    box = explorer.page.locator(".plot-dot").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    explorer.page.mouse.move(x, y)
    explorer.page.mouse.down()
    explorer.page.mouse.move(x + 60, y - 20, steps=4)
    explorer.page.mouse.up()
    expect(explorer.page.locator(".plot-words")).to_contain_text("At x₁ = 3.0")


def test_two_inputs_have_contours_and_a_gradient_and_everything_has_numbers(visit):
    explorer = visit(f"{SURVEY}&plot=x1,x2")
    expect(explorer.page.locator(".plot-words")).to_contain_text("The gradient is (5.5, 1.716)")
    assert explorer.page.locator(".plot-contour").count() > 5
    expect(explorer.page.locator(".plot-gradient")).to_have_count(1)
    explorer.page.click("text=as a table")
    expect(explorer.page.locator(".plot-table tbody tr")).to_have_count(6)
    explorer.page.select_option("#plot-second", "")
    explorer.page.wait_for_url(re.compile("plot=x1$"))
    assert explorer.page.locator(".plot-table tbody tr").count() > 20


def test_without_adjoints_the_slope_is_asked_for(visit):
    explorer = visit(f"{SURVEY}&mode=forward&plot=x2")
    expect(explorer.page.locator(".plot-words")).to_contain_text("its slope is 1.716")


def test_a_program_of_tensors_says_that_nothing_can_be_varied(visit):
    explorer = visit("?v=1&e=y%20=%20sum(x*x)&at=x:[1,2]&side=plot")
    expect(explorer.page.locator(".plot-words")).to_contain_text("No input is a single number")
