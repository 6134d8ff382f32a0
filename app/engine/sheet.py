"""A Jacobian that compiled code computes for ever new inputs: one pass for the values and partials, one for all tangents."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np

from app.engine.block import Machine, Pattern, address
from app.engine.colouring import Sums

Array = np.ndarray


class Sheet:
    """The structure: the first nodes of the pattern are all inputs, ``columns`` those to differentiate by, ``outputs`` the rows.

    ``seeded`` is the colour of each column: a tangent serves those of one colour. One sheet computes one Jacobian at a time.
    """

    def __init__(
        self,
        pattern: Pattern,
        constants: Sequence[float],
        live: bytes,
        columns: Sequence[int],
        outputs: Sequence[int],
        sparsity: Array,
        seeded: Array,
    ) -> None:
        self.machine: Machine = pattern.machine
        self.pattern, self.handle, self.live, self.sparsity = pattern, pattern.handle, live, sparsity
        self.before, count = pattern.before, pattern.before + pattern.width
        self.constants = (ctypes.c_double * (len(constants) or 1))(*constants)
        seeds = Sums(seeded)[:]
        self.sweeps = len(seeds)
        self.room, self.dots = np.zeros(count + 2 * pattern.width), np.zeros((count, self.sweeps))
        self.dots[np.asarray(columns, dtype=np.intp)] = seeds.T
        self.outputs = np.asarray(outputs, dtype=np.intp)
        rows, places = np.nonzero(sparsity)
        self.to = rows * len(columns) + places
        self.where = self.outputs[rows] * self.sweeps + seeded[places]
        self.compressed, self._flat = len(seeds) < len(columns), self.dots.reshape(-1)
        self._addresses: tuple[Any, ...] = (address(self.room), address(self.dots))

    def values(self, inputs: Array) -> Array:
        """The outputs."""
        self.room[: self.before] = inputs
        self.machine.play(self.handle, self.constants, self._addresses[0])
        return self.room[self.outputs]

    def jacobian(self, inputs: Array) -> Array:
        """The Jacobian at these inputs; what is not a number in it only the rules can tell."""
        room, dots = self._addresses
        self.room[: self.before] = inputs
        self.machine.play(self.handle, self.constants, room)
        self.machine.push(self.handle, room, self.live, self.sweeps, dots)
        if not self.compressed:
            return self.dots[self.outputs]
        made = np.zeros(self.sparsity.shape)
        made.reshape(-1)[self.to] = self._flat[self.where]
        return made
