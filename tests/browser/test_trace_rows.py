"""The table of a long trace: few of its rows are elements, and it is a table of all of them to a reader, to the keys and to the eye."""

from __future__ import annotations

import itertools
from urllib.parse import quote

import pytest

LOOP = f"?v=1&e={quote('for i in range(800): x = a*sin(x) + b' + chr(10) + 'y = x')}&at=x:0.5,a:0.9,b:0.1"
ROWS = "#trace-body tbody tr[aria-rowindex]"
STEPS = "() => [...document.querySelectorAll('#trace-body [aria-current=step]')].map((cell) => cell.dataset.step)"
IN_SIGHT = """() => {
  const body = document.querySelector("#trace-body").getBoundingClientRect();
  const top = body.top + document.querySelector("#trace-body thead").offsetHeight;
  const row = document.querySelector("#trace-body [aria-current=step]").getBoundingClientRect();
  return row.top >= top - 1 && row.bottom <= body.bottom + 1;
}"""
COVERED = """() => {
  const body = document.querySelector("#trace-body").getBoundingClientRect();
  const top = body.top + document.querySelector("#trace-body thead").offsetHeight;
  const empty = [...document.querySelectorAll("#trace-body .rows-beyond")].map((row) => row.getBoundingClientRect());
  return empty.every((box) => box.bottom <= top || box.top >= body.bottom);
}"""
SCROLLED = "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"


@pytest.fixture
def long_trace(visit):
    explorer = visit(f"{LOOP}&step=4300")
    explorer.page.wait_for_selector("#trace-body [aria-current=step][data-step='4299']")
    return explorer


def scroll(page, top: int) -> None:
    page.evaluate(f"document.querySelector('#trace-body').scrollTop = {top}")
    for _ in range(2):
        page.evaluate(SCROLLED)


def test_few_of_thousands_of_rows_are_drawn_and_their_count_is_told(long_trace):
    assert long_trace.page.locator(ROWS).count() < 90
    lines = int(long_trace.page.get_attribute("#trace-body table", "aria-rowcount"))
    assert lines > 4000
    scroll(long_trace.page, 50_000)
    assert long_trace.page.locator(ROWS).count() < 90


def test_the_index_of_a_row_is_its_place_in_the_whole_table(visit):
    explorer = visit(f"{LOOP}&step=2")
    indices = "rows => rows.slice(0, 12).map((row) => row.ariaRowIndex)"
    assert explorer.page.eval_on_selector_all("#trace-body tr[aria-rowindex]", indices) == [str(place) for place in range(1, 13)]
    count = explorer.page.get_attribute("#trace-body table", "aria-rowcount")
    explorer.go(2404)  # the last node, and below it the seed's line
    explorer.page.wait_for_selector(f"#trace-body tr[aria-rowindex='{count}']")
    assert explorer.page.locator(f"#trace-body tr[aria-rowindex='{count}'] ~ tr").count() == 0


def test_the_row_of_the_step_is_in_sight_after_a_jump_and_nothing_empty_is(long_trace):
    for step in (1, 6000, 2404, 2500, 799):
        long_trace.go(step)
        long_trace.page.evaluate(SCROLLED)
        assert long_trace.page.evaluate(STEPS) == [str(step - 1)]
        assert long_trace.page.evaluate(IN_SIGHT), step
        assert long_trace.page.evaluate(COVERED), step


def test_scrolling_brings_the_rows_that_were_not_drawn_and_leaves_the_step(long_trace):
    scroll(long_trace.page, 20_000)
    assert long_trace.page.evaluate(COVERED)
    assert not long_trace.page.evaluate(IN_SIGHT)
    assert long_trace.page.evaluate(STEPS) == ["4299"]  # its row stays among those that are drawn
    scroll(long_trace.page, 21_000)
    assert long_trace.page.evaluate(COVERED)


def test_rows_that_come_into_sight_say_what_the_step_has_made_of_them(long_trace):
    scroll(long_trace.page, 20_000)
    shown = long_trace.page.eval_on_selector_all(
        "#trace-body tr.first-line",
        "rows => rows.slice(4, 20).map((row) => [row.querySelector('.primal').textContent, row.querySelector('.adjoint').textContent])",
    )
    assert all(primal != "–" and adjoint == "–" for primal, adjoint in shown)  # the reverse sweep comes there last


def test_the_focused_row_stays_while_others_are_exchanged(long_trace):
    cursor = long_trace.page.get_attribute(f"{ROWS} .step-button", "data-cursor")
    button = long_trace.page.locator(f"#trace-body .step-button[data-cursor='{cursor}']")
    button.focus()
    scroll(long_trace.page, 20_000)
    scroll(long_trace.page, 60_000)
    assert long_trace.page.evaluate("document.activeElement.dataset.cursor") == cursor
    long_trace.press("Enter")
    assert long_trace.cursor() == int(cursor)
    assert long_trace.page.evaluate("document.activeElement.dataset.cursor") == cursor


def test_tab_goes_on_from_row_to_row_beyond_those_that_were_drawn(long_trace):
    scroll(long_trace.page, 0)
    drawn = int(long_trace.page.eval_on_selector_all(ROWS, "rows => rows.findLast((row) => Number(row.ariaRowIndex) < 1000).ariaRowIndex"))
    long_trace.page.locator(f"{ROWS} .step-button").first.focus()
    places: list[int] = []
    for _ in range(200):
        long_trace.press("Tab")
        places.append(int(long_trace.page.evaluate("document.activeElement.closest('tr').ariaRowIndex")))
        if places[-1] > drawn + 5:
            break
    assert drawn < places[-1] < drawn + 9
    assert all(0 <= after - before <= 2 for before, after in itertools.pairwise(places))


def test_back_then_next_far_down_a_long_trace_shows_the_same_numbers(long_trace):
    numbers = "rows => rows.map((row) => `${row.ariaRowIndex} ${row.innerText}`).filter((text) => !text.includes('undefined'))"
    before = set(long_trace.page.eval_on_selector_all(ROWS, numbers))
    long_trace.press("ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight")
    after = set(long_trace.page.eval_on_selector_all(ROWS, numbers))
    places = {text.split()[0] for text in before} & {text.split()[0] for text in after}
    assert len(places) > 30
    assert {text for text in before if text.split()[0] in places} == {text for text in after if text.split()[0] in places}
