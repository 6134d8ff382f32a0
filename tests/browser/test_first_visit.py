"""The first picture: there at once, paused, at the third step, from few and small files."""

from __future__ import annotations

from playwright.sync_api import expect

SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach((entry) => { sum += entry.value; });
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(sum), 300);
})"""

SIZES = """async () => {
  await document.fonts.ready;
  const entries = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
  return entries.map(({name, encodedBodySize}) => [new URL(name).pathname, encodedBodySize]);
}"""
BUDGET = 350_000


def test_the_first_visit_shows_the_survey_at_its_third_step(visit):
    explorer = visit()
    assert explorer.text("#example-title") == "The survey's function"
    assert explorer.cursor() == 3
    expect(explorer.page.locator("#hint")).to_have_text("Press → for the next step.")
    expect(explorer.page.locator("#verdict")).to_contain_text("all 7 nodes agree")
    explorer.press("ArrowRight")
    assert explorer.cursor() == 4
    expect(explorer.page.locator("#hint")).to_be_hidden()


def test_nothing_moves_while_the_first_picture_is_drawn(visit):
    explorer = visit()
    assert explorer.page.evaluate(SHIFT) < 0.001


def test_the_first_visit_asks_for_little(visit):
    sizes = visit().page.evaluate(SIZES)
    assert any(path.startswith("/static/built/") for path, _ in sizes), "the page is not built of these sources: `make run` does it"
    assert not any(path.endswith(".map") for path, _ in sizes)
    assert sum(size for _, size in sizes) <= BUDGET, sorted(sizes, key=lambda one: -one[1])[:8]
    assert len(sizes) <= 24


def test_a_large_graph_brings_its_worker(visit):
    explorer = visit("?v=1&ex=square")
    with explorer.page.expect_worker() as started:
        explorer.write("y = x\nfor i in range(200): y = sin(y)")
        explorer.page.click("text=Unfold all")
    assert "/layout-worker" in started.value.url
    explorer.page.wait_for_selector("#stage [data-node='3']", state="attached")


def test_an_example_opens_with_one_press_and_says_what_to_look_for(visit):
    explorer = visit()
    explorer.press("e")
    explorer.page.keyboard.type("chain rule")
    expect(explorer.page.locator(".gallery-count")).not_to_have_text("85 of 85 programs")
    explorer.page.fill(".search-field", "one value, three uses")
    explorer.page.click(".card")
    expect(explorer.page.locator("#example-title")).to_have_text("One value, three uses")
    expect(explorer.page.locator("#look-for")).to_contain_text("17")
    explorer.page.wait_for_url("**ex=fan-out**")
    assert explorer.program() == "y = x + x*x + x**3"


def test_going_back_leaves_the_example_in_one_step(visit):
    explorer = visit("?v=1&ex=square")
    for _ in range(3):
        explorer.press("ArrowRight")
    explorer.press("e")
    explorer.page.fill(".search-field", "one value, three uses")
    explorer.page.click(".card")
    explorer.page.wait_for_url("**ex=fan-out**")
    explorer.page.go_back()
    explorer.page.wait_for_url("**ex=square**")
    explorer.wait_drawn()
    assert explorer.program() == "y = x * x"


def test_the_gallery_shows_a_small_graph_on_each_card_in_sight(visit):
    explorer = visit()
    explorer.press("e")
    expect(explorer.page.locator(".card >> nth=1 >> .card-graph rect")).to_have_count(7)
