"""The page on which a student works an exercise out: blanks in order, read at once, kept, and judged with reasons."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from lesson import PHONE
from playwright.sync_api import Locator, Page, Route, expect
from test_axe import axe

SOURCE = "c = a + b\nd = b + 1\ne = c * d"
PROGRAM = f"exercise?v=1&e={quote(SOURCE)}&at=a:2,b:1"
MATRIX = f"exercise?v=1&e={quote('w = A @ x' + chr(10) + 'y = sum(w)')}&at={quote('A:[[1,2],[3,4]],x:[1,-1]')}"
ORDER = [
    "primal of c = a + b",
    "primal of d = b + 1",
    "primal of e = c · d",
    *(f"adjoint of {n}" for n in ("e = c · d", "d = b + 1", "c = a + b", "b", "a")),
]
SLIPPED = dict(zip(ORDER, ["4", "2", "8", "1", "4", "2", "6", "2"], strict=True))
"""One slip at c, and everything else as it follows from it."""
HOSTILE = "<img src=x onerror=alert(1)>"


def opened(visit, query: str = PROGRAM, **options) -> Page:
    page = visit(query, drawn=False, **options).page
    page.wait_for_selector("body[data-ready]")
    return page


def served(visit, name: str = "chain", *, rest: str = "", status: int = 200, **exercise) -> Page:
    """The page of an exercise that the server keeps."""
    page = visit("healthz", drawn=False).page
    about = {"id": name, "title": exercise.pop("title", "A chain"), "topic": "reverse", "statement": exercise.pop("statement", "")}
    body = {**about, "exercise": {"source": SOURCE, "inputs": {"a": 2, "b": 1}, **exercise}}
    answer = lambda route: route.fulfill(status=status, json=body)  # noqa: E731
    page.route(re.compile(r"/api/v1/exercises/"), answer)
    page.goto(page.url.replace("healthz", f"exercise/{quote(name, safe='')}{rest}"))
    page.wait_for_selector("body[data-ready]")
    return page


def blank(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def fill(page: Page, numbers: dict[str, str]) -> None:
    for label, number in numbers.items():
        blank(page, label).fill(number)


def check(page: Page) -> str:
    """Check the sheet; the sentence that is printed and spoken."""
    with page.expect_response(re.compile(r"/api/v1/grade$")):
        page.click("#check")
    expect(page.locator("#said")).to_have_attribute("data-kind", "done")
    return page.locator("#said").inner_text()


def focused(page: Page) -> str:
    return page.evaluate("document.querySelector(`label[for='${document.activeElement.id}']`)?.textContent ?? document.activeElement.id")


def verdict(page: Page, label: str) -> Locator:
    return page.locator(".blank", has=blank(page, label)).locator(".blank-verdict")


def card(page: Page, node: int) -> Locator:
    return page.locator(f"#stage [data-node='{node}']")


# ---------------------------------------------------------------- what is asked


def test_any_program_is_an_exercise(visit):
    page = opened(visit)
    assert sorted(page.locator("#blanks label").all_inner_texts()) == sorted(ORDER)
    assert page.locator("#blanks thead th > span, #blanks thead th:first-child").all_inner_texts() == ["Node", "Primal", "Adjoint"]


def test_inputs_without_a_value_get_one(visit):
    page = opened(visit, f"exercise?v=1&e={quote('y = p * q')}&at=p:3")
    assert page.locator("#given li").all_inner_texts() == ["p = 3", "q = 1", "adjoint of y = 1 seed"]


def test_an_example_of_the_gallery_is_an_exercise(visit):
    page = opened(visit, "exercise?v=1&ex=survey-1&mode=both&seed=x1:1,x2:0")
    assert page.locator("#title").inner_text() != ""
    assert page.locator("#blanks .tangent input").count() > 0
    assert page.locator("#blanks .adjoint input").count() > 0


def test_no_answer_comes_with_the_page(visit):
    told: list[str] = []
    page = visit("healthz", drawn=False).page
    page.on("response", lambda response: told.append(response.url) if "/api/" in response.url else None)
    page.goto(page.url.replace("healthz", PROGRAM))
    page.wait_for_selector("body[data-ready]")
    assert {url.rsplit("/", 1)[-1] for url in told} == {"sheet"}


def test_a_program_that_has_no_graph_says_why(visit):
    page = opened(visit, f"exercise?v=1&e={quote('y = (x')}")
    expect(page.locator("#wait")).to_contain_text("not closed")


def test_the_way_here_is_in_the_share_dialog(visit):
    explorer = visit("?v=1&ex=survey-1")
    explorer.press("s")
    explorer.page.get_by_role("tab", name="Worksheet").click()
    link = explorer.page.get_by_role("link", name="Practise on screen")
    assert "/exercise?v=1&ex=survey-1" in link.get_attribute("href")


# ---------------------------------------------------------------- writing


def test_enter_walks_in_working_order(visit):
    page = opened(visit)
    blank(page, ORDER[0]).focus()
    walked = [focused(page)]
    for _ in range(len(ORDER)):
        page.keyboard.press("Enter")
        walked.append(focused(page))
    assert walked == [*ORDER, "check"]


def test_arrows_walk_too_and_shift_enter_goes_back(visit):
    page = opened(visit)
    blank(page, ORDER[3]).focus()
    for key, place in [("ArrowDown", 4), ("ArrowUp", 3), ("Shift+Enter", 2), ("ArrowRight", 3), ("ArrowLeft", 2)]:
        page.keyboard.press(key)
        assert focused(page) == ORDER[place], key


def test_an_arrow_within_a_number_stays_in_it(visit):
    page = opened(visit)
    blank(page, ORDER[0]).focus()
    page.keyboard.type("12")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == ORDER[0]


def test_how_a_number_is_read_stands_beside_it(visit):
    page = opened(visit)
    blank(page, ORDER[0]).fill("1/3")
    expect(page.locator(".blank", has=blank(page, ORDER[0])).locator(".blank-read")).to_have_text("→ 0.3333")


def test_what_is_no_number_is_told_at_once_and_costs_no_attempt(visit):
    page = served(visit, policy={"attempts": 2})
    blank(page, ORDER[0]).fill("three")
    expect(blank(page, ORDER[0])).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".blank-read.bad")).to_contain_text("no number")
    expect(page.locator("#rules")).to_contain_text("2 of 2 attempts left")


def test_the_graph_fills_as_numbers_are_written(visit):
    page = opened(visit)
    expect(card(page, 2).locator(".primal")).to_contain_text("–")
    fill(page, {ORDER[0]: "4", ORDER[5]: "-1/2"})
    expect(card(page, 2).locator(".primal")).to_contain_text("4")
    expect(card(page, 2).locator(".adjoint text")).to_contain_text("−0.5")


def test_the_node_of_the_blank_lights_up_and_a_node_leads_to_its_blank(visit):
    page = opened(visit)
    blank(page, ORDER[1]).focus()
    expect(page.locator("#stage .node.current .title")).to_have_text("d = b + 1")
    expect(page.locator("tr.is-current th")).to_contain_text("d = b + 1")
    page.locator("#stage .node", has_text="e = c · d").click()
    assert focused(page) == ORDER[2]


def test_a_node_leads_to_its_first_empty_blank(visit):
    page = opened(visit)
    fill(page, {ORDER[2]: "8"})
    page.locator("#stage .node", has_text="e = c · d").click()
    assert focused(page) == ORDER[3]


def test_a_reload_loses_nothing(visit):
    page = opened(visit)
    fill(page, {ORDER[0]: "1/3", ORDER[4]: "4"})
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert [blank(page, ORDER[place]).input_value() for place in (0, 4)] == ["1/3", "4"]
    expect(page.locator(".blank-read").filter(has_text="0.3333")).to_have_count(1)
    expect(page.locator("#progress")).to_have_text("2 of 8 filled in")


def test_each_student_has_work_of_their_own(visit):
    page = served(visit, rest="?student=s-1")
    fill(page, {ORDER[0]: "4"})
    page.goto(page.url.replace("s-1", "s-2"))
    page.wait_for_selector("body[data-ready]")
    assert blank(page, ORDER[0]).input_value() == ""


def test_a_matrix_is_a_grid_of_blanks(visit):
    page = opened(visit, MATRIX)
    fill(page, {"primal of w = A x, element 1": "-1", "primal of w = A x, element 2": "-1", "adjoint of A, row 2, column 1": "5"})
    check(page)
    expect(verdict(page, "adjoint of A, row 2, column 1")).to_contain_text("cannot be judged")
    expect(verdict(page, "primal of w = A x, element 2")).to_contain_text("correct")
    expect(verdict(page, "adjoint of A, row 1, column 1")).to_contain_text("missing")


def test_partials_are_asked_operand_by_operand(visit):
    page = served(visit, ask=[{"node": "e", "quantity": "partial"}, {"node": "b", "quantity": "gradient"}])
    fill(page, {"partial of e = c · d by c": "2", "partial of e = c · d by d": "2", "gradient of b": "5"})
    assert check(page).startswith("2 of 3 points.")
    expect(verdict(page, "partial of e = c · d by d")).to_contain_text("wrong")
    expect(verdict(page, "gradient of b")).to_contain_text("correct")


# ---------------------------------------------------------------- checking


def test_a_slip_is_named_first_and_charged_once(visit):
    page = opened(visit)
    fill(page, SLIPPED)
    sentence = check(page)
    assert sentence.startswith("7 of 8 points.")
    assert "Slipped once at c, carried to 3 nodes." in sentence
    expect(verdict(page, ORDER[0])).to_have_text("✗ wrong expected 3")
    expect(verdict(page, ORDER[2])).to_have_text("↪ follows from your own numbers expected 6")
    expect(verdict(page, ORDER[1])).to_have_text("✓ correct")
    page.get_by_role("button", name="Go to c", exact=True).click()
    assert focused(page) == ORDER[0]


def test_the_graph_is_tinted_by_the_verdicts(visit):
    page = opened(visit)
    fill(page, SLIPPED)
    check(page)
    tints = page.locator("#stage .node").evaluate_all("(nodes) => nodes.map((node) => node.dataset.graded)")
    assert sorted(tints) == ["correct", "follow_through", "follow_through", "follow_through", "incorrect"]
    expect(page.locator("#stage .node[data-graded=incorrect] .mark.verdict")).to_contain_text("✗")


def test_a_check_on_the_way_does_not_give_away_what_is_still_to_come(visit):
    page = opened(visit)
    fill(page, {ORDER[0]: "4"})
    check(page)
    expect(verdict(page, ORDER[1])).to_have_text("○ missing")
    expect(page.locator(".blank-expected")).to_have_count(1)


def test_control_enter_checks_from_within_a_blank(visit):
    page = opened(visit)
    blank(page, ORDER[0]).fill("3")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("1 of 8 points.")


def test_the_sentence_that_is_spoken_is_the_one_that_is_printed(visit):
    page = opened(visit)
    said = page.get_by_role("status").filter(has=page.locator("xpath=self::*[@id='said']"))
    assert page.locator("#said").get_attribute("aria-live") == "polite"
    assert check(page) == said.inner_text() == "0 of 8 points. 0 of 8 right. 8 left blank."


def test_a_number_that_is_changed_loses_its_verdict(visit):
    page = opened(visit)
    fill(page, SLIPPED)
    check(page)
    blank(page, ORDER[0]).fill("3")
    expect(verdict(page, ORDER[0])).to_be_empty()
    expect(verdict(page, ORDER[1])).to_contain_text("correct")


@pytest.mark.parametrize(
    ("feedback", "verdicts", "reasons", "expected"), [("none", 0, 0, 0), ("verdicts", 8, 0, 0), ("hints", 8, 1, 0), ("full", 8, 1, 4)]
)
def test_what_is_told_is_what_the_policy_allows(visit, feedback: str, verdicts: int, reasons: int, expected: int):
    page = served(visit, policy={"feedback": feedback})
    fill(page, SLIPPED | {ORDER[0]: "2", ORDER[2]: "4", ORDER[4]: "2", ORDER[6]: "4"})  # c = a · b
    check(page)
    assert page.locator(".blank-sign:visible").count() >= verdicts
    assert (page.locator(".told-items li").count() > 0) == bool(reasons)
    assert page.locator(".blank-expected").count() == expected


def test_attempts_are_counted_and_the_same_answer_costs_none(visit):
    page = served(visit, policy={"attempts": 2})
    fill(page, {ORDER[0]: "3"})
    check(page)
    check(page)
    expect(page.locator("#rules")).to_contain_text("1 of 2 attempts left")
    fill(page, {ORDER[1]: "2"})
    check(page)
    expect(page.locator("#rules")).to_contain_text("You have used all 2 attempts.")
    expect(page.locator("#check")).to_be_disabled()


def test_what_is_closed_says_so(visit):
    page = served(visit, policy={"closes": "2020-05-01T12:00:00Z"})
    expect(page.locator("#shut")).to_contain_text("1 May 2020")
    expect(page.locator("#check")).to_be_disabled()


def test_a_check_without_an_answer_says_so_and_keeps_the_work(visit):
    page = opened(visit)
    page.route(
        re.compile(r"/api/v1/grade$"), lambda route: route.fulfill(status=503, json={"code": "server.busy", "detail": "Too much to do."})
    )
    fill(page, {ORDER[0]: "3"})
    page.click("#check")
    expect(page.locator("#said")).to_have_text("Too much to do.")
    assert blank(page, ORDER[0]).input_value() == "3"


# ---------------------------------------------------------------- texts of others


STATEMENT = f"""## Task
Find $\\bar{{c}}$ of **this** *program*, with `c`:

- one {HOSTILE}
- <script>alert(2)</script>

$$
\\frac{{\\partial e}}{{\\partial c}} \\href{{javascript:alert(3)}}{{x}}
$$
"""


def test_a_statement_is_markdown_with_formulas_and_never_markup(visit):
    page = served(visit, title=HOSTILE, statement=STATEMENT)
    place = page.locator("#statement")
    expect(page.locator("h1:visible")).to_have_text(HOSTILE)
    assert place.locator("strong").inner_text() == "this"
    assert place.locator("em").inner_text() == "program"
    assert place.locator("li").all_inner_texts() == [f"one {HOSTILE}", "<script>alert(2)</script>"]
    assert place.locator(".katex").count() == 2
    assert page.locator("img, #statement script, #statement a").count() == 0


@pytest.mark.parametrize("name", ["__proto__", "constructor", "..x", "a b&c?d#e", HOSTILE])
def test_an_exercise_may_be_called_anything(visit, name: str):
    page = visit("healthz", drawn=False).page
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.split("/api/v1/")[1])
        route.fulfill(json={"id": name, "title": name, "exercise": {"source": "y = x * x", "inputs": {"x": 3}}})

    page.route(re.compile(r"/api/v1/exercises/"), answer)
    page.goto(page.url.replace("healthz", f"exercise/{quote(name, safe='')}"))
    page.wait_for_selector("body[data-ready]")
    expect(page.locator("h1:visible")).to_have_text(name)
    assert asked == [f"exercises/{quote(name, safe=chr(39) + '()*!~')}"]


def test_odd_names_are_answered_by_their_spelling(visit):
    source = "constructor = a * b\nhasOwnProperty = constructor + a\ntoString = hasOwnProperty * b"
    page = opened(visit, f"exercise?v=1&e={quote(source)}&at=a:2,b:3")
    fill(
        page,
        {
            "primal of constructor = a · b": "6",
            "primal of hasOwnProperty = constructor + a": "8",
            "primal of toString = hasOwnProperty · b": "24",
        },
    )
    assert check(page).startswith("3 of 8 points.")


def test_nodes_without_a_name_are_answered_too(visit):
    page = opened(visit, f"exercise?v=1&e={quote('y = sin(x) * sin(x) + cos(x)')}&at=x:0")
    with page.expect_request(re.compile(r"/api/v1/grade$")) as sent:
        fill(page, dict.fromkeys(page.locator("#blanks label").all_inner_texts(), "0"))
        page.click("#check")
    keys = json.loads(sent.value.post_data)["answers"].keys()
    assert len(keys) == 6
    expect(page.locator("#said")).to_have_attribute("data-kind", "done")


# ---------------------------------------------------------------- everywhere


CUT = """() => [...document.querySelectorAll("#work *:not(.visually-hidden)")]
  .filter((one) => !one.closest("#stage, pre, .katex, thead") && one.getBoundingClientRect().right > 390.5).length"""
"""How much of the page stands beyond the right edge of a phone."""


@pytest.mark.parametrize("query", [PROGRAM, MATRIX, PROGRAM + "&mode=both&seed=a:1,b:0"])
def test_a_phone_has_one_column_and_cuts_nothing(visit, query: str):
    page = opened(visit, query, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(CUT) == 0
    fields = page.locator("#blanks input")
    assert fields.first.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 16
    assert fields.first.get_attribute("inputmode") == "decimal"


def test_a_phone_has_the_signs_that_its_keyboard_lacks(visit):
    page = opened(visit, **PHONE)
    blank(page, ORDER[0]).focus()
    page.get_by_role("button", name="Minus").tap()
    page.keyboard.type("1")
    page.get_by_role("button", name="Divided by").tap()
    page.keyboard.type("2")
    assert blank(page, ORDER[0]).input_value() == "-1/2"
    page.get_by_role("button", name="Next blank").tap()
    assert focused(page) == ORDER[1]


@pytest.mark.parametrize("options", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE, PHONE | {"color_scheme": "dark"}])
def test_33_the_exercise_is_accessible(visit, options: dict):
    explorer = visit(PROGRAM + "&mode=both&seed=a:1,b:0", drawn=False, **options)
    page = explorer.page
    page.wait_for_selector("body[data-ready]")
    assert axe(explorer) == []
    fill(page, SLIPPED | {"tangent of e = c · d": "two", "tangent of a": "1/3"})
    expect(page.locator(".blank-read.bad")).to_be_visible()
    check(page)
    assert axe(explorer) == []
