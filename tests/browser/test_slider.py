"""A slider that is pressed asks once; while it moves, every picture comes from that answer."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

SURVEY = "?v=1&ex=survey-1&step=16"
SLIDER = "#inputs [data-name='x1'] [data-role=slider]"
PROGRAM = "y = ln(x1) + x1*x2 - sin(x2)"


def slid(page: Any, value: str) -> None:
    """What a drag does to the slider."""
    page.eval_on_selector(
        SLIDER, "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); }", value
    )


def test_dragging_draws_the_very_numbers_without_a_request(visit):
    explorer = visit(SURVEY)
    page = explorer.page
    with page.expect_response("**/api/v1/frames") as answer:
        page.dispatch_event(SLIDER, "pointerdown")
    answer.value.finished()
    page.wait_for_timeout(200)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    for value in ("2.5", "3.1", "4"):
        slid(page, value)
        trace = explorer.trace(source=PROGRAM, inputs={"x1": float(value), "x2": 5}, mode="reverse")
        output = trace["nodes"][trace["outputs"][0]]["primal"]
        expect(page.locator("#trace-body")).to_contain_text(f"{output:.4g}")
        assert explorer.cursor() == 16
    page.wait_for_timeout(400)
    assert asked == []
    with page.expect_response("**/api/v1/trace"):
        page.dispatch_event(SLIDER, "change")
    explorer.wait_drawn()


def test_a_slider_without_frames_draws_all_the_same(visit):
    explorer = visit(SURVEY)
    page = explorer.page
    page.route("**/api/v1/frames", lambda route: route.fulfill(status=503, content_type="application/problem+json", body="{}"))
    page.dispatch_event(SLIDER, "pointerdown")
    slid(page, "4")
    trace = explorer.trace(source=PROGRAM, inputs={"x1": 4, "x2": 5}, mode="reverse")
    expect(page.locator("#trace-body")).to_contain_text(f"{trace['nodes'][trace['outputs'][0]]['primal']:.4g}")
