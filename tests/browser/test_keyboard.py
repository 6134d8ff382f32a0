"""Everything by keyboard, and single letters only where nobody types: requirements 24 and 25."""

from __future__ import annotations

from playwright.sync_api import expect

SURVEY = "?v=1&ex=survey-1"
REGION = """() => {
  const region = document.activeElement.closest("#editor, #inputs, #seed, #stage, #trace, #player, .header");
  return region?.id || region?.className || "";
}"""


def test_24_a_program_is_typed_stepped_and_linked_without_a_mouse(visit):
    explorer = visit()
    explorer.press("1")
    explorer.press("ControlOrMeta+a", "Delete")
    explorer.page.keyboard.insert_text("y = a*b + sin(a)")
    explorer.press("ControlOrMeta+Enter")
    explorer.wait_built()
    assert explorer.cursor() == 0
    explorer.press("Escape")
    assert explorer.focused() == "program"
    explorer.press("ArrowRight", "End", "ArrowLeft", "Home", ".", ",")
    assert explorer.cursor() == 0
    explorer.press("ControlOrMeta+ArrowRight")
    assert explorer.cursor() == 5
    explorer.press("f")
    expect(explorer.page.locator("input[value=forward]")).to_be_checked()


def test_24_tab_leaves_the_editor_and_reaches_every_region(visit):
    explorer = visit()
    explorer.page.focus("#editor .cm-content")
    explorer.press("Escape")
    seen = set()
    for _ in range(120):
        explorer.press("Tab")
        seen.add(explorer.page.evaluate(REGION))
    assert seen >= {"editor", "inputs", "seed", "stage", "trace", "player", "header"}


def test_24_numbers_go_to_the_views(visit):
    explorer = visit()
    for key, place in (("2", "stage-panel"), ("3", "formula"), ("4", "trace-body")):
        explorer.press(key)
        assert explorer.focused() == place


def test_24_sheets_open_and_close_by_key(visit):
    explorer = visit()
    for key, sheet in (("e", "#gallery"), ("?", "#help")):
        explorer.press(key)
        expect(explorer.page.locator(sheet)).to_be_visible()
        explorer.press("Escape")
        expect(explorer.page.locator(sheet)).to_be_hidden()


def test_24_a_key_right_after_a_sheet_closes_is_not_lost_in_its_field(visit):
    explorer = visit()
    explorer.press("e")
    expect(explorer.page.locator("#gallery")).to_be_visible()
    explorer.page.evaluate("""() => {
        const field = document.querySelector("#gallery .search-field");
        document.querySelector("#gallery").close();
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "?", bubbles: true, cancelable: true }));
    }""")
    expect(explorer.page.locator("#help")).to_be_visible()


def test_24_panels_fold_and_unfold(visit):
    explorer = visit()
    for key, panel in (("[", "#editor"), ("]", "#trace-body")):
        explorer.press(key)
        expect(explorer.page.locator(panel)).to_be_hidden()
        explorer.press(key)
        expect(explorer.page.locator(panel)).to_be_visible()


def test_24_sub_steps_and_speed_have_keys(visit):
    explorer = visit(f"{SURVEY}&mode=forward&step=3")
    explorer.press("Shift+ArrowRight")
    assert explorer.text("#trace-body tr[data-node='3'] .primal") == "10"
    assert explorer.text("#trace-body tr[data-node='3'] .tangent") == "–"
    explorer.press("Shift+ArrowRight")
    assert explorer.text("#trace-body tr[data-node='3'] .tangent") == "5"
    explorer.press("=")
    expect(explorer.page.locator(".speed select")).to_have_value("2")
    explorer.press("-", "-")
    expect(explorer.page.locator(".speed select")).to_have_value("0.5")


def test_24_n_says_the_sentence_again(visit):
    explorer = visit(f"{SURVEY}&step=4")
    explorer.page.evaluate("() => { document.getElementById('live').textContent = ''; }")
    explorer.press("n")
    expect(explorer.page.locator("#live")).to_have_text("Forward step 4 of 7. v 2 is x 1 times x 2: 2 times 5 is 10.")


def test_25_letters_do_nothing_but_write_inside_fields(visit):
    explorer = visit(f"{SURVEY}&step=5")
    for field in (".step-field", "#inputs [data-name=x1] [data-role=value]", "#editor .cm-content"):
        explorer.page.focus(field)
        explorer.press("f", "b", "e", "?", "2", ".")
        expect(explorer.page.locator("input[value=reverse]")).to_be_checked()
        assert explorer.page.locator("dialog[open]").count() == 0
        assert explorer.page.evaluate("(field) => document.activeElement.matches(field)", field)


def test_25_letters_can_be_switched_off(visit):
    explorer = visit(f"{SURVEY}&step=5")
    explorer.page.click(".head-settings")
    explorer.page.click("#settings .setting.check")
    explorer.press("Escape")
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.press("f", "e", ".", "?")
    assert explorer.page.locator("dialog[open]").count() == 0
    assert explorer.cursor() == 5
    explorer.press("ArrowRight")
    assert explorer.cursor() == 6
