"""Loops, calls and repeats of long programs stand as one card each, opened and folded by hand (interface.md, section 8)."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import expect

LOOP = "h = x\nfor i in range(20):\n    h = tanh(w * h)\ny = h * x"
NESTED = "def f(a):\n    return sin(a) * a\nfor i in range(6):\n    for j in range(4):\n        x = f(x) + w\ny = x * x"
CARD = "#stage g.folded"
PRESS = "(one) => one.dispatchEvent(new MouseEvent('click', { bubbles: true }))"
SCREEN = "(one) => { const { x, y } = one.getBoundingClientRect(); return [x, y]; }"


def link(program: str, at: str, more: str = "") -> str:
    return f"?v=1&e={quote(program)}&at={at}{more}"


def loop(more: str = "") -> str:
    return link(LOOP, "x:1,w:0.8", more)


def test_a_long_loop_is_one_card_and_its_lines_are_one_for_each_producer(visit):
    explorer = visit(loop())
    page = explorer.page
    expect(page.locator(CARD)).to_have_count(1)
    expect(page.locator(f"{CARD} .title")).to_have_text("for i … ×20")
    assert page.locator("#stage [data-node]").count() == 3  # x, w and y
    assert page.locator("#stage g.edge.bundle").count() == 1  # w is read in every round
    assert page.locator("#stage g.edge").count() == 4


def test_the_card_counts_the_rounds_and_bears_the_rail(visit):
    explorer = visit(loop("&step=7"))
    page = explorer.page
    expect(page.locator(f"{CARD}.current .counter")).to_have_text("iteration 3 of 20")
    assert page.locator("#stage [aria-current=step]").count() == 1
    assert page.get_attribute(CARD, "data-step") == page.get_attribute("#trace-body [aria-current=step]", "data-step")
    explorer.press("End")
    expect(page.locator(f"{CARD} .adjoints")).to_contain_text("40 of 40 adjoints, up to")
    output = explorer.trace(source=LOOP, inputs={"x": 1, "w": 0.8})["names"]["h"]
    expect(page.locator(f"{CARD} .leaves")).to_contain_text("=")
    assert output > 0


def test_a_press_opens_it_where_it_stands_and_the_title_folds_it_again(visit):
    explorer = visit(loop("&step=7"))
    page = explorer.page
    page.click(".stage-button[aria-label='Zoom in']")
    page.wait_for_timeout(300)
    before = page.eval_on_selector(f"{CARD} .frame", SCREEN)
    page.click(f"{CARD} .title")
    expect(page.locator(CARD)).to_have_count(20)
    after = page.eval_on_selector("#stage g.group.loop > .frame", SCREEN)
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) < 40
    page.wait_for_url("**fold=l2:open**")
    page.eval_on_selector("#stage g.folded[data-fold='l2.3'] .title", PRESS)
    page.wait_for_selector("#stage [data-node='6']")
    expect(page.locator(CARD)).to_have_count(19)
    page.eval_on_selector("#stage g.group.loop .head text", PRESS)
    expect(page.locator(CARD)).to_have_count(1)


def test_a_choice_stands_in_the_link_and_is_not_undone_by_steps(visit):
    explorer = visit(loop("&fold=l2:open,l2.3:open&step=12"))
    expect(explorer.page.locator(CARD)).to_have_count(19)
    explorer.go(30)
    expect(explorer.page.locator(f"{CARD}.current .title")).to_have_text("iteration 14 of 20")
    expect(explorer.page.locator(CARD)).to_have_count(19)


def test_following_opens_the_group_of_the_step_and_closes_it_behind(visit):
    explorer = visit(loop("&groups=follow&step=7"))
    page = explorer.page
    page.wait_for_selector("#stage [data-node='6'].current")
    expect(page.locator(CARD)).to_have_count(19)
    explorer.go(20)
    page.wait_for_selector("#stage [data-node='19'].current")
    assert page.locator("#stage [data-node='6']").count() == 0
    explorer.press("Home")
    expect(page.locator(CARD)).to_have_count(1)


def test_the_trail_says_where_the_step_is_and_folds_by_keyboard(visit):
    explorer = visit(link(NESTED, "x:0.5,w:0.1", "&step=40"))
    page = explorer.page
    trail = page.locator(".crumbs-trail button")
    expect(trail).to_have_text(["for i … ×6", "iteration 4 of 6", "for j … ×4", "iteration 1 of 4", "f(…)"])
    expect(trail.nth(0)).to_have_attribute("aria-expanded", "false")
    trail.nth(2).focus()
    explorer.press("Enter")
    expect(trail.nth(2)).to_have_attribute("aria-expanded", "true")
    expect(trail.nth(0)).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.activeElement.textContent") == "for j … ×4"
    page.click(".crumbs >> text=Unfold all")
    expect(page.locator(CARD)).to_have_count(0)
    page.click(".crumbs >> text=Fold all")
    expect(page.locator(CARD)).to_have_count(1)


def test_one_key_opens_the_group_of_the_step_level_by_level(visit):
    explorer = visit(link(NESTED, "x:0.5,w:0.1", "&step=40"))
    page = explorer.page
    for title in ("iteration 4 of 6", "for j … ×4", "iteration 1 of 4", "f(…)"):
        explorer.press("o")
        expect(page.locator(f"{CARD}.current .title")).to_have_text(title)
    explorer.press("o")
    page.wait_for_selector("#stage [data-node].current")


def test_the_walk_goes_on_through_a_folded_group_says_so_and_opens_it(visit):
    explorer = visit(loop("&step=7"))
    page = explorer.page
    page.focus("#stage .stage-walk")
    explorer.press("Enter")
    assert "It is in for i … ×20, which is folded; O opens it." in page.get_attribute(".stage-frame", "aria-label")
    explorer.press("o")
    expect(page.locator(CARD)).to_have_count(20)
    explorer.press("End")
    assert "folded" not in page.get_attribute(".stage-frame", "aria-label")


def test_pointing_at_a_row_lights_the_group_that_holds_its_node(visit):
    explorer = visit(loop("&step=7"))
    explorer.page.hover("#trace-body tr[data-node='5']")
    explorer.page.wait_for_selector(f"{CARD}.lit")


def test_every_step_through_a_folded_program_is_drawn_and_undone(visit):
    explorer = visit(loop("&step=40"))
    for cursor in range(40, 52):
        explorer.go(cursor)
        state = explorer.state()
        assert len(set(state["current"])) == 1
        explorer.press("ArrowLeft", "ArrowRight")
        explorer.page.wait_for_timeout(60)
        explorer.press("Escape")
        explorer.go(cursor)
        assert explorer.state() == state


def test_39_two_thousand_nodes_are_drawn_folded(visit):
    program = "\n".join(f"for i in range(60): x = sin(x) * w + {k}" for k in range(8)) + "\ny = x"
    explorer = visit(link(program, "x:0.5,w:0.9", "&step=500"))
    expect(explorer.page.locator(CARD)).to_have_count(8)
    expect(explorer.page.locator(f"{CARD}.current .counter")).to_contain_text("iteration")
    assert explorer.page.locator("#stage [data-node]").count() <= 4


def test_repeats_without_a_loop_are_folded(visit):
    program = "y = x\n" + "y = sin(y) * w\n" * 30
    explorer = visit(link(program, "x:0.5,w:0.9"))
    expect(explorer.page.locator(f"{CARD} .title")).to_have_text("sin ×, 30 times")
