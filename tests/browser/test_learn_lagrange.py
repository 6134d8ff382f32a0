"""The lesson on Lagrange multipliers: a point on the curve, both gradients, and every number the API's own."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from lesson import PHONE, opener, said, settled
from playwright.sync_api import Page, expect
from test_axe import axe

opened = opener("lagrange")
SPHERE = "?f=x%2B2*y%2B3*z&g=x^2%2By^2%2Bz^2==14"


def point(page: Page):
    return page.locator(".plane-point")


def test_a_link_written_by_hand_says_objective_and_constraint(visit):
    page = opened(visit, "?f=x*y&g=x^2%2By^2-1").page
    expect(page.locator("#lesson-notices")).to_have_text("")
    expect(page.locator(".learn-numbers").first.locator("tbody tr")).to_have_count(4)
    expect(said(page)).to_contain_text("the gradients are parallel, ∇f = λ ∇g with λ = −0.5")


def test_off_the_tangency_the_gradients_are_not_parallel(visit):
    page = opened(visit).page
    point(page).focus()
    page.keyboard.press("PageUp")
    expect(said(page)).to_contain_text("not parallel, so a step along the curve changes f")
    page.keyboard.press("PageDown")
    expect(said(page)).to_contain_text("the gradients are parallel")


def test_the_point_keeps_the_focus_while_it_moves(visit):
    page = opened(visit).page
    point(page).focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.classList.contains('plane-point')")


def test_dragging_moves_the_point_along_the_curve(visit):
    page = opened(visit).page
    before = said(page).inner_text()
    page.locator(".plane").scroll_into_view_if_needed()
    box = page.locator(".plane").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.52, box["y"] + box["height"] * 0.2)
    page.mouse.up()
    expect(said(page)).not_to_have_text(before)


def test_gradients_and_angles_of_the_curve_are_the_engines(visit):
    explorer = opened(visit)
    explorer.page.get_by_text("The curve as a table").click()
    cells = explorer.page.locator("table", has_text="Places on the curves").locator("tbody tr").nth(1).locator("td").all_inner_texts()
    x, y, f, fx, fy, gx, gy, _ = (float(cell.replace("−", "-").replace(" × 10⁻⁴", "e-4")) for cell in cells)
    assert f == pytest.approx(x * y, abs=2e-3)
    assert (fx, fy) == pytest.approx((y, x), abs=2e-3)
    assert (gx, gy) == pytest.approx((2 * x, 2 * y), abs=2e-3)


def test_the_level_slider_moves_the_contour(visit):
    page = opened(visit).page
    before = page.locator(".plane .plane-level").first.get_attribute("d")
    page.get_by_role("slider", name="Level of f").focus()
    page.keyboard.press("End")
    expect(page.locator(".plane .plane-level").first).not_to_have_attribute("d", before)


def test_a_point_of_the_table_can_be_chosen_and_stays_in_the_link(visit):
    page = opened(visit).page
    page.get_by_role("button", name="maximum").first.click()
    expect(said(page)).to_contain_text("Maximum f = 0.5")
    assert "point:3" in unquote(page.url)
    page.reload()
    settled(page)
    expect(said(page)).to_contain_text("Maximum f = 0.5")


def test_three_variables_are_looked_at_in_sections(visit):
    page = opened(visit, SPHERE).page
    expect(said(page)).to_contain_text("x = −1, y = −2, z = −3")
    page.get_by_role("button", name="x fixed").click()
    expect(page.locator(".plane .plot-axes .plot-name").first).to_have_text("y")
    expect(page.locator(".plane-system")).to_contain_text("4 equations in 3 + 1 unknowns")


def test_the_price_of_a_constraint_is_its_multiplier(visit):
    page = opened(visit, SPHERE).page
    expect(page.locator("#lesson-tool")).to_contain_text("λ is −0.5, the slope measured at c = 0 is −0.5")


def test_a_cusp_where_the_gradient_vanishes_is_named(visit):
    page = opened(visit).page
    page.get_by_role("button", name="a cusp").click()
    settled(page)
    expect(said(page)).to_contain_text("0")
    expect(page.locator("#lesson-tool .learn-list-plain")).not_to_have_text("")


def test_inequalities_have_their_conditions_beside_the_point(visit):
    page = opened(visit, "?f=(x-2)**2%2B(y-1)**2&g=x%2By==2&within=x%3C=1").page
    expect(page.locator(".learn-numbers").first).to_contain_text("active, −2")
    expect(said(page)).to_contain_text("μ = −2")


def test_a_wrong_constraint_is_told_at_its_place_and_the_picture_stays(visit):
    page = opened(visit).page
    page.get_by_label("Constraints, one a line").fill("x**2 + + y*foo(x)")
    expect(page.locator(".plane-problem")).to_contain_text("Constraint 1:")
    expect(page.get_by_label("Constraints, one a line")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".plane")).to_be_visible()


def test_the_lagrangians_graph_is_one_click_away(visit):
    explorer = opened(visit)
    explorer.page.get_by_role("link", name="The Lagrangian’s graph").click()
    explorer.wait_drawn()
    answer = explorer.page.request.post(
        f"{explorer.address}/api/v1/lagrange",
        data=json.dumps({"objective": "x*y", "constraints": ["x**2 + y**2 == 1"]}),
        headers={"content-type": "application/json"},
    ).json()
    assert answer["lagrangian"]["source"].splitlines()[-1] in explorer.page.locator(".cm-content").inner_text()


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE])
def test_the_page_is_accessible_and_fits(visit, options: dict):
    explorer = opened(visit, **options)
    assert axe(explorer) == []
    assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
