"""What is too much to be read: a canvas from afar, and a map in the corner."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

WIDE = "\n".join(f"y{k} = sin(x + {k}) * cos(x - {k})" for k in range(80)) + "\ny = " + " + ".join(f"y{k}" for k in range(80))
LINK = f"?v=1&e={quote(WIDE)}&at=x:0.5&fold=r:open&step=100"
PLACE = "() => document.querySelector('#stage g.world').getAttribute('transform')"


HAS = """(name) => {
  const probe = document.querySelector('#stage').appendChild(document.createElement('span'));
  probe.style.color = `var(${name})`;
  const wanted = getComputedStyle(probe).color.match(/[0-9]+/g).map(Number);
  probe.remove();
  const canvas = document.querySelector('#stage canvas.stage-far');
  const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
  const context = copy.getContext('2d', { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, copy.width, copy.height);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 255 && wanted.every((part, place) => Math.abs(part - data[at + place]) < 4)) return true;
  }
  return false;
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_far_view_shows_where_the_step_is_in_the_colours_of_the_theme(visit, theme: str):
    page = visit(f"{LINK}&theme={theme}").page
    page.click(".stage-button[aria-label='Fit the graph']")
    page.wait_for_selector("#stage.is-far")
    page.wait_for_timeout(500)
    assert page.evaluate(HAS, "--rail")


def test_a_press_in_the_far_view_leads_to_the_step_of_the_node_there(visit):
    explorer = visit(LINK)
    page = explorer.page
    page.click(".stage-button[aria-label='Fit the graph']")
    page.wait_for_selector("#stage.is-far")
    box = page.locator("#stage").bounding_box()
    reached = set()
    for across in range(int(0.1 * box["width"]), int(0.25 * box["width"]), 3):
        page.mouse.click(box["x"] + across, box["y"] + 0.5 * box["height"])
        reached.add(explorer.cursor())
    assert len(reached - {100}) > 1


def test_the_map_shows_what_is_seen_and_a_press_on_it_looks_there(visit):
    explorer = visit(LINK)
    page = explorer.page
    expect(page.locator(".stage-map")).to_be_visible()
    frame, whole = page.locator(".stage-map-frame").bounding_box(), page.locator(".stage-map").bounding_box()
    assert frame["height"] < whole["height"]
    before = page.evaluate(PLACE)
    page.mouse.click(whole["x"] + whole["width"] - 4, whole["y"] + whole["height"] - 4)
    assert page.evaluate(PLACE) != before
    moved = page.locator(".stage-map-frame").bounding_box()
    assert moved["x"] + moved["width"] > frame["x"] + frame["width"] or moved["y"] + moved["height"] > frame["y"] + frame["height"]


def test_a_graph_that_is_seen_whole_needs_no_map(visit):
    expect(visit("?v=1&ex=survey-1").page.locator(".stage-map")).to_be_hidden()
