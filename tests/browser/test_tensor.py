"""A tensor in the card of its value, by its size: cells, pictures, windows, slices, tables; products and broadcasting."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import expect

AFFINE = ("y = A @ x + b\nout = (y*y).sum()", "A:[[1,2],[3,-4],[5,6]],x:[1,2],b:[1,-2,3]")
ROWS = ("Z = X*b\nW = Z + b\ny = (W*W).sum()", "X:[[1,2],[3,4],[5,6]],b:[1,-2]")
SOFTMAX = ("Z = sin(x*arange(100)).reshape(10,10)\ns = softmax(Z, dim=1)\ny = (s*s).sum()", "x:0.7")
FINE = ("A = sin(x*arange(4096)).reshape(64,64)\ny = A.sum()", "x:0.02")
LARGE = ("A = sin(x*arange(15000)).reshape(150,100)\nB = (x*arange(7000)/7000).reshape(100,70)\nC = A @ B\ny = C.sum()", "x:0.5")
THREE = ("A = (x*arange(6) - 3).reshape(3,2)\ny = (A*A).sum()", "x:1")
ODD = ("Z = log(A)\ny = Z.sum()", "A:[[1,-1,0],[Infinity,2,3]]")
BATCHES = ("I = (x*arange(96)).reshape(3,2,4,4)\ny = I.sum()", "x:1")

CROSS = ".tensor-row >> nth=0 >> .tensor-marks >> nth=0 >> .cross"


def card(visit, program, node, step=99, mode="reverse", **options):
    """The page at the card of one value."""
    source, at = program
    query = f"?v=1&e={quote(source)}&at={quote(at)}&mode={mode}&side=value&node={quote(node)}&step={step}"
    explorer = visit(query, **options)
    expect(explorer.page.locator(".tensor-place > *").first).to_be_attached()
    return explorer


def test_small_tensors_are_numbers_in_tinted_cells_with_the_same_geometry(visit):
    page = card(visit, THREE, "A.primal", mode="both").page
    panes = page.locator(".tensor-pane:visible .tensor-cells").locator("visible=true")
    expect(page.locator(".tensor-shape")).to_have_text("3×2")
    boxes = [panes.nth(at).bounding_box() for at in range(3)]
    assert len({(box["width"], box["height"], box["y"]) for box in boxes}) == 1
    expect(panes.nth(0).locator("text")).to_have_text(["−3", "−2", "−1", "0", "1", "2"])
    expect(panes.nth(1).locator("text")).to_have_text(["0", "1", "2", "3", "4", "5"])
    expect(panes.nth(2).locator("text").first).to_have_text("−6")
    expect(panes.nth(0).locator(".tensor-cell >> nth=0")).to_have_class("tensor-cell level-5")
    expect(panes.nth(0).locator(".tensor-cell >> nth=3")).to_have_class("tensor-cell level0")


def test_what_is_not_computed_is_a_dash_and_zero_is_0(visit):
    explorer = card(visit, AFFINE, "A.primal", step=1)
    cells = explorer.page.locator(".tensor-pane.adjoint .tensor-cell text")
    expect(cells).to_have_text(["–"] * 6)
    expect(explorer.page.locator(".tensor-pane.adjoint .tensor-facts")).to_have_text("not computed yet")
    explorer.press("End")
    expect(cells.first).to_have_text("12")


def test_a_kind_that_the_mode_has_not_is_said_to_be_missing(visit):
    page = card(visit, AFFINE, "A.tangent").page
    expect(page.locator(".tensor-pane.tangent .tensor-cell text")).to_have_text(["–"] * 6)
    expect(page.locator(".tensor-pane.tangent .tensor-facts")).to_have_text("not computed in this mode")


def test_heat_cells_of_24_pixels_are_read_by_pointer_and_pinned_by_a_press(visit):
    page = card(visit, SOFTMAX, "s.primal").page
    picture = page.locator(".tensor-pane.primal .tensor-picture").first
    assert picture.bounding_box()["width"] == 240
    expect(picture.locator(".tensor-cell text").first).to_have_text("")
    picture.hover(position={"x": 24 * 2 + 5, "y": 24 * 4 + 5})
    expect(page.locator(".tensor-reads")).to_contain_text("row 5, column 3")
    picture.click(position={"x": 24 * 2 + 5, "y": 24 * 4 + 5})
    page.mouse.move(5, 300)
    expect(page.locator(".tensor-reads")).to_contain_text("row 5, column 3")
    expect(picture.locator(".pin")).to_have_count(1)


def test_negative_cells_have_a_minus_without_colour(visit):
    page = card(visit, SOFTMAX, "Z.primal").page
    cells = page.locator(".tensor-pane.primal .tensor-cell")
    signs = cells.evaluate_all(
        "all => all.map((cell) => [cell.classList.contains('level-3'), cell.querySelector('path').getAttribute('d') !== ''])"
    )
    assert any(negative for negative, _ in signs)
    assert all(sign for negative, sign in signs if negative)


def test_arrow_keys_move_one_cross_over_all_pictures_in_one_tab_stop(visit):
    explorer = card(visit, SOFTMAX, "s.primal")
    row = explorer.page.locator(".tensor-row").first
    row.focus()
    before = explorer.cursor()
    explorer.press("ArrowRight", "ArrowDown", "ArrowDown")
    expect(explorer.page.locator(".tensor-reads")).to_contain_text("row 3, column 2")
    expect(explorer.page.locator(".tensor-row >> nth=0 >> .cross")).to_have_count(2)
    expect(explorer.page.locator(".tensor > [role=status]")).to_contain_text("row 3 column 2: s 0.")
    assert explorer.cursor() == before, "arrows belong to the picture while it has the focus"
    assert row.locator("[tabindex], button, a, input").count() == 0
    expect(row).to_have_attribute(
        "aria-label",
        "s, 10 by 10. From 0.02669 to 0.231, largest in row 8 column 5. Press T for the table. Arrow keys move the cross, Enter pins it.",
    )


def test_the_focus_stays_in_the_picture_while_steps_are_played(visit):
    explorer = card(visit, AFFINE, "", step=1)
    row = explorer.page.locator(".tensor-row").first
    row.focus()
    explorer.press("ArrowDown", ".")
    expect(explorer.page.locator(".value-title")).to_contain_text("x")
    expect(row).to_be_focused()
    assert explorer.cursor() == 2


def test_fine_cells_have_a_histogram_and_their_ends(visit):
    page = card(visit, FINE, "A.primal").page
    picture = page.locator(".tensor-pane.primal .tensor-picture").first
    assert (picture.bounding_box()["width"], picture.bounding_box()["height"]) == (384, 384)
    expect(page.locator(".tensor-pane.primal .tensor-histogram rect")).to_have_count(32)
    expect(page.locator(".tensor-pane.primal .tensor-facts")).to_contain_text("‖·‖₂")
    picture.hover(position={"x": 6 * 63 + 3, "y": 6 * 10 + 3})
    expect(page.locator(".tensor-reads")).to_contain_text("row 11, column 64")


def test_a_large_matrix_is_means_of_blocks_with_its_true_ends_and_a_real_window(visit):
    explorer = card(visit, LARGE, "A.primal")
    page = explorer.page
    values = [entry for row in explorer.trace(source=LARGE[0], inputs={"x": 0.5})["nodes"][4]["primal"] for entry in row]
    expect(page.locator(".tensor-head")).to_contain_text("each cell = mean of 3×2")
    expect(page.locator(".tensor-pane.primal .tensor-facts").first).to_contain_text(f"max {max(values):.4g}"[:9])
    picture = page.locator(".tensor-pane.primal .tensor-picture").first
    assert picture.bounding_box()["width"] == 300
    picture.click(position={"x": 6 * 49 + 3, "y": 6 * 49 + 3})
    expect(page.locator(".tensor-window")).to_contain_text("rows 135–150, columns 85–100")
    cells = page.locator(".tensor-row >> nth=1 >> .tensor-pane.primal .tensor-cell")
    expect(cells).to_have_count(256)
    cells.nth(0).hover()
    value = f"{values[134 * 100 + 84]:.4g}".replace("-", "−")
    expect(page.locator(".tensor-reads")).to_contain_text(f"row 135, column 85A = {value}")


def test_a_picker_goes_through_the_slices(visit):
    explorer = card(visit, BATCHES, "I.primal")
    page = explorer.page
    axes = page.locator(".tensor-axis")
    expect(axes).to_have_text(["←batch 1 of 3→", "←channel 1 of 2→"])
    page.get_by_role("button", name="Next batch").click()
    page.get_by_role("button", name="Next batch").press("ArrowRight")
    explorer.page.locator(".tensor-row").first.focus()
    explorer.press("PageDown")
    expect(axes).to_have_text(["←batch 3 of 3→", "←channel 2 of 2→"])
    expect(page.locator(".tensor-pane.primal .tensor-cell text").first).to_have_text("80")


def test_nan_is_hatched_and_infinities_are_marked(visit):
    page = card(visit, ODD, "Z.primal").page
    cells = page.locator(".tensor-pane.primal .tensor-cell")
    expect(cells.nth(1)).to_have_class("tensor-cell levelnan")
    assert cells.nth(1).locator("path").get_attribute("d") != ""
    expect(cells.locator("text")).to_have_text(["0", "NaN", "−∞", "∞", "0.6931", "1.099"])
    expect(page.locator(".tensor-pane.primal .tensor-facts")).to_contain_text("1 NaN · 2 infinite")


def test_the_same_scale_is_that_of_the_largest(visit):
    page = card(visit, AFFINE, "x.primal").page
    ends = page.locator(".tensor .tensor-legend > span:last-child")
    expect(ends).to_have_text(["2", "320"])
    page.get_by_label("same scale").check()
    expect(ends).to_have_text(["320", "320"])


def test_a_true_table_is_always_there_and_t_shows_it(visit):
    explorer = card(visit, AFFINE, "A.primal")
    table = explorer.page.get_by_role("table", name="A: all entries")
    expect(table.get_by_role("columnheader")).to_have_count(2)
    expect(table.get_by_role("cell")).to_have_text(["", "1", "2", "3", "−4", "5", "6"])
    box = explorer.page.locator(".tensor-numbers")
    assert box.bounding_box()["height"] <= 1
    explorer.press("t")
    expect(box).to_have_attribute("tabindex", "0")
    assert box.bounding_box()["height"] > 60
    explorer.press("t")
    assert box.bounding_box()["height"] <= 1


def test_t_opens_the_table_of_what_the_step_has_written(visit):
    explorer = visit(f"?v=1&e={quote(AFFINE[0])}&at={quote(AFFINE[1])}&step=1")
    expect(explorer.page.locator("#explain")).to_contain_text("The largest is in row 3 column 2. Press T for the table.")
    explorer.press("t")
    expect(explorer.page.locator(".tensor-table caption")).to_have_text("A: all entries")
    expect(explorer.page.locator("#side-tab-value")).to_have_attribute("aria-selected", "true")


def test_t_in_the_walk_shows_the_table_of_the_node_that_is_walked_to(visit):
    explorer = visit(f"?v=1&e={quote(AFFINE[0])}&at={quote(AFFINE[1])}&step=99")
    explorer.page.focus("#stage .stage-walk")
    explorer.press("Enter", "Home")
    expect(explorer.page.locator("#stage :focus")).to_have_attribute(
        "aria-label", re.compile(r"Value 3 by 2, from minus 4 to 6\. The largest is in row 3 column 2\. Press T for the table\.")
    )
    explorer.press("t")
    expect(explorer.page.locator(".tensor-table caption")).to_have_text("A: all entries")


def test_a_table_of_many_cells_is_a_window_with_the_ends_of_all(visit):
    page = card(visit, FINE, "A.primal").page
    expect(page.locator(".tensor-table caption")).to_contain_text("rows 1–16, columns 1–16 of 64 × 64; min")
    expect(page.locator(".tensor-table tbody td")).to_have_count(256)


def test_a_cell_of_a_product_lights_its_row_and_its_column_and_writes_its_sum(visit):
    page = card(visit, AFFINE, "v1.primal").page
    page.locator(".tensor-pane.primal .tensor-picture").first.hover(position={"x": 15, "y": 26 + 10})
    expect(page.locator(".tensor-dot")).to_contain_text("3·1 + (−4)·2 = −5")
    factors = page.locator(".tensor-factors .tensor-picture")
    expect(factors.nth(0).locator(".band.across")).to_have_attribute("y", "26")
    expect(factors.nth(1).locator(".band.down")).to_have_count(1)


def test_going_back_a_product_lights_what_an_adjoint_is_made_of(visit):
    page = card(visit, AFFINE, "x.adjoint").page
    expect(page.locator(".tensor-product h3")).to_contain_text("transposed times")
    page.locator(".tensor-pane.adjoint .tensor-picture").first.hover(position={"x": 15, "y": 10})
    expect(page.locator(".tensor-dot")).to_contain_text("1·12 + 3·(−14) + 5·40 = 170")


def test_a_long_sum_counts_its_terms_and_ends_with_the_engines_value(visit):
    explorer = card(visit, LARGE, "C.primal")
    row = explorer.page.locator(".tensor-row").nth(1)
    row.focus()
    explorer.press("ArrowDown", "ArrowRight", "ArrowRight")
    value = next(node for node in explorer.trace(source=LARGE[0], inputs={"x": 0.5})["nodes"] if node["label"] == "C")["primal"][1][2]
    expect(explorer.page.locator(".tensor-dot")).to_contain_text(f"a₁b₁ + a₂b₂ + … (100 terms) = {value:.4g}".replace("-", "−"))


def test_broadcasting_shows_ghosts_forward_and_their_sum_in_reverse(visit):
    page = card(visit, ROWS, "W.primal").page
    expect(page.locator(".tensor-broadcasts")).to_contain_text("is repeated 3 times along rows")
    expect(page.locator(".fold.forward .spot")).to_have_text(["1", "−2"] * 3)
    expect(page.locator(".fold.forward .spot.ghost")).to_have_count(4)
    back = card(visit, ROWS, "b.adjoint").page
    panels = back.locator(".fold.reverse")
    expect(panels).to_have_count(2)
    expect(panels.nth(0).locator(".spot")).to_have_text(["4", "−12", "8", "−20", "12", "−28"])
    expect(panels.nth(0).locator(".sum")).to_have_text(["24", "−60"])
    expect(panels.nth(1).locator(".spot").first).to_have_text("4·1")
    expect(back.locator(".tensor-pane.adjoint .tensor-cell text")).to_have_text(["112", "−332"])


def test_with_reduced_motion_nothing_folds(visit):
    page = card(visit, ROWS, "b.adjoint", motion="reduce").page
    places = page.locator(".fold .spot").evaluate_all("all => all.map((one) => one.getAttribute('transform'))")
    assert page.get_by_role("button", name="Play", exact=True).locator("visible=true").count() <= 1, "only the player's own"
    page.wait_for_timeout(100)
    assert page.locator(".fold .spot").evaluate_all("all => all.map((one) => one.getAttribute('transform'))") == places


SPOTS = "all => all.map((one) => one.getAttribute('transform').replaceAll(' ', ''))"


def test_the_fold_leaves_its_place_and_ends_where_it_began(visit):
    page = card(visit, ROWS, "b.adjoint", motion="no-preference").page
    sums = page.locator(".fold .sum").first
    spots = page.locator(".fold .spot")
    expect(sums).to_have_css("opacity", "1")
    page.wait_for_timeout(600)
    rest = spots.evaluate_all(SPOTS)
    page.evaluate(
        """() => {
          window.seen = new Set();
          const note = (changes) => changes.forEach(({ target }) => {
            if (target.matches('.fold .spot')) window.seen.add(target.getAttribute('transform').replaceAll(' ', ''));
          });
          new MutationObserver(note).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['transform'] });
        }"""
    )
    page.locator(".tensor-broadcasts button").first.click()
    expect(sums).to_have_css("opacity", "0")
    expect(sums).to_have_css("opacity", "1")
    page.wait_for_timeout(100)
    assert spots.evaluate_all(SPOTS) == rest
    assert set(page.evaluate("[...window.seen]")) - set(rest)


def test_larger_shows_all_kinds_side_by_side_and_gives_the_focus_back(visit):
    explorer = card(visit, FINE, "A.primal")
    page = explorer.page
    page.get_by_role("button", name="Larger").click()
    dialog = page.locator("dialog[open]")
    panes = [dialog.locator(".tensor-pane .tensor-picture").nth(at).bounding_box() for at in range(2)]
    assert panes[1]["x"] + panes[1]["width"] <= dialog.bounding_box()["x"] + dialog.bounding_box()["width"]
    explorer.press("t")
    expect(dialog.locator(".tensor-numbers")).to_have_attribute("tabindex", "0")
    explorer.press("Escape")
    expect(page.get_by_role("button", name="Larger")).to_be_focused()
    expect(page.locator("#side-value .tensor-row").first).to_be_visible()


def test_colours_of_many_cells_follow_the_theme(visit):
    page = card(visit, FINE, "A.primal").page
    canvas = page.locator(".tensor-canvas").first
    shot = "(canvas) => canvas.toDataURL()"
    light = canvas.evaluate(shot)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)
    dark = canvas.evaluate(shot)
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(200)
    assert canvas.evaluate(shot) == light != dark


def test_a_tensor_of_no_entries_has_no_pictures(visit):
    explorer = visit(f"?v=1&e={quote('y = (x*arange(4))[4:]' + chr(10) + 'z = y.sum()')}&at=x:1&side=value&node=y.primal")
    expect(explorer.page.locator(".value-title")).to_contain_text("empty")
    expect(explorer.page.locator(".tensor:visible")).to_have_count(0)
