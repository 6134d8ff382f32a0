"""The fair queue: every client has its turn, whoever asks most often."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

Job = TypeVar("Job")


class Slot(NamedTuple):
    """One client's place: ``exclusive`` ones have one job running and one waiting, others any number that fits the queue."""

    key: Hashable
    exclusive: bool


@dataclass(slots=True)
class FairQueue(Generic[Job]):
    """Waiting jobs by slot, served round robin; a slot whose one running job is out keeps its place in the ring."""

    length: int
    waiting: dict[Slot, deque[Job]] = field(default_factory=dict)
    running: dict[Slot, int] = field(default_factory=dict)
    count: int = 0

    def may_start(self, slot: Slot) -> bool:
        """Whether a job of this slot may run at once, as far as the slot is concerned."""
        return not (slot.exclusive and slot in self.running)

    def put(self, slot: Slot, job: Job) -> bool:
        """Let a job wait; False if there is no room for it."""
        line = self.waiting.get(slot)
        if self.count >= self.length or (slot.exclusive and line):
            return False
        if line is None:
            line = self.waiting[slot] = deque()
        line.append(job)
        self.count += 1
        return True

    def take(self) -> tuple[Slot, Job] | None:
        """The next job whose slot may run, which then counts as running; its slot goes to the end of the ring."""
        slot = next((s for s in self.waiting if self.may_start(s)), None)
        if slot is None:
            return None
        line = self.waiting.pop(slot)
        job = line.popleft()
        if line:
            self.waiting[slot] = line
        self.count -= 1
        self.start(slot)
        return slot, job

    def remove(self, slot: Slot, job: Job) -> bool:
        """Take a job back that waits no longer; False if it has been taken already."""
        line = self.waiting.get(slot)
        if line is None or job not in line:
            return False
        line.remove(job)
        self.count -= 1
        if not line:
            del self.waiting[slot]
        return True

    def start(self, slot: Slot) -> None:
        """Count a job of the slot as running."""
        self.running[slot] = self.running.get(slot, 0) + 1

    def finish(self, slot: Slot) -> None:
        """Count a job of the slot as done."""
        left = self.running[slot] - 1
        if left:
            self.running[slot] = left
        else:
            del self.running[slot]
