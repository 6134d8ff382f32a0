"""A step taken elsewhere: as a link, a picture, an animation, a text; markup in it stays text."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

MARKUP = "# <img src=x onerror=alert(1)>\ny = x*x"
QUERY = f"?v=1&e={quote(MARKUP)}&at=x:3&mode=reverse&step=4"
PNG = b"\x89PNG\r\n\x1a\n"
OUTSIDE = ("http://", "https://", "//", "url(http", "@import")


def share(explorer, tab: str) -> None:
    explorer.press("s")
    explorer.page.click(f"#share-tab-{tab}")


def saved(explorer, button: str, folder: Path) -> Path:
    """What a button saves."""
    with explorer.page.expect_download(timeout=120_000) as waiting:
        explorer.page.click(f"#share >> text={button}")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def png_size(content: bytes) -> tuple[int, int]:
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def test_35_the_dialog_gives_the_link_of_this_step_and_of_the_start(visit):
    explorer = visit("?v=1&ex=survey-1&mode=both&step=9")
    explorer.page.click("text=Share")
    here, start = (explorer.page.locator(f"[aria-label='Link to {what}']").input_value() for what in ("this step", "the start"))
    assert here == f"{explorer.address}/?v=1&ex=survey-1&mode=both&step=9"
    assert start == f"{explorer.address}/?v=1&ex=survey-1&mode=both&step=0"
    expect(explorer.page.locator("#share .share-qr svg[role=img]")).to_be_visible()
    assert explorer.focused() == "share-tab-link"


def test_pictures_are_files_that_need_nothing_else(visit, browser, tmp_path):
    explorer = visit(QUERY)
    share(explorer, "picture")
    explorer.page.wait_for_selector(".share-preview img")
    slide = saved(explorer, "Save PNG", tmp_path).read_bytes()
    assert slide.startswith(PNG)
    assert png_size(slide) == (1920, 1080)
    explorer.page.click("#share >> text=dark")
    explorer.page.click("#share >> text=whole graph")
    expect(explorer.page.locator("#share legend:has-text('Size of slides')")).to_be_hidden()
    drawing = saved(explorer, "Save SVG", tmp_path)
    text = drawing.read_text()
    root = ET.fromstring(text)
    names = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()}
    assert names <= {"svg", "title", "desc", "g", "rect", "path", "text", "tspan", "defs", "marker", "circle", "line", "clipPath"}
    assert {"title", "desc", "marker"} <= names
    assert not any(sign in text.replace("http://www.w3.org/2000/svg", "") for sign in OUTSIDE)
    page = browser.new_page()
    page.goto(drawing.as_uri())
    assert page.evaluate("document.documentElement.getBoundingClientRect().width") > 200
    assert "9" in page.evaluate("[...document.querySelectorAll('text')].map((one) => one.textContent)")
    page.close()


def test_an_animation_has_a_frame_for_each_step(visit, tmp_path):
    explorer = visit("?v=1&ex=square&mode=reverse")
    share(explorer, "film")
    explorer.page.get_by_label("to step").fill("3")
    explorer.page.get_by_label("Seconds a step").fill("0.5")
    content = saved(explorer, "Make and save", tmp_path).read_bytes()
    assert content.startswith(b"GIF89a")
    assert (int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")) == (1280, 720)
    assert content.count(b"\x21\xf9\x04") == 4
    expect(explorer.page.locator("#share .share-told")).to_contain_text("Saved")
    assert explorer.page.locator(".studio").count() == 0
    explorer.page.get_by_label("to step").fill("3")
    explorer.page.get_by_label("Seconds a step").fill("20")
    explorer.page.click("#share >> text=1920 × 1080")
    explorer.page.click("#share >> text=Make and save")
    explorer.page.click("#share >> text=Cancel")
    expect(explorer.page.locator("#share .share-told")).to_have_text("Cancelled.")


def test_an_animation_follows_the_grain_of_the_page(visit, tmp_path):
    explorer = visit("?v=1&ex=square&mode=reverse&grain=node")
    share(explorer, "film")
    explorer.page.get_by_label("Seconds a step").fill("0.5")
    frames = saved(explorer, "Make and save", tmp_path).read_bytes().count(b"\x21\xf9\x04")
    assert frames == explorer.total()  # the start and each step, but both contributions of x * x are one


def test_a_folded_program_is_folded_in_its_picture_too(visit, tmp_path):
    explorer = visit("?v=1&ex=vanishing&step=30")
    share(explorer, "picture")
    explorer.page.click("#share >> text=whole graph")
    expect(explorer.page.locator("#share .share-preview img")).to_be_visible()
    text = saved(explorer, "Save SVG", tmp_path).read_text()
    assert "for i … ×20" in text
    assert "iteration 14 of 20" in text


@pytest.mark.parametrize(("words", "start"), [("CSV", "step,"), ("NumPy", "import"), ("DOT", "digraph")])
def test_texts_for_other_programs_are_shown_and_saved(visit, tmp_path, words, start):
    explorer = visit("?v=1&ex=square&step=2")
    share(explorer, "text")
    explorer.page.click(f"#share label:has-text('{words}')")
    field = explorer.page.locator("#share textarea")
    expect(field).not_to_have_value("")
    assert saved(explorer, "Save as a file", tmp_path).read_text() == field.input_value()
    assert start in field.input_value()


def test_markup_in_a_program_is_text_in_the_code_of_a_frame(visit):
    explorer = visit(QUERY)
    share(explorer, "embed")
    explorer.page.fill("#share input[type=text], #share .share-line", "<img src=x onerror=alert(1)>")
    code = explorer.page.locator("#share textarea").input_value()
    assert 'title="&lt;img src=x onerror=alert(1)&gt;"' in code
    assert 'loading="lazy" allow="clipboard-write"' in code
    assert code.count("<") == 2
    assert explorer.page.locator("img").count() == 0
