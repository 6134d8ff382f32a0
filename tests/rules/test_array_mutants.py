"""The comparisons with torch notice mistakes: of all rules with one mistake, nearly none passes."""

import array_checks
import pytest
from array_mutants import mutants

from app.ops.arrays import ARRAY_OPS

EQUIVALENT = {f"recurrence.{way}[0] misses the first element" for way in ("vjp", "jvp")}
"""The first factor multiplies nothing."""


def survives(mutant):
    """Whether a wrong rule agrees with torch on all samples."""
    question = array_checks.pull_is_torchs if mutant._way == "vjp" else array_checks.push_is_torchs
    for sample in mutant.samples:
        try:
            question(mutant, sample)
        except Exception:  # noqa: BLE001  a rule that breaks is as wrong as one that differs
            return False
    return True


@pytest.mark.parametrize("op", [op for op in ARRAY_OPS if op.differentiable], ids=lambda op: op.name)
def test_a_mistake_in_a_rule_is_noticed(op):
    wrong = list(mutants(op))
    alive = [m.mistake for m in wrong if survives(m) and m.mistake not in EQUIVALENT]
    assert len(alive) <= 0.05 * len(wrong), alive
