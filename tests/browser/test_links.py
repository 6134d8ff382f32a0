"""A link opens what was linked, in a profile that knows nothing: requirement 35."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect


def address_of(explorer) -> str:
    """The query and fragment that the address bar has come to rest at."""
    explorer.page.wait_for_timeout(450)
    parts = urlsplit(explorer.page.url)
    return (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def test_35_a_link_opens_the_same_program_inputs_mode_step_and_digits(visit):
    explorer = visit()
    explorer.write("u = p*q\nz = exp(u) - q")
    explorer.wait_built()
    explorer.page.fill("#inputs [data-name=p] [data-role=value]", "0.25")
    explorer.page.fill("#inputs [data-name=q] [data-role=value]", "-3/4")
    explorer.press("Escape")
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.press("b")
    explorer.page.click(".head-settings")
    explorer.page.click("#settings label.mode:has(input[value='6'])")
    explorer.press("Escape")
    expect(explorer.page.locator("#seed .seed-row")).to_have_count(3)
    explorer.go(6)
    explorer.wait_drawn()
    explorer.page.mouse.move(2, 2)
    there = visit(address_of(explorer))
    assert there.program() == explorer.program()
    assert there.state() == explorer.state()
    assert there.page.input_value("#inputs [data-name=q] [data-role=value]") == "−0.75"


def test_35_a_long_program_travels_in_the_fragment(visit):
    explorer = visit("?v=1&ex=square")
    program = "y = x\n" + "\n".join(f"y = sin(y) + {number}*x" for number in range(30))
    explorer.write(program)
    explorer.wait_built()
    address = address_of(explorer)
    assert address.startswith("#v=1&s=")
    assert visit(address).program() == program


OLD_LINKS = [
    ("?v=1&e=ln(x1)%2Bx1*x2-sin(x2)&at=x1:2,x2:5&seed=x1:1&mode=forward&step=7", 7, "11.65"),
    ("?v=1&ex=survey-1&step=7&predict=1&digits=4&theme=dark", 7, "11.65"),
    ("?v=1&e=y%3Dx%5E2&at=x:3&step=3", 3, "9"),
    ("?v=1&e=y%3Dsum(A@b)&at=A:[[1,2],[3,4]],b:[1,-1]&mode=reverse&step=4", 4, "−2"),
]


@pytest.mark.parametrize(("link", "step", "shown"), OLD_LINKS)
def test_35_links_of_version_one_open_for_ever(visit, link: str, step: int, shown: str):
    explorer = visit(link)
    assert explorer.cursor() == step
    assert shown in explorer.text("#trace-body")


def test_an_unknown_parameter_is_left_out_with_a_notice(visit):
    explorer = visit("?v=1&ex=square&sparkle=1&step=99999999999999")
    notices = explorer.text("#notices")
    assert "sparkle" in notices
    assert "step" in notices
    assert explorer.program() == "y = x * x"


def test_names_of_the_prototype_are_inputs_like_others(visit):
    explorer = visit("?v=1&e=constructor%2BtoString&at=constructor:1,toString:2&step=3")
    assert explorer.text("#trace-body tr[data-node='2'] .primal") == "3"


def test_markup_in_a_link_is_text(visit):
    explorer = visit("?v=1&e=y%3Dx%20%23%20<img%20src%3Dx%20onerror%3Dalert(1)>&at=x:3&step=1")
    assert "<img src=x" in explorer.program()
    assert explorer.page.locator("img").count() == 0
