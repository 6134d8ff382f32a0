"""A program in a frame of another site: requirement 36."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import expect

HOST_PAGE = """<!doctype html><title>School</title>
<script>window.heard = []; addEventListener("message", (event) => heard.push([event.origin, event.data]));</script>
<iframe title="Square" src="%s" width="760" height="560"></iframe>"""


class School(BaseHTTPRequestHandler):
    """Another site, which frames what its address says."""

    def do_GET(self) -> None:  # the name that the base class calls
        content = (HOST_PAGE % escape(unquote(urlsplit(self.path).query))).encode()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(content if self.path.startswith("/lesson") else b"")

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def school() -> Iterator[str]:
    """Its origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), School) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def in_frame(browser, school: str, address: str):
    """A page of another site with a frame of ours, and all that is asked for behind it."""
    context = browser.new_context(viewport={"width": 900, "height": 700}, reduced_motion="reduce")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{school}/lesson?{quote(address, safe='')}")
    frame = page.frames[1]
    frame.wait_for_selector("body[data-ready]")
    return context, page, frame, asked


def test_36_a_frame_sets_no_cookie_asks_no_other_host_and_talks_with_its_page(browser, school, address):
    context, page, frame, asked = in_frame(browser, school, f"{address}/embed?v=1&ex=square&step=1&origin={school}")
    frame.wait_for_selector("#stage [data-node]", state="attached")
    page.wait_for_function("() => heard.some(([, data]) => data.type === 'ad:step' && data.step === 1)")
    heard = page.evaluate("heard")
    assert {origin for origin, _ in heard} == {address}
    assert any(data["type"] == "ad:height" and data["height"] >= 560 for _, data in heard)
    page.evaluate("() => frames[0].postMessage({type: 'ad:step', step: 2}, '*')")
    page.wait_for_function("() => heard.some(([, data]) => data.type === 'ad:step' && data.step === 2)")
    assert context.cookies() == []
    assert frame.evaluate("localStorage.length") == 0
    assert all(url.startswith((address, school, "data:")) for url in asked)
    context.close()


def test_36_a_page_that_the_link_does_not_name_steers_nothing(browser, school, address):
    context, page, frame, _ = in_frame(browser, school, f"{address}/embed?v=1&ex=square&step=1&origin=http://other.example")
    page.evaluate("() => frames[0].postMessage({type: 'ad:step', step: 2}, '*')")
    page.wait_for_timeout(300)
    assert frame.input_value(".step-field") == "1"
    assert page.evaluate("heard") == []
    context.close()


def test_36_open_full_carries_what_was_edited_and_the_step(visit, address):
    explorer = visit("embed?v=1&ex=square&ui=full&theme=dark", width=1200)
    explorer.write("z = u*u*u")
    explorer.wait_built()
    explorer.page.fill("#inputs [data-name=u] [data-role=value]", "2")
    explorer.press("Escape")
    explorer.go(3)
    expect(explorer.page.locator("#trace-body")).to_contain_text("8")
    explorer.page.hover(".open-full")
    with explorer.page.context.expect_page() as opened:
        explorer.page.click(".open-full")
    full = opened.value
    full.wait_for_selector("body[data-ready]")
    assert urlsplit(full.url).path == "/"
    expect(full.locator("#editor")).to_contain_text("z = u*u*u")
    assert full.input_value(".step-field") == "3"
    assert full.input_value("#inputs [data-name=u] [data-role=value]") == "2"
    assert full.evaluate("document.documentElement.dataset.theme") == "dark"
    assert urlsplit(explorer.page.url).path == "/embed"


def test_36_an_empty_program_shows_programs_to_pick(visit):
    explorer = visit("embed?v=1&e=", drawn=False)
    explorer.page.click("#problem .chip >> nth=0")
    explorer.page.wait_for_selector("#stage [data-node]", state="attached")


def test_36_the_result_is_hidden_until_it_is_asked_for(visit):
    explorer = visit("embed?v=1&ex=square&step=4&reveal=1", drawn=False)
    explorer.page.wait_for_selector("body[data-ready]")
    expect(explorer.page.locator(".cover")).to_contain_text("y = x * x")
    expect(explorer.page.locator("#main")).to_be_hidden()
    spoken = explorer.page.locator("body").aria_snapshot()
    # The links' addresses hold the server's port, whose digits are anyone's.
    assert "9" not in re.sub(r"/url: .*", "", spoken)
    explorer.page.click("text=Show the result")
    expect(explorer.page.locator("#stage svg")).to_be_visible()


def test_36_a_locked_frame_has_nothing_to_edit(visit):
    explorer = visit("embed?v=1&ex=square&step=1&ui=full&lock=1", width=1200)
    assert explorer.page.locator("#editor [contenteditable=true]").count() == 0
    assert explorer.page.locator("#inputs-body").evaluate("(body) => body.inert")
    explorer.press("e")
    expect(explorer.page.locator("dialog[open]")).to_have_count(0)
    explorer.press("ArrowRight")
    assert explorer.cursor() == 2
    expect(explorer.page.locator("#editor")).to_contain_text("y = x * x")


def test_only_the_page_for_frames_may_be_framed(visit, address):
    explorer = visit("?v=1&ex=square")
    policy = {
        path: explorer.page.request.get(f"{address}{path}").headers["content-security-policy"] for path in ("/", "/embed", "/worksheet")
    }
    assert "frame-ancestors *" in policy["/embed"]
    assert "frame-ancestors 'none'" in policy["/"]
    assert "frame-ancestors 'none'" in policy["/worksheet"]
