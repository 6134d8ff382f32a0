"""One step in motion, on a clock that the test moves: what stands where at each mark; requirements 3, 6, 14, 15, 29 and 31."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

SURVEY = "?v=1&ex=survey-1"
SENTENCE = "Forward step 4 of 7. v 2 is x 1 times x 2: 2 times 5 is 10. Its tangent is 1 times 5 plus 2 times 0, which is 5."
SEEN = """() => {
  const text = (selector) => document.querySelector(selector)?.textContent.replace(/\\s+/g, " ").trim() ?? null;
  return {
    primal: document.querySelector("#stage [data-node='3'] .primal").firstChild.data,
    tangent: text("#stage [data-node='3'] .chip.tangent text"),
    sum: text("#stage [data-node='1'] .chip.adjoint text"),
    paths: text("#stage [data-node='1'] .paths"),
    pills: [...document.querySelectorAll("#stage .pill text")].map((one) => one.textContent),
    labels: [...document.querySelectorAll("#stage .label text")].map((one) => one.textContent),
    tape: document.querySelectorAll("#stage .sign.tape").length,
    cell: text("tr[data-node='3'] .primal"),
    row: text(".trace-table .adjoint.is-current"),
    gift: text(".trace-table .gift"),
    operands: [...document.querySelectorAll(".trace-table .is-operand")].map((one) => one.textContent),
    remembered: [...document.querySelectorAll(".trace-table .is-remembered")].map((one) => one.textContent),
    connector: document.querySelectorAll(".tape-lines path").length,
    lines: [...document.querySelectorAll(".formula-line")].map((one) => one.textContent.trim() !== ""),
    explain: text("#explain"),
    live: text("#live"),
  };
}"""
COUNT_SPOKEN = """() => {
  window.spoken = [];
  new MutationObserver(() => {
    const text = document.querySelector("#live").textContent;
    if (text !== "") window.spoken.push(text);
  }).observe(document.querySelector("#live"), {childList: true, characterData: true, subtree: true});
}"""
TRANSFORMS = """async () => {
  const transformOf = (one) => one.getAttribute("transform") + getComputedStyle(one).transform;
  const read = () => [...document.querySelectorAll("#stage *")].map(transformOf).join();
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
  await new Promise(requestAnimationFrame);
  const first = read();
  const different = [];
  for (let frame = 0; frame < 40; frame += 1) {
    await new Promise(requestAnimationFrame);
    if (read() !== first) different.push(frame);
  }
  return {different, pills: document.querySelectorAll("#stage .pill").length};
}"""


@pytest.fixture
def paused(visit):
    """Opens the page and stops its clock: only the test moves time."""

    def opener(query: str):
        explorer = visit(query, motion="no-preference")
        page = explorer.page
        page.clock.install()
        page.reload()
        explorer.wait_drawn()
        page.clock.pause_at(page.evaluate("Date.now() + 5000"))
        return explorer

    return opener


def _at(page: Page, milliseconds: int) -> dict:
    """What is seen so much later."""
    page.clock.run_for(milliseconds)
    return page.evaluate(SEEN)


def test_a_forward_step_reads_writes_and_then_does_the_same_with_tangents(paused):
    explorer = paused(f"{SURVEY}&mode=both&step=3")
    page = explorer.page
    before = explorer.text("#explain")
    explorer.press("ArrowRight")
    start = _at(page, 120)
    assert (start["primal"], start["cell"], start["pills"], start["lines"]) == ("–", "–", [], [True, False, False])
    leaving = _at(page, 180)
    assert (leaving["pills"], leaving["operands"], leaving["primal"]) == (["2", "5"], ["2", "5"], "–")
    written = _at(page, 200)
    assert (written["primal"][:2], written["cell"], written["pills"], written["lines"]) == ("10", "10", [], [True, True, False])
    partials = _at(page, 300)
    assert len(partials["labels"]) == 2
    assert partials["lines"] == [True, True, True]
    assert partials["tangent"].endswith("–")
    riding = _at(page, 250)
    assert sorted(riding["pills"]) in (["0", "1"], ["0 · 2", "1 · 5"])
    assert riding["explain"] == before
    done = _at(page, 600)
    assert done["tangent"].endswith("5")
    assert done["pills"] == []
    assert done["explain"] == done["live"] == SENTENCE


def test_14_a_reverse_step_remembers_multiplies_and_shows_the_sum_as_a_sum(paused):
    explorer = paused(f"{SURVEY}&step=14")
    page = explorer.page
    explorer.press("ArrowRight")
    start = _at(page, 120)
    assert (start["tape"], start["remembered"], start["gift"]) == (0, [], None)
    opened = _at(page, 180)
    assert (opened["tape"], opened["remembered"], opened["connector"]) == (1, ["2"], 1)
    leaving = _at(page, 200)
    assert leaving["pills"] == ["1"]
    product = _at(page, 250)
    assert product["gift"] == "2"
    assert product["labels"][0].endswith("2")
    assert product["lines"] == [True, True, False]
    sliding = _at(page, 300)
    assert sliding["pills"] == ["2"]
    assert "−0.2837" in sliding["sum"]
    assert "+" not in sliding["sum"]
    for beat in (200, 150):
        summed = _at(page, beat)
        assert "−0.2837 + 2" in summed["sum"]
        assert summed["row"] == "−0.2837 + 2"
        assert "✓" not in summed["paths"]
    settled = _at(page, 400)
    assert (settled["row"], settled["paths"]) == ("1.716", "2 of 2 paths ✓")
    assert "1.716" in settled["sum"]


def test_15_a_node_with_missing_paths_says_so_and_does_not_give(visit):
    explorer = visit(f"{SURVEY}&step=7")
    explorer.page.evaluate("document.activeElement.blur()")
    for _ in range(9):
        explorer.press("ArrowRight")
        giver = explorer.page.locator("#stage .node.current .paths").text_content() or ""
        assert not giver.startswith(("0 of 2", "1 of 2"))
    explorer.go(13)
    assert explorer.text("#stage [data-node='1'] .paths") == "1 of 2 paths"


def test_a_press_plays_all_that_a_node_gives_where_that_is_the_grain(visit):
    explorer = visit(f"{SURVEY}&step=13&grain=node")
    explorer.press("ArrowRight")
    assert explorer.cursor() == 15
    assert explorer.page.locator("#stage .edge.reverse").count() == 2
    explorer.press("ArrowLeft")
    assert explorer.cursor() == 13
    explorer.press("g")
    expect(explorer.page.locator(".grain select")).to_have_value("half")
    explorer.press("ArrowRight")
    assert explorer.cursor() == 14
    explorer.press("ArrowRight")
    assert explorer.cursor() == 14
    explorer.page.wait_for_url("**grain=half**")


@pytest.mark.parametrize("speed", [0.25, 1, 4])
def test_06_speed_is_a_factor_of_the_motion(paused, speed):
    explorer = paused(f"{SURVEY}&mode=both&step=3")
    page = explorer.page
    page.select_option(".speed select", str(speed))
    page.evaluate("document.activeElement.blur()")
    explorer.press("ArrowRight")
    assert _at(page, int(1400 / speed * 0.86))["tangent"].endswith("–")
    assert _at(page, int(1400 / speed * 0.2))["tangent"].endswith("5")


def test_29_without_motion_nothing_travels_and_badges_say_the_order(visit):
    for query in (f"{SURVEY}&mode=both&step=3", f"{SURVEY}&step=14"):
        explorer = visit(query)
        explorer.page.evaluate("document.activeElement.blur()")
        seen = explorer.page.evaluate(TRANSFORMS)
        assert seen == {"different": [], "pills": 0}
        badges = explorer.page.locator("#stage .sign.badge text")
        assert "".join(badges.all_text_contents()) in ("①②③", "①②")
        expect(badges.first).to_be_visible()


def test_31_every_step_is_said_once_after_its_motion_and_printed_the_same(paused):
    explorer = paused(f"{SURVEY}&mode=both&step=0")
    page = explorer.page
    page.evaluate(COUNT_SPOKEN)
    for _ in range(16):
        explorer.press("ArrowRight")
        page.clock.run_for(1900)
        seen = page.evaluate(SEEN)
        assert seen["live"] == seen["explain"]
    spoken = page.evaluate("window.spoken")
    assert len(spoken) == len(set(spoken)) == 16
