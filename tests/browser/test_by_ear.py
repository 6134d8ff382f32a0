"""The whole of one example, followed by keyboard and by its spoken sentences alone."""

from __future__ import annotations

SPOKEN = [
    "Graph ready. 2 inputs, 5 operations, 1 output. 7 forward steps, 9 reverse steps. Press dot for the next step.",
    "Forward step 1 of 7. x 1 is an input: 2.",
    "Forward step 2 of 7. x 2 is an input: 5.",
    "Forward step 3 of 7. v 1 is the natural logarithm of x 1: the natural logarithm of 2 is 0.6931.",
    "Forward step 4 of 7. v 2 is x 1 times x 2: 2 times 5 is 10.",
    "Forward step 5 of 7. v 3 is the sine of x 2: the sine of 5 is minus 0.9589.",
    "Forward step 6 of 7. v 4 is v 1 plus v 2: 0.6931 plus 10 is 10.69.",
    "Forward step 7 of 7. v 5 is v 4 minus v 3: 10.69 minus minus 0.9589 is 11.65.",
    "Reverse step 1 of 9. v 5 is the output: its adjoint starts with the seed 1.",
    "Reverse step 2 of 9. v 5 passes its adjoint 1 to v 4. The local slope is 1. 1 times 1 is 1. v 4 bar is now 1.",
    "Reverse step 3 of 9. v 5 passes its adjoint 1 to v 3. The local slope is minus 1. 1 times minus 1 is minus 1. v 3 bar is now minus 1.",
    "Reverse step 4 of 9. v 4 passes its adjoint 1 to v 1. The local slope is 1. 1 times 1 is 1. v 1 bar is now 1.",
    "Reverse step 5 of 9. v 4 passes its adjoint 1 to v 2. The local slope is 1. 1 times 1 is 1. v 2 bar is now 1.",
    (
        "Reverse step 6 of 9. v 3 passes its adjoint minus 1 to x 2. The local slope is the cosine of x 2, which is 0.2837. "
        "Minus 1 times 0.2837 is minus 0.2837. x 2 bar is now minus 0.2837. One of two paths has arrived."
    ),
    (
        "Reverse step 7 of 9. v 2 passes its adjoint 1 to x 1. The local slope is x 2, which is 5. "
        "1 times 5 is 5. x 1 bar is now 5. One of two paths has arrived."
    ),
    (
        "Reverse step 8 of 9. v 2 passes its adjoint 1 to x 2. The local slope is x 1, which is 2. "
        "1 times 2 is 2. Added to minus 0.2837, x 2 bar is now 1.716. Two of two paths have arrived; x 2 is finished."
    ),
    (
        "Reverse step 9 of 9. v 1 passes its adjoint 1 to x 1. The local slope is one over x 1, which is 0.5. "
        "1 times 0.5 is 0.5. Added to 5, x 1 bar is now 5.5. Two of two paths have arrived; x 1 is finished. "
        "Done. Gradient: x 1 bar 5.5, x 2 bar 1.716. One reverse sweep gave both."
    ),
]


def test_the_surveys_function_can_be_followed_by_ear(visit):
    explorer = visit("?v=1&ex=square")
    explorer.press("e")
    explorer.page.wait_for_selector(".card >> nth=1")
    explorer.page.keyboard.type("survey")
    explorer.page.wait_for_selector(".card >> nth=1", state="detached")
    explorer.press("Tab", "Tab", "Tab", "Enter")
    explorer.page.wait_for_url("**ex=survey-1**")
    explorer.wait_drawn()
    explorer.press("Home")
    heard = [explorer.text("#live")]
    for _ in range(explorer.total()):
        explorer.press(".")
        heard.append(explorer.text("#live"))
    assert heard == SPOKEN
