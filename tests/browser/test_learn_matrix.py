"""The lesson on matrix calculus: shapes beside the expression, and the closed form of the API in every layout."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote

import pytest
from lesson import PHONE, opener, said, settled
from playwright.sync_api import Page, expect
from test_axe import axe

opened = opener("matrix")
KRONECKER = "?v=1&e=A+@+X+@+B&shapes=A:m,n;X:n,k;B:k,l&wrt=X&layout=numerator"


def code(page: Page):
    return page.get_by_label("Code of the derivative")


def test_the_closed_form_stands_with_its_shape_and_its_check(visit):
    page = opened(visit).page
    expect(said(page)).to_contain_text("is (A + A.T) @ x, a vector with n entries in denominator layout")
    expect(said(page)).to_contain_text("Closed form, engine and PyTorch agree")
    expect(page.locator(".matrix-badge")).to_contain_text("vector n of scalar")


def test_an_assumption_makes_the_formula_shorter(visit):
    page = opened(visit).page
    page.get_by_text("assume…").click()
    page.get_by_role("checkbox", name="symmetric").check()
    expect(code(page)).to_have_value("2 * A @ x")
    assert "assume=A:symmetric" in unquote(page.url)


def test_the_layout_typesets_everything_again(visit):
    page = opened(visit).page
    page.get_by_text("numerator", exact=True).click()
    expect(code(page)).to_have_value(code_in(page, "numerator"))
    expect(said(page)).to_contain_text("in numerator layout")
    page.reload()
    settled(page)
    expect(said(page)).to_contain_text("in numerator layout")


def code_in(page: Page, layout: str) -> str:
    body = {"source": "x.T @ A @ x", "wrt": "x", "shapes": {"x": ["n"], "A": ["n", "n"]}, "layout": layout}
    address = page.url.split("/learn/")[0] + "/api/v1/matrix-derivative"
    return page.request.post(address, data=json.dumps(body), headers={"content-type": "application/json"}).json()["text"]


def test_a_link_brings_shapes_symbol_and_layout(visit):
    page = opened(visit, KRONECKER).page
    expect(code(page)).to_have_value("kron(B.T, A)")
    expect(page.get_by_label("Rows of X")).to_have_value("n")
    expect(page.get_by_label("Columns of B")).to_have_value("l")


@pytest.mark.parametrize(("words", "part"), [("LaTeX", "\\top"), ("NumPy", "A"), ("PyTorch", "A"), ("JAX", "A")])
def test_the_same_form_in_every_language(visit, words: str, part: str):
    page = opened(visit).page
    page.locator(".matrix-code").get_by_text(words, exact=True).click()
    assert part in code(page).input_value()


def test_another_shape_asks_again(visit):
    page = opened(visit, "?v=1&e=" + quote("a @ x") + "&shapes=a:n;x:n&wrt=x").page
    expect(code(page)).to_have_value("a")
    page.get_by_label("a is a").select_option("matrix")
    settled(page)
    expect(said(page)).to_contain_text("by x is")


def test_shapes_that_do_not_fit_are_told(visit):
    page = opened(visit, "?v=1&e=" + quote("A @ x") + "&shapes=A:m,n;x:k&wrt=x").page
    expect(page.locator("#lesson-problem .problem-sentence")).to_be_visible()


def test_the_derivation_is_stepped_through_and_said(visit):
    page = opened(visit).page
    for _ in range(4):
        page.get_by_role("button", name="Next step").click()
    expect(said(page)).to_contain_text("Step 5, adjoint:")


def test_what_has_no_closed_form_says_so_with_its_map_and_numbers(visit):
    page = opened(visit, "?v=1&e=" + quote("X.T @ X") + "&shapes=X:m,n&wrt=X").page
    expect(page.locator(".matrix-badge")).to_contain_text("no closed form")
    expect(page.locator("#lesson-tool")).to_contain_text("The linear map that it is")
    page.get_by_text("Numbers for").click()
    expect(page.locator(".matrix-numbers")).to_contain_text("the derivative")


def test_the_second_derivative_is_one_press_away(visit):
    page = opened(visit).page
    page.get_by_text("second", exact=True).click()
    expect(code(page)).to_have_value("A + A.T")
    expect(page.locator(".matrix-badge")).to_have_text("matrix n × n of scalar, denominator layout")
    expect(page.get_by_role("group", name="The gradient, scrolls")).to_contain_text("(A + A.T) @ x")
    assert "order:2" in unquote(page.url)


def test_a_side_that_leaves_no_square_drops_what_was_assumed_and_keeps_the_caret(visit):
    page = opened(visit, "?v=1&e=" + quote("A @ x") + "&shapes=A:n,n;x:n&assume=A:symmetric&wrt=x").page
    rows = page.get_by_label("Rows of A")
    rows.fill("m")
    expect(page.get_by_text("assume…")).to_be_visible()
    expect(rows).to_be_focused()
    expect(code(page)).to_have_value("A.T")
    assert "assume" not in page.url


def test_a_link_that_fails_shows_its_problem_and_no_empty_result(visit):
    page = opened(visit, "?v=1&e=" + quote("A @ x") + "&shapes=A:m,n;x:k&wrt=x").page
    expect(page.locator("#lesson-problem")).not_to_contain_text("last version")
    expect(code(page)).to_be_hidden()
    page.get_by_label("Entries of x").fill("n")
    expect(code(page)).to_have_value("A.T")


def test_the_derivation_follows_the_layout(visit):
    page = opened(visit, "?v=1&e=" + quote("x.T @ A @ x") + "&shapes=A:n,n;x:n&wrt=x&layout=numerator").page
    page.get_by_text("All steps").click()
    expect(page.locator(".rule-lines li").last).to_contain_text("The numerator layout writes it transposed.")


def test_the_errors_of_the_check_stand_in_a_table_with_the_sizes(visit):
    page = opened(visit).page
    page.get_by_text("The errors of the check").click()
    expect(page.get_by_role("table", name="The largest errors").get_by_role("row")).to_have_count(3)
    expect(page.get_by_text("Random data was drawn for n = ")).to_be_visible()


def test_rows_of_the_course_and_of_the_cookbook_are_one_press_each(visit):
    page = opened(visit).page
    page.get_by_text("More, from the Matrix Cookbook").click()
    assert page.locator(".matrix-gallery button").count() == 23
    for row in page.locator(".matrix-gallery button").all():
        row.click()
        page.wait_for_timeout(50)
        settled(page)
        expect(page.locator(".matrix-check")).to_contain_text("agree")


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE])
@pytest.mark.parametrize("rest", ["", KRONECKER])
def test_the_page_is_accessible_and_fits(visit, rest: str, options: dict):
    explorer = opened(visit, rest, **options)
    assert axe(explorer) == []
    assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
