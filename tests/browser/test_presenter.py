"""On a wall: large numbers, a clicker's keys, and controls that leave (requirement 37)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

WALL = {"width": 1920, "height": 1080}
NUMERALS = """() => [...document.querySelectorAll('#stage .node .primal, #stage .node .chip:not(.empty) text')].map((text) => {
  const box = text.getBoundingClientRect();
  return parseFloat(getComputedStyle(text).fontSize) * text.getCTM().a;
})"""


@pytest.mark.parametrize("example", ["survey-1", "two-layers", "newton"])
def test_37_numerals_have_26_pixels_at_least(visit, example: str):
    explorer = visit(f"?v=1&ex={example}&step=9&present=1", **WALL)
    explorer.page.wait_for_selector("html[data-wall=formula]")
    explorer.page.wait_for_timeout(300)
    sizes = explorer.page.evaluate(NUMERALS)
    assert sizes
    assert min(sizes) >= 26
    assert explorer.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.formula-line')).fontSize)") >= 40


def test_37_a_clicker_steps_and_its_keys_do_nothing_at_a_desk(visit):
    explorer = visit("?v=1&ex=survey-1&step=3", **WALL)
    explorer.press("PageDown")
    assert explorer.cursor() == 3
    explorer.press("p")
    explorer.page.wait_for_selector("html[data-wall=formula]")
    explorer.press("PageDown", "PageDown", "PageUp", ".")
    assert explorer.cursor() == 5
    explorer.press("b")
    expect(explorer.page.locator(".wall-blank")).to_be_visible()
    explorer.press("b")
    expect(explorer.page.locator(".wall-blank")).to_be_hidden()
    assert explorer.page.evaluate("document.querySelector('input[name=mode]:checked').value") == "reverse"
    explorer.press("p")
    expect(explorer.page.locator(".header")).to_be_visible()


def test_37_the_wall_shows_no_controls_after_three_seconds(visit):
    explorer = visit("?v=1&ex=survey-1&step=3&present=1", **WALL)
    explorer.page.wait_for_selector("html[data-wall=formula]")
    explorer.page.mouse.move(400, 400)
    expect(explorer.page.locator("#player")).to_be_visible()
    expect(explorer.page.locator("#player")).to_be_hidden()
    explorer.press("PageDown")
    expect(explorer.page.locator("#player")).to_be_hidden()
    explorer.page.mouse.move(500, 420)
    expect(explorer.page.locator("#player")).to_be_visible()


def test_three_layouts_and_a_code_have_keys(visit):
    explorer = visit("?v=1&ex=survey-1&step=3&present=1", **WALL)
    explorer.page.wait_for_selector("html[data-wall=formula]")
    expect(explorer.page.locator("#formula")).to_be_visible()
    expect(explorer.page.locator("#trace")).to_be_hidden()
    explorer.press("2")
    expect(explorer.page.locator("#trace")).to_be_visible()
    explorer.press("3")
    expect(explorer.page.locator("#stage")).to_be_hidden()
    explorer.press("1", "s")
    expect(explorer.page.locator(".wall-code .qr")).to_be_visible()
    assert "present" not in explorer.page.locator(".qr").get_attribute("aria-label")


def test_the_speakers_window_steps_with_the_wall(visit):
    explorer = visit("?v=1&ex=survey-1&step=3&present=1", **WALL)
    explorer.page.wait_for_selector("html[data-wall=formula]")
    notes = explorer.page.context.new_page()
    notes.goto(f"{explorer.address}/?v=1&ex=survey-1&step=3&role=notes")
    expect(notes.locator(".notes-count")).to_have_text("Step 3 of 16")
    expect(notes.locator(".notes-next")).to_contain_text("x 1 times x 2")
    notes.click(".notes .primary")
    expect(notes.locator(".notes-count")).to_have_text("Step 4 of 16")
    expect(explorer.page.locator(".step-field")).to_have_value("4")
    explorer.page.keyboard.press("PageDown")
    expect(notes.locator(".notes-count")).to_have_text("Step 5 of 16")


def test_nothing_plays_by_itself_on_a_wall(visit):
    explorer = visit("?v=1&ex=survey-1&step=3&present=1", motion="no-preference", **WALL)
    explorer.page.wait_for_selector("html[data-wall=formula]")
    explorer.page.wait_for_timeout(600)
    assert explorer.cursor() == 3


def test_a_held_pointer_dims_all_but_the_neighbours_of_a_node(visit):
    explorer = visit("?v=1&ex=survey-1&step=7&present=1", **WALL)
    page = explorer.page
    page.wait_for_selector("html[data-wall=formula]")
    strength = "(id) => Number(getComputedStyle(document.querySelector(`#stage [data-node='${id}']`)).opacity)"
    box = page.locator("#stage [data-node='4'] .frame").bounding_box()  # v3 = sin(x2)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 8)
    page.mouse.down()
    page.wait_for_selector("body.is-spot")
    page.wait_for_timeout(300)
    near = [page.evaluate(strength, node) for node in (1, 4, 6)]
    far = [page.evaluate(strength, node) for node in (0, 2, 3)]
    assert min(near) == 1
    assert max(far) < 0.5
    page.mouse.up()
    page.wait_for_selector("body:not(.is-spot)")
    page.wait_for_timeout(300)
    assert page.evaluate(strength, 0) == 1


def test_the_wall_stays_awake_and_lets_the_screen_sleep_afterwards(visit):
    explorer = visit("?v=1&ex=survey-1&step=3")
    page = explorer.page
    page.evaluate(
        """() => {
          window.asked = [];
          const lock = { release: async () => void window.asked.push("released") };
          const request = async (kind) => (window.asked.push(kind), lock);
          Object.defineProperty(navigator, "wakeLock", { configurable: true, value: { request } });
        }"""
    )
    explorer.press("p")
    page.wait_for_selector("html[data-wall]")
    page.wait_for_timeout(100)
    assert page.evaluate("window.asked") == ["screen"]
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(50)
    assert page.evaluate("window.asked") == ["screen", "screen"]
    explorer.press("p")
    page.wait_for_selector("html:not([data-wall])")
    page.wait_for_timeout(100)
    assert page.evaluate("window.asked.at(-1)") == "released"


LOCK = """() => {
  const held = { asked: 0, released: 0, grant: [] };
  const tell = () => (document.documentElement.dataset.locks = `${held.asked} asked, ${held.released} released`);
  const sentinel = { release: async () => { held.released += 1; tell(); } };
  const request = (kind) => new Promise((resolve) => {
    if (kind === 'screen') held.asked += 1;
    tell();
    if (window.slowLock) addEventListener('grant', () => resolve(sentinel));
    else resolve(sentinel);
  });
  Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
}"""


def test_37_a_short_press_dims_nothing(visit):
    explorer = visit("?v=1&ex=survey-1&step=16&present=1", **WALL)
    explorer.page.wait_for_selector(".wall-blank", state="attached")
    explorer.page.locator("#stage [data-node='2'] .frame").hover(force=True)
    explorer.page.mouse.down()
    explorer.page.mouse.up()
    explorer.page.wait_for_timeout(500)
    expect(explorer.page.locator("body.is-spot")).to_have_count(0)


def test_37_a_lock_that_comes_after_the_wall_was_left_is_released(visit):
    explorer = visit("?v=1&ex=survey-1&step=3", **WALL)
    explorer.page.evaluate("() => { window.slowLock = true; }")
    explorer.page.evaluate(LOCK)
    locks = explorer.page.locator("html")
    explorer.press("p")
    expect(locks).to_have_attribute("data-locks", "1 asked, 0 released")
    explorer.press("p")
    expect(locks).not_to_have_attribute("data-wall", "formula")
    explorer.page.evaluate("() => { dispatchEvent(new Event('grant')); }")
    expect(locks).to_have_attribute("data-locks", "1 asked, 1 released")
