"""A slip: its name, the value it leads to, and a sentence for whoever made it."""

from __future__ import annotations

from typing import NamedTuple

from app.engine.tape import Value

SLIPS: dict[str, str] = {
    "missing_path": "One path is missing: contributions are summed over every edge.",
    "assigned_not_added": "The last contribution replaced the others: = was written where += belongs.",
    "path_counted_twice": "One path is counted twice.",
    "sign": "The sign is turned.",
    "primal_for_partial": "A primal stands where the partial belongs.",
    "forgotten_upstream": "The adjoint or tangent that comes in was left out: only the partial stands here.",
    "forgotten_inner": "The partial was left out: what comes in was passed on as it is.",
    "swapped_partials": "The partials of the two operands are swapped.",
    "swapped_operands": "The operands are swapped.",
    "wrong_operation": "Another operation was carried out.",
    "quotient_order": "The quotient rule was taken in the wrong order.",
    "power_rule": "The power rule went wrong: n xⁿ⁻¹ has the exponent in front and one less above.",
    "degrees": "The angle was taken in degrees; angles here are in radians.",
    "log_base": "The logarithm was taken to another base.",
    "other_node": "This is the number of another node.",
    "tangent_for_adjoint": "This is the tangent, not the adjoint.",
    "adjoint_for_tangent": "This is the adjoint, not the tangent.",
    "wrong_seed": "The sweep began with another seed.",
    "transposed": "The matrix is transposed.",
    "missing_sum": "The sum over an axis is missing.",
    "missing_mean": "The factor 1/n is missing.",
    "elementwise_for_matmul": "The matrices were multiplied element by element.",
    "decimal_shift": "The decimal point has slipped.",
    "premature_rounding": "It was rounded too early or too far.",
    "other_variant": "These are the numbers of another variant.",
}
"""Every slip that is looked for, and what is said of it."""


class Slip(NamedTuple):
    """One way to go wrong, and where it leads; ``detail`` names what the sentence is about."""

    name: str
    value: Value
    detail: str = ""

    @property
    def sentence(self) -> str:
        """What is said of it."""
        return SLIPS[self.name] + (f" ({self.detail})" if self.detail else "")
