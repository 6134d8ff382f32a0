"""A wrong program says what, where and what to do, and leaves the last good picture: requirements 18 to 23."""

from __future__ import annotations

import re

from playwright.sync_api import expect

# The page opens with a program that works.
START = "?v=1&e=y%20%3D%20x*x&at=x:3&step=2"
MATRIX = "?v=1&e=y%20%3D%20sum(A%40x)&at=A:[[1,2],[3,4],[5,6]],x:[1,2]&step=2"

# program, what is marked, what the sentence says, the program after the fix (None where there is no text to mend)
ERRORS = [
    ("2x + 1", "2x", r"2x.*2\*x", "2*x + 1"),
    ("sin x", "sin x", r"sin.*brackets.*sin\(x\)", "sin(x)"),
    ("(x + y", "(", r"bracket.*column 1.*not closed", "(x + y)"),
    ("foo(x)", "foo", r"don't know foo", None),
    ("z = x*w", "w", r"w has no value yet", None),
    ("while x > 0: pass", None, r"limit|[Ss]topped", None),
    ("import os\nx", "import os", r"no import os", "\nx"),
]
NOTES = [
    ("y = x^2", "^", r"power"),
    ("y = ln(x - 4)", "ln(x - 4)", r"not defined|NaN"),
    ("y = abs(x - 3)", "abs(x - 3)", r"corner|not differentiable"),
]


TIMES = """() => {
  window.typed = 0;
  document.querySelector("#editor .cm-content").addEventListener("input", () => { window.typed = performance.now(); });
  const ask = window.fetch;
  window.fetch = (...given) => { window.asked ??= performance.now(); return ask(...given); };
}"""


def marked(explorer, name: str) -> str:
    return "".join(explorer.page.locator(f"#editor .{name}").all_text_contents())


def test_18_an_error_keeps_the_last_good_graph_and_marks_its_place(visit):
    explorer = visit(START)
    good = explorer.text("#stage svg")
    for program, mark, sentence, _ in ERRORS:
        explorer.write(program)
        said = explorer.wait_problem()
        assert re.search(sentence, said.replace("’", "'")), said
        assert explorer.text("#stage svg") == good, program
        expect(explorer.page.locator("#problem .problem-stale")).to_have_text("Showing the last version that worked.")
        if mark is not None:
            assert marked(explorer, "mark-problem") == mark
            expect(explorer.page.locator("#editor .gutter-problem")).to_have_count(1)


def test_18_a_note_stands_beside_a_fresh_graph(visit):
    explorer = visit(START)
    for program, mark, sentence in NOTES:
        explorer.write(program)
        explorer.wait_built()
        expect(explorer.page.locator("#problem")).to_have_attribute("data-kind", "notes")
        assert re.search(sentence, explorer.text("#problem"))
        assert mark in marked(explorer, "mark-remark")


def test_18_shapes_that_do_not_fit_are_marked(visit):
    explorer = visit(MATRIX)
    good = explorer.text("#stage svg")
    explorer.write("y = sum(x @ A)")
    said = explorer.wait_problem()
    assert "2 ≠ 3" in said
    assert marked(explorer, "mark-problem") == "x @ A"
    assert explorer.text("#stage svg") == good


def test_18_without_an_engine_the_page_says_so_and_comes_back_by_itself(visit):
    explorer = visit(START)
    good = explorer.text("#stage svg")
    explorer.page.route(
        "**/api/v1/trace",
        lambda route: route.fulfill(
            status=503,
            headers={"retry-after": "1", "content-type": "application/problem+json"},
            body='{"code": "server.busy", "title": "Busy", "status": 503, "detail": "All workers are busy."}',
        ),
    )
    explorer.write("y = x*x*x")
    expect(explorer.page.locator("#problem")).to_have_attribute("data-kind", "banner")
    assert explorer.text("#stage svg") == good
    expect(explorer.page.locator("#problem button:has-text('Try now')")).to_be_visible()
    explorer.page.unroute("**/api/v1/trace")
    explorer.wait_built()
    assert explorer.program() == "y = x*x*x"


def test_19_no_error_speaks_of_the_machine(visit):
    explorer = visit(START)
    for program in [
        *(error[0] for error in ERRORS),
        "y =",
        "x +* 2",
        "class A: pass",
        "[x for x in y]",
        "lambda: 1",
        "y = 'text'",
        "1 +",
        ")",
    ]:
        explorer.write(program)
        explorer.wait_problem()
        for words in ("invalid syntax", "Traceback", "Error(", "SyntaxError", "<module>", "Exception"):
            assert words not in explorer.text("#problem"), program


def test_20_a_fix_is_one_press(visit):
    explorer = visit("?v=1&e=y%20%3D%20x*y0&at=x:3,y0:2&step=2")
    for program, _, _, mended in ERRORS:
        if mended is None:
            continue
        explorer.write(program.replace(" y", " y0"))
        explorer.wait_problem()
        explorer.page.click("#problem .button.primary")
        explorer.wait_built()
        assert explorer.program() == mended.replace(" y", " y0")


def test_20_a_missing_input_is_added_by_one_press(visit):
    explorer = visit(START)
    explorer.write("z = x*w")
    explorer.wait_problem()
    explorer.page.click("#problem button:has-text('Add input w = 1')")
    explorer.wait_built()
    assert explorer.page.input_value("#inputs [data-name=w] [data-role=value]") == "1"


def test_20_a_seed_of_ones_is_one_press(visit):
    explorer = visit(MATRIX)
    explorer.write("y = A @ x")
    assert "seed" in explorer.wait_problem()
    explorer.page.click("#problem button:has-text('Use a seed of ones')")
    explorer.wait_built()
    expect(explorer.page.locator("#seed .seed-row input")).to_have_count(3)


def test_a_new_program_gets_its_inputs_by_itself(visit):
    explorer = visit()
    explorer.write("h = tanh(w*u + b)")
    explorer.wait_built()
    expect(explorer.page.locator("#inputs .field-row")).to_have_count(3)
    assert explorer.page.input_value("#inputs [data-name=b] [data-role=value]") == "1"


def test_21_typing_moves_neither_focus_nor_scroll(visit):
    explorer = visit(START)
    explorer.write("y = x*x")
    for letter in " + foo(x)":
        explorer.page.keyboard.type(letter)
        explorer.page.wait_for_timeout(60)
    explorer.wait_problem()
    assert explorer.page.evaluate("() => document.activeElement.closest('#editor') !== null")
    assert explorer.page.evaluate(
        "() => [document.scrollingElement.scrollTop, document.querySelector('#editor .cm-scroller').scrollTop]"
    ) == [0, 0]


def test_21_the_program_is_read_400_milliseconds_after_the_last_key(visit):
    explorer = visit(START)
    explorer.write("y = x*x + 1")
    explorer.wait_built()
    with explorer.page.expect_request("**/api/v1/trace") as asked:
        explorer.page.evaluate(TIMES)
        explorer.page.keyboard.type("23", delay=50)
    assert asked.value is not None
    waited = explorer.page.evaluate("window.asked - window.typed")
    assert 300 <= waited <= 560


def test_22_an_empty_editor_shows_chips_and_no_error(visit):
    explorer = visit(START)
    explorer.write("")
    expect(explorer.page.locator("#problem")).to_have_attribute("data-kind", "empty")
    expect(explorer.page.locator("#problem .chip")).to_have_count(3)
    explorer.page.click("#problem .chip:has-text('log(x1)')")
    explorer.wait_built()
    assert explorer.program() == "log(x1) + x1*x2 - sin(x2)"


def test_23_a_limit_is_told_with_both_numbers(visit):
    explorer = visit(START)
    explorer.write("y = x\nwhile x > 0:\n    y = y + 1")
    said = explorer.wait_problem()
    assert len(re.findall(r"\d{1,3}(?:,\d{3})+", said)) == 2, said
