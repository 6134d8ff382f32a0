"""Playback: requirements 1 to 6 of the interface."""

from __future__ import annotations

import json
import urllib.request

from playwright.sync_api import expect

SURVEY = "?v=1&ex=survey-1"
SCRUB = """() => {
  const range = document.querySelector(".scrubber-range");
  range.value = 4;
  range.dispatchEvent(new Event("input"));
}"""
HIDE = """() => {
  Object.defineProperty(document, "hidden", {value: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""
BACK_AND_NEXT = """async () => {
  const read = (%s);
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  document.activeElement.blur();
  const total = Number(document.querySelector(".step-total").textContent.slice(3));
  const stride = Math.max(1, Math.floor(total / %d));
  const wrong = [];
  press("Home");
  for (let step = 1; step <= total; step += 1) {
    press("ArrowRight");
    if (step %% stride !== 0 && step !== total) continue;
    const there = JSON.stringify(read());
    press("ArrowLeft");
    press("ArrowRight");
    if (JSON.stringify(read()) !== there) wrong.push(step);
  }
  return wrong;
}"""


def test_01_back_then_next_gives_the_same_state_at_every_step(visit):
    from explorer import STATE

    for query in (SURVEY, f"{SURVEY}&mode=both", f"{SURVEY}&mode=forward"):
        assert visit(query).page.evaluate(BACK_AND_NEXT % (STATE, 1000)) == []


def test_01_back_then_next_gives_the_same_state_in_every_example(visit, address):
    from explorer import STATE

    with urllib.request.urlopen(f"{address}/api/v1/examples", timeout=20) as answer:
        ids = [example["id"] for example in json.load(answer)["examples"]]
    explorer = visit("?v=1&ex=himmelblau")
    explorer.press("e")
    explorer.page.wait_for_selector(f".card >> nth={len(ids) - 1}")
    wrong = {}
    for place, name in enumerate(ids):
        explorer.page.evaluate("(place) => document.querySelectorAll('.card')[place].click()", place)
        explorer.page.wait_for_url(f"**ex={name}**")
        explorer.page.wait_for_selector("body[data-settled=true]")
        explorer.page.wait_for_selector("#stage [data-node]", state="attached")
        if steps := explorer.page.evaluate(BACK_AND_NEXT % (STATE, 4)):
            wrong[name] = steps
    assert wrong == {}


def test_02_every_way_to_a_step_leads_to_the_same_state(visit):
    explorer = visit(f"{SURVEY}&step=4")
    linked = explorer.state()
    page = explorer.page
    for jump in (
        lambda: explorer.go(4),
        lambda: page.evaluate(SCRUB),
        lambda: page.click(".step-button[data-cursor='4']"),
        lambda: page.click("#editor .cm-lineNumbers .cm-gutterElement:has-text('2')"),
        lambda: page.click("#stage [data-node='3'] .title", force=True),
    ):
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(5, 5)
        explorer.press("End")
        assert explorer.state() != linked
        jump()
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(5, 5)
        assert explorer.state() == linked


def test_03_fast_presses_lose_no_step(visit):
    explorer = visit("?v=1&ex=newton&step=0", motion="no-preference")
    total = explorer.total()
    presses = min(50, total)
    for _ in range(presses):
        explorer.press("ArrowRight")
    assert explorer.cursor() == presses


def test_03_next_during_motion_finishes_the_current_step_at_once(visit):
    explorer = visit(f"{SURVEY}&step=3", motion="no-preference")
    explorer.press("ArrowRight", "ArrowRight")
    assert explorer.text("#stage [data-node='3'] .primal").startswith("10")


def test_04_first_returns_to_the_same_numbers(visit):
    explorer = visit(f"{SURVEY}&step=0")
    start = explorer.state()
    explorer.press("End", "Home")
    assert explorer.state() == start


def test_05_nothing_plays_by_itself_on_load(visit):
    explorer = visit(motion="no-preference")
    assert explorer.cursor() == 3
    expect(explorer.page.locator(".play-toggle")).to_have_attribute("aria-label", "Play")
    explorer.page.wait_for_timeout(1200)
    assert explorer.cursor() == 3


def test_05_playing_stops_at_the_end(visit):
    explorer = visit(f"{SURVEY}&step=14", motion="no-preference")
    explorer.page.select_option(".speed select", "Infinity")
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.press("Space")
    expect(explorer.page.locator(".play-toggle")).to_have_attribute("aria-label", "Pause")
    expect(explorer.page.locator(".play-toggle")).to_have_attribute("aria-label", "Play")
    assert explorer.cursor() == explorer.total()


def test_05_playing_pauses_when_the_tab_is_hidden(visit):
    explorer = visit(f"{SURVEY}&step=0", motion="no-preference")
    explorer.press("Space")
    expect(explorer.page.locator(".play-toggle")).to_have_attribute("aria-label", "Pause")
    explorer.page.evaluate(HIDE)
    expect(explorer.page.locator(".play-toggle")).to_have_attribute("aria-label", "Play")


MOTION = """async (speed) => {
  const select = document.querySelector(".speed select");
  select.value = speed;
  select.dispatchEvent(new Event("change"));
  const slot = () => document.querySelector("#stage").innerHTML;
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
  const start = performance.now();
  let last = start;
  let before = slot();
  while (performance.now() - last < 900 && performance.now() - start < 9000) {
    await new Promise(requestAnimationFrame);
    const now = slot();
    if (now !== before) last = performance.now();
    before = now;
  }
  return last - start;
}"""


def test_06_speed_scales_the_length_of_motion(visit):
    lengths = {}
    for speed in ("0.5", "1", "2"):
        explorer = visit(f"{SURVEY}&step=3", motion="no-preference")
        lengths[speed] = explorer.page.evaluate(MOTION, speed)
    assert lengths["1"] > 500
    assert abs(lengths["0.5"] / lengths["1"] - 2) < 0.3
    assert abs(lengths["2"] / lengths["1"] - 0.5) < 0.1


def test_06_instant_has_no_motion(visit):
    explorer = visit(f"{SURVEY}&step=3", motion="no-preference")
    assert explorer.page.evaluate(MOTION, "Infinity") < 100
