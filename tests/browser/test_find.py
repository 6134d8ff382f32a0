"""Find a node by its name, its operation, its line, or by what stands out."""

from __future__ import annotations

from playwright.sync_api import expect


def test_a_node_is_found_lit_and_gone_to_by_keyboard(visit):
    explorer = visit("?v=1&ex=survey-1&step=16")
    explorer.press("/")
    explorer.page.keyboard.type("sin")
    expect(explorer.page.locator(".find-item")).to_have_count(1)
    expect(explorer.page.locator("#stage [data-node='4'].lit")).to_have_count(1)
    explorer.press("Enter")
    assert explorer.cursor() == 5
    explorer.press("Escape")
    expect(explorer.page.locator(".find")).to_be_hidden()
    assert explorer.focused() == "stage-panel"


def test_what_stands_out_is_offered(visit):
    explorer = visit("?v=1&e=y%20=%20sqrt(x)%0Az%20=%20y*2&at=x:-1&step=3")
    explorer.page.click(".head-more")
    explorer.page.click(".menu-find")
    explorer.page.click(".find-item:has-text('first NaN')")
    expect(explorer.page.locator(".find-item")).to_have_count(1)
    explorer.press("Enter")
    assert explorer.cursor() == 2
