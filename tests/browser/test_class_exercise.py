"""A student of a class at an exercise: let in by a link, handing in, and finding everything again."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from lesson import PHONE
from playwright.sync_api import Page, expect
from school import RIGHT, SLIPPED, submit
from test_axe import axe
from test_exercise import ORDER, blank, fill

NUMBERS = dict(zip(ORDER, ["3", "2", "6", "1", "3", "2", "5", "2"], strict=True))
"""The right ones, in working order."""
HOSTILE = "<img src=x onerror=alert(1)>"


def entered(attend, posed: dict, student: str | None = "ada", **options) -> Page:
    """The exercise by its class link."""
    page = attend(
        f"exercise/{posed['id']}?link={posed['link']}{'' if student is None else f'&student={quote(student)}'}", drawn=False, **options
    ).page
    page.wait_for_selector("body[data-ready]")
    return page


def hand_in(page: Page) -> None:
    with page.expect_response("**/api/v1/submissions"):
        page.click("#check")
    expect(page.locator("#said")).to_have_attribute("data-kind", "done")


def test_a_class_link_asks_who_one_is(attend, school):
    page = entered(attend, school.posed(), None)
    page.get_by_label("Your id in this class").fill("grace")
    page.keyboard.press("Enter")
    expect(page.locator("#who")).to_contain_text("Working as grace")
    expect(page.locator("#check")).to_have_text("Hand in")


def test_a_student_without_an_id_is_given_one(attend, school):
    page = entered(attend, school.posed(), None)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#who")).to_contain_text("Working as s-")


def test_a_sheet_is_handed_in_and_counted(attend, school):
    posed = school.posed(policy={"attempts": 2})
    page = entered(attend, posed)
    expect(page.locator("#rules")).to_contain_text("2 of 2 attempts left")
    fill(page, NUMBERS)
    hand_in(page)
    expect(page.locator("#said")).to_contain_text("8 of 8 points")
    expect(page.locator("#handed li")).to_have_count(1)
    expect(page.locator("#rules")).to_contain_text("1 of 2 attempts left")
    rows = school.teacher.get("/submissions", params={"exercise_id": posed["id"]}).json()["submissions"]
    assert [(row["student"], row["score"]) for row in rows] == [("ada", 8.0)]


def test_the_same_sheet_again_costs_no_attempt(attend, school):
    page = entered(attend, school.posed(policy={"attempts": 2}))
    fill(page, NUMBERS)
    hand_in(page)
    hand_in(page)
    expect(page.locator("#handed li")).to_have_count(1)
    expect(page.locator("#rules")).to_contain_text("1 of 2 attempts left")


def test_attempts_are_there_before_the_first_of_this_visit(attend, school):
    posed = school.posed(policy={"attempts": 2})
    assert submit(school.student(posed), posed, SLIPPED).status_code == 201
    page = entered(attend, posed)
    expect(page.locator("#rules")).to_contain_text("1 of 2 attempts left")
    expect(page.locator("#handed li")).to_have_count(1)


def test_what_was_handed_in_from_another_device_is_there(attend, school):
    posed = school.posed()
    submit(school.student(posed), posed, RIGHT)
    page = entered(attend, posed)
    assert [blank(page, label).input_value() for label in ORDER] == list(NUMBERS.values())


def test_without_attempts_nothing_more_can_be_handed_in(attend, school):
    posed = school.posed(policy={"attempts": 1})
    submit(school.student(posed), posed, SLIPPED)
    page = entered(attend, posed)
    expect(page.locator("#check")).to_be_disabled()
    expect(page.locator("#shut")).to_have_text("You have no attempts left.")


def test_the_best_of_several_counts(attend, school):
    posed = school.posed()
    student = school.student(posed)
    submit(student, posed, RIGHT)
    submit(student, posed, {})
    page = entered(attend, posed)
    expect(page.locator("#handed")).to_contain_text("Your best counts: 8.")


def test_each_student_has_numbers_of_their_own(attend, school):
    posed = school.posed(variants={"a": {"range": [2, 400]}}, inputs={"b": 1})
    texts = {entered(attend, posed, name).locator("#given").inner_text() for name in ("ada", "grace", "alan")}
    assert len(texts) > 1


def test_an_edited_statement_loses_no_work(attend, school):
    posed = school.posed()
    page = entered(attend, posed)
    fill(page, dict(list(NUMBERS.items())[:3]))
    path = f"/exercises/{posed['id']}"
    changed = {"id": posed["id"], **posed["exercise"], "title": "A chain of three"}
    assert school.teacher.put(path, json=changed, headers={"if-match": "*"}).status_code == 200
    page.reload()
    page.wait_for_selector("body[data-ready]")
    expect(page.locator("#title")).to_have_text("A chain of three")
    assert blank(page, ORDER[0]).input_value() == "3"


def test_the_next_one_at_this_device_says_who_they_are(attend, school):
    page = entered(attend, school.posed(), None)
    page.get_by_label("Your id in this class").fill("ada")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Not you?").click()
    page.get_by_label("Your id in this class").fill("grace")
    page.keyboard.press("Enter")
    expect(page.locator("#who")).to_contain_text("Working as grace")


def test_a_link_that_opens_nothing_says_so(attend, school):
    page = entered(attend, school.posed() | {"link": "nothing"})
    expect(page.locator("#wait")).to_contain_text("link")


def test_a_student_may_be_called_anything(attend, school):
    page = entered(attend, school.posed(title=HOSTILE), HOSTILE)
    expect(page.locator("#who")).to_contain_text(HOSTILE)
    expect(page.locator("#title")).to_have_text(HOSTILE)
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"])
def test_33_the_door_is_accessible(attend, school, options: dict):
    posed = school.posed()
    explorer = attend(f"exercise/{posed['id']}?link={posed['link']}", drawn=False, **options)
    expect(explorer.page.get_by_label("Your id in this class")).to_be_focused()
    assert axe(explorer) == []
    assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
