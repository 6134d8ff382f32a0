"""A pool of disposable workers behind a fair, bounded queue."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections import Counter, OrderedDict

from app.work.job import Busy, Job, Stopped, Terms, Unavailable
from app.work.launch import Nursery, Plan, launch
from app.work.link import Content, Link
from app.work.queue import FairQueue, Slot
from app.work.suspects import Suspects

REMEMBERED = 64
INTERNAL = Slot("internal", exclusive=False)


class Pool:
    """Workers of one kind. ``state`` is ``loading`` until the first says hello, then ``ready``, or ``failed``."""

    def __init__(self, name: str, plan: Plan, terms: Terms, suspects: Suspects) -> None:
        self.name, self.plan, self.terms, self.suspects = name, plan, terms, suspects
        self.state = "stopped"
        self.incidents: Counter[str] = Counter()
        self.queue: FairQueue[Job] = FairQueue(terms.queue_length)
        self.links: set[Link] = set()
        self.idle: list[Link] = []
        self.ready = asyncio.Event()
        self._nursery: Nursery | None = None
        self._coming = 0
        self._bodies: dict[int, bytes] = {}
        self._ends: OrderedDict[int, int] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._backoff = 0.1
        self._mean = 0.01
        self._closed = False

    # ---------------------------------------------------------------- asking

    def submit(self, name: str, body: bytes, slot: Slot) -> Job:
        """Start a call, or let it wait; raises Busy or Unavailable. The answer is the job's ``reply``."""
        if self.state == "failed":
            raise Unavailable
        loop = asyncio.get_running_loop()
        job = Job(name, body, slot, loop.create_future())
        if self.idle and not self.queue.count and self.queue.may_start(slot):
            self.queue.start(slot)
            self._dispatch(job)
        elif self.queue.put(slot, job):
            job.timer = loop.call_later(self.terms.queue_seconds, self._on_patience_end, job)
            self._next()
        else:
            self.incidents["busy"] += 1
            raise Busy(self.wait_estimate())
        return job

    async def ask(self, name: str, body: bytes = b"", slot: Slot = INTERNAL) -> tuple[int, Content]:
        """A call and its answer; raises Busy, Stopped or Unavailable."""
        return await self.submit(name, body, slot).reply

    def withdraw(self, job: Job, why: Exception) -> None:
        """Forget a job that nobody waits for, which then fails with ``why``; one that runs already runs on."""
        if self.queue.remove(job.slot, job) and job.timer is not None:
            job.timer.cancel()
        self._fail(job, why)

    def _on_patience_end(self, job: Job) -> None:
        """A job has waited too long for its turn."""
        if self.queue.remove(job.slot, job):
            self.incidents["busy"] += 1
            self._fail(job, Busy(self.wait_estimate()))

    def wait_estimate(self) -> int:
        """In how many whole seconds a place is likely."""
        return max(1, min(30, round(self.queue.count * self._mean / self.terms.size)))

    # ---------------------------------------------------------------- life

    def start(self) -> None:
        """Start the nursery and ask it for workers; returns at once."""
        self._closed = False
        self.state = "loading"
        self._nursery = launch(self.plan, self._on_death, self._on_nursery_end)
        self._fill()

    async def close(self) -> None:
        """End all workers and the nursery."""
        self._closed = True
        self.state = "stopped"
        for link in list(self.links):
            link.retire()
        if self._nursery is not None:
            self._nursery.close()
            await asyncio.to_thread(self._nursery.process.wait)

    def _fill(self) -> None:
        """Ask for as many workers as are missing."""
        while (
            not self._closed and self._nursery is not None and not self._nursery.closed and len(self.links) + self._coming < self.terms.size
        ):
            self._coming += 1
            task = asyncio.get_running_loop().create_task(self._welcome(self._nursery))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _welcome(self, nursery: Nursery) -> None:
        """Connect to one new worker."""
        try:
            sock = nursery.ask_for_worker()
            _, link = await asyncio.get_running_loop().create_unix_connection(lambda: Link(self._on_reply, self._on_end), sock=sock)
            self.links.add(link)
        except OSError:
            return  # the nursery is ending, which it says itself
        finally:
            self._coming -= 1

    def _on_nursery_end(self) -> None:
        """A nursery that never had a worker cannot load; any other is started again."""
        if self._closed:
            return
        self.incidents["nursery"] += 1
        if self.state == "loading" and self._backoff > 1:
            self.state = "failed"
            for job in self._everyone():
                self._fail(job, Unavailable())
            return
        self.state = "loading"
        self.ready.clear()
        asyncio.get_running_loop().call_later(self._backoff, self._restart)
        self._backoff = min(self._backoff * 4, 5.0)

    def _restart(self) -> None:
        if not self._closed:
            self.start()

    def _everyone(self) -> list[Job]:
        """All jobs that wait."""
        return [job for line in self.queue.waiting.values() for job in line]

    # ---------------------------------------------------------------- work

    def _dispatch(self, job: Job) -> None:
        """Give a job to an idle worker."""
        link = self.idle.pop()
        refused = self.suspects.refused
        if link.told < len(refused):
            link.tell("refuse", b"\n".join(refused[link.told :]))
            link.told = len(refused)
        loop = asyncio.get_running_loop()
        job.link, link.job = link, job
        job.began = loop.time()
        if job.timer is not None:
            job.timer.cancel()
        job.timer = loop.call_later(self.terms.wall_seconds, self._on_wall, job)
        link.call(job.name, job.body)

    def _next(self) -> None:
        """Let waiting jobs run while workers are idle."""
        while self.idle and self.queue.count and (taken := self.queue.take()):
            _, job = taken
            self._dispatch(job)

    def _on_reply(self, link: Link, status: int, content: Content) -> None:
        """A worker answered, or said hello."""
        job: Job | None = link.job
        if job is not None:
            self._finish(job)
            if not job.reply.done():
                job.reply.set_result((status, content))
        else:
            self._ends.pop(link.pid, None)  # of an earlier process with this id
            self._bodies.pop(link.pid, None)
            self.state, self._backoff = "ready", 0.1
            self.ready.set()
        if link.calls >= self.terms.tasks_per_worker:
            self._replace(link)
        else:
            self.idle.append(link)
        if self.queue.count:
            self._next()

    def _finish(self, job: Job) -> None:
        """Detach a job from its worker and its slot."""
        assert job.link is not None
        assert job.timer is not None
        job.timer.cancel()
        self._mean += (asyncio.get_running_loop().time() - job.began - self._mean) * 0.05
        job.link.job = None
        self.queue.finish(job.slot)

    def _fail(self, job: Job, why: Exception) -> None:
        if not job.reply.done():
            job.reply.set_exception(why)

    def _replace(self, link: Link) -> None:
        """Let a worker go and ask for another."""
        self.links.discard(link)
        link.retire()
        self._fill()

    def _on_wall(self, job: Job) -> None:
        """The time of a job is up: its worker ends, and the program has a strike."""
        self.incidents["wall"] += 1
        assert job.link is not None
        link = job.link
        self._finish(job)
        self._fail(job, Stopped("wall"))
        self.links.discard(link)
        link.end()
        self._suspect(job.body)
        self._fill()
        self._next()

    def _on_end(self, link: Link) -> None:
        """The connection to a worker is gone: it died, or we closed it."""
        if link in self.idle:
            self.idle.remove(link)
        if link not in self.links:
            return
        self.links.discard(link)
        self.incidents["died"] += 1
        if link.job is not None:
            job: Job = link.job
            self._bodies[link.pid] = job.body
            self._judge(link.pid)
            self._finish(job)
            self._fail(job, Stopped("died"))
        if link.pid:
            self._fill()
            self._next()
        else:  # it never lived: give whatever is wrong a moment
            asyncio.get_running_loop().call_later(0.2, self._fill)

    def _on_death(self, pid: int, status: int) -> None:
        """A worker ended in this way: heard before or after the end of its connection."""
        self._ends[pid] = status
        while len(self._ends) > REMEMBERED:
            self._ends.popitem(last=False)
        self._judge(pid)

    def _judge(self, pid: int) -> None:
        """Once both are known, what a worker did and how it ended: a signal from outside is no fault of the program, a crash is."""
        if pid in self._bodies and pid in self._ends:
            body, status = self._bodies.pop(pid), self._ends.pop(pid)
            if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGKILL, signal.SIGTERM)):
                self._suspect(body)

    def _suspect(self, body: bytes) -> None:
        """Have a worker name the program, and count a strike against it."""
        task = asyncio.get_running_loop().create_task(self._strike(body))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _strike(self, body: bytes) -> None:
        with contextlib.suppress(Busy, Stopped, Unavailable):
            status, digest = await self.ask("identify", body)
            if status == 200:
                self.suspects.strike(bytes(digest))

    # ---------------------------------------------------------------- figures

    def figures(self) -> dict[str, int]:
        """What the pool looks like now."""
        return {"workers": len(self.links), "idle": len(self.idle), "queued": self.queue.count, "running": sum(self.queue.running.values())}
