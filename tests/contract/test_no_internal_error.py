from __future__ import annotations

import fuzz


def test_no_request_drawn_by_chance_meets_an_internal_error():
    found, broken = fuzz.run(1500, seed=20)
    assert broken == []
    assert found["200"] > 100, "the requests are so wrong that nothing is evaluated"
    assert len(found) > 15, "the requests are wrong in few ways"
