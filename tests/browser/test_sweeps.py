"""Both sweeps side by side: one cut through both graphs, and a sum that is the same at each."""

from __future__ import annotations

from playwright.sync_api import expect

SURVEY = "?v=1&ex=survey-1&view=sweeps"


def _values(explorer, side: str) -> list[str]:
    """The derivative on each card of a side."""
    return explorer.page.eval_on_selector_all(f".sweeps-side.{side} text.value", "all => all.map((one) => one.textContent.split(' ')[1])")


def test_the_link_opens_both_sweeps_at_its_cut(visit):
    explorer = visit(f"{SURVEY}&mode=both&step=4", drawn=False)
    expect(explorer.page.locator(".sweeps-verdict")).to_contain_text("The same at all 6 cuts")
    expect(explorer.page.locator(".sweeps-numbers")).to_have_text("= (−0.2837)·0 + 1·0.5 + 1·5 = 5.5")
    assert _values(explorer, "forward") == ["1", "0", "0.5", "5", "–", "–", "–"]
    assert _values(explorer, "reverse") == ["–", "−0.2837", "1", "1", "−1", "1", "1"]
    assert explorer.page.locator(".sweeps-picture .cut path").count() == 2
    assert explorer.text(".sweeps-costs tbody").startswith("one sweep gives")


def test_the_sum_stays_the_same_at_every_step(visit):
    explorer = visit(f"{SURVEY}&mode=both&step=0", drawn=False)
    expect(explorer.page.locator(".sweeps-verdict")).to_be_visible()
    explorer.page.evaluate("document.activeElement.blur()")
    cuts = set()
    for step in range(1, 17):
        explorer.press("ArrowRight")
        assert explorer.cursor() == step
        assert explorer.text(".sweeps-numbers").split("=")[-1].split("≈")[-1].strip() == "5.5"
        cuts.add(explorer.text(".sweeps-where"))
    assert len(cuts) == 6


def test_a_key_opens_it_asks_for_both_sweeps_and_goes_back(visit):
    explorer = visit("?v=1&ex=survey-1&step=3")
    explorer.press("w")
    expect(explorer.page.locator(".sweeps-verdict")).to_contain_text("The same at all 6 cuts")
    expect(explorer.page.locator("#stage")).to_be_hidden()
    explorer.page.wait_for_url("**view=sweeps**")
    explorer.page.locator(".sweeps-slider input").focus()
    explorer.press("End")
    expect(explorer.page.locator(".sweeps-where")).to_contain_text("v5")
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.press("w")
    expect(explorer.page.locator("#stage [data-node]").first).to_be_visible()
    explorer.page.wait_for_url(lambda url: "view=" not in url)


def test_pointing_at_a_node_lights_it_on_both_sides(visit):
    explorer = visit(f"{SURVEY}&mode=both&step=4", drawn=False)
    expect(explorer.page.locator(".sweeps-verdict")).to_be_visible()
    explorer.page.hover(".sweeps-side.forward [data-node='3']")
    expect(explorer.page.locator(".sweeps-picture .card.lit")).to_have_count(2)
