"""Every number has a card, and every path to the output is in the ledger."""

from __future__ import annotations

from playwright.sync_api import expect

SURVEY = "?v=1&ex=survey-1&step=16"


def test_a_number_on_the_graph_opens_its_card(visit):
    explorer = visit(SURVEY)
    explorer.page.click("#stage [data-node='1'] .chip.adjoint text")
    card = explorer.page.locator(".value-card")
    expect(card.locator(".value-title")).to_contain_text("1.716")
    expect(card).to_contain_text("is used twice, so its adjoint is a sum")
    assert explorer.cursor() == 16
    explorer.page.wait_for_url("**node=x2.adjoint**")


def test_a_number_in_the_table_opens_its_card_and_its_sources_lead_on(visit):
    explorer = visit(SURVEY)
    explorer.page.click("#trace-body tr[data-node='3'] td.primal")
    expect(explorer.page.locator(".value-title")).to_contain_text("10")
    explorer.page.click(".value-source >> nth=0")
    expect(explorer.page.locator(".value-card")).to_contain_text("is an input: its value is given")


def test_a_key_explains_what_the_step_writes_stage_by_stage(visit):
    explorer = visit("?v=1&ex=survey-1&step=4")
    explorer.press("x")
    stages = explorer.page.locator(".value-stage:visible")
    expect(stages).to_have_count(3)
    explorer.press("x")
    expect(stages).to_have_count(1)
    explorer.press("x")
    expect(stages).to_have_count(2)
    more = explorer.page.get_by_role("button", name="Next stage")
    more.press("Enter")
    more.press("Enter")
    expect(stages).to_have_count(4)
    explorer.page.click("text=Follow the steps")
    explorer.press(".")
    expect(explorer.page.locator("h2.value-title")).to_contain_text("−0.9589")


def test_a_linked_card_opens_with_the_page(visit):
    explorer = visit("?v=1&e=y%20=%20sqrt(x)%0Az%20=%20y*2&at=x:-1&side=value&node=z.primal")
    expect(explorer.page.locator(".value-reason")).to_contain_text("There the NaN was born: sqrt of −1 has no value")
    explorer.page.click(".value-reason .value-link")
    expect(explorer.page.locator(".value-title")).to_be_focused()
    expect(explorer.page.locator(".value-reason").nth(1)).to_contain_text("It taints z")


def test_the_ledger_lists_paths_and_their_sum(visit):
    explorer = visit("?v=1&e=c%20=%20a%20%2B%20b%0Ad%20=%20a%20*%20c&at=a:2,b:3&side=paths&step=9")
    rows = explorer.page.locator(".paths-table tbody tr")
    expect(rows).to_have_count(2)
    expect(explorer.page.locator(".paths-sum")).to_contain_text("5 + 2 = 7")
    rows.nth(1).hover()
    expect(explorer.page.locator("#stage [data-node].lit")).to_have_count(3)
    expect(explorer.page.locator("#stage .edge.lit")).to_have_count(2)
    rows.nth(0).locator("button").press("Enter")
    explorer.page.mouse.move(5, 5)
    explorer.page.locator("#paths-from").focus()
    expect(explorer.page.locator("#stage .edge.lit")).to_have_count(1)
    explorer.page.get_by_label("= overwrites").check()
    expect(explorer.page.locator(".paths-happens")).to_contain_text("would be 2, not 7")
    expect(explorer.page.locator(".paths-sum s")).to_have_text("5")
    explorer.page.select_option("#paths-from", label="b")
    expect(rows).to_have_count(1)
    explorer.page.wait_for_url("**path=b**")


def test_too_many_paths_are_counted_and_some_are_listed(visit):
    explorer = visit("?v=1&e=for%20i%20in%20range(40):%20x%20=%20x%2Bx%0Ay%20=%20x&at=x:1&side=paths&path=%230")
    expect(explorer.page.locator(".ledger")).to_contain_text("1\u202f099\u202f511\u202f627\u202f776 paths lead")
