"""Every gallery example with a number as input: differences at their best step agree with the engine, or the answer says why not."""

from __future__ import annotations

import json
import math

import pytest

from app.gallery import examples
from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())
UNLIKE = {
    "corner": "abs has no derivative at 0",
    "where-safe": "a corner at 0",
    "cancellation": "written so that float64 loses all digits",
    "detach": "differences go through detach",
    "no-grad": "differences go through no_grad",
    "requires-grad": "differences go through detach",
}
"""Examples that are there because differences and the engine disagree."""

CASES = [
    (example, name)
    for example in examples()
    for name, value in example["inputs"].items()
    if isinstance(value, (int, float)) and not isinstance(value, bool)
]


def ask(example: dict, name: str, dtype: str) -> dict | None:
    request = {"source": example["source"], "inputs": example["inputs"], "wrt": name, "dtype": dtype, "num": 2}
    for more in ({}, {"output_element": [0]}, {"output_element": [0, 0]}):
        status, content = DESK.serve("numerical", json.dumps(request | more).encode())
        if status == 200:
            return json.loads(content)
        assert json.loads(content)["code"] in ("seed.required", "shape.index")
    return None  # several outputs


@pytest.mark.parametrize(("example", "name"), CASES, ids=[f"{example['id']}-{name}" for example, name in CASES])
def test_differences_at_their_best_agree_with_the_engine(example: dict, name: str):
    answer = ask(example, name, "float64")
    if answer is None or not isinstance(answer["exact"], float) or example["id"] in UNLIKE:
        return
    size = max(1.0, abs(answer["exact"]))
    found = [answer["measured"][scheme]["error"] for scheme in ("central", "richardson")]
    assert min(found) <= 1e-7 * size
    if answer["measured"]["complex"] is not None:
        assert answer["measured"]["complex"]["error"] <= 1e-11 * size


@pytest.mark.parametrize(("example", "name"), CASES, ids=[f"{example['id']}-{name}" for example, name in CASES])
def test_in_float32_they_agree_to_two_digits(example: dict, name: str):
    answer = ask(example, name, "float32")
    if answer is None or not isinstance(answer["exact"], float) or example["id"] in UNLIKE:
        return
    found = [answer["measured"][scheme]["error"] for scheme in ("central", "richardson")]
    assert min(found) <= 1e-2 * max(1.0, abs(answer["exact"]))


@pytest.mark.parametrize("example", UNLIKE)
def test_the_exceptions_are_examples_of_the_gallery(example: str):
    assert example in {one["id"] for one in examples()}
    assert math.isfinite(len(UNLIKE[example]))
