"""The calls that evaluate programs: bytes in, bytes out, nothing of them read here."""

from __future__ import annotations

import asyncio

from app.core.diagnostic import problem
from app.web.answer import Receive, Scope
from app.web.body import Gone, check_media_type, read_body
from app.web.clients import slot_of
from app.web.state import State
from app.wire.handover import HAND_OVER
from app.work.job import Job, Stopped, Unavailable
from app.work.link import Content
from app.work.pool import Pool
from app.work.queue import Slot

PATIENCE = 0.1
BATCH = "grade/batch"
"""The one call that brings many answers at once."""


async def evaluate(call: str, state: State, scope: Scope, receive: Receive, headers: dict[bytes, bytes]) -> tuple[int, Content]:
    """The answer of a worker; requests that want torch's opinion go on to the workers that have it."""
    check_media_type(headers)
    limits = state.settings.limits
    body = await read_body(receive, headers, limits.batch_bytes if call.startswith(BATCH) else limits.body_bytes)
    if b'"exercise_id"' in body and state.classroom.state == "ready":
        from app.web.classroom.posing import CALLS, posed  # noqa: PLC0415  # it comes with the store

        body = await posed(state, headers, body) if call.partition("?")[0] in CALLS else body
    slot = slot_of(scope, headers)
    try:
        status, content = await _ask(state.engine, call, body, slot, receive)
        if status == HAND_OVER:
            await _torch_ready(state)
            status, content = await _ask(state.torch, call, body, slot, receive)
    except Stopped as stopped:
        raise problem("server.stopped", _why(stopped)) from None
    except Unavailable:
        raise problem("server.stopped", "The server cannot start its workers.") from None
    return status, content


async def _ask(pool: Pool, call: str, body: bytes, slot: Slot, receive: Receive) -> tuple[int, Content]:
    """A worker's answer; a client that leaves while it waits for a worker gives its place up."""
    job = pool.submit(call, body, slot)
    if job.link is not None:
        return await job.reply
    watch = Watch(pool, job, receive)
    try:
        return await job.reply
    finally:
        watch.stop()


class Watch:
    """Looks out for a waiting client that leaves; it begins after a moment, since most do not wait that long."""

    def __init__(self, pool: Pool, job: Job, receive: Receive) -> None:
        self.pool, self.job, self.receive = pool, job, receive
        self.timer = asyncio.get_running_loop().call_later(PATIENCE, self._begin)
        self.task: asyncio.Task[None] | None = None

    def stop(self) -> None:
        """The answer is there, or nobody is."""
        self.timer.cancel()
        if self.task is not None:
            self.task.cancel()

    def _begin(self) -> None:
        self.task = asyncio.get_running_loop().create_task(self._look_out())

    async def _look_out(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass
        self.pool.withdraw(self.job, Gone())


async def _torch_ready(state: State) -> None:
    """Wait a while for torch, which loads in the background."""
    torch = state.torch
    if not state.settings.torch_workers:
        raise problem("verify.unavailable", "This server does not verify with PyTorch; ask without verify.")
    if torch.state == "failed":
        raise problem("verify.unavailable", "PyTorch could not be loaded on this server; ask without verify.")
    try:
        async with asyncio.timeout(state.settings.torch_wait_seconds):
            await torch.ready.wait()
    except TimeoutError:
        raise problem("verify.unavailable", "PyTorch is still loading; ask again in a moment, or without verify.") from None


def _why(stopped: Stopped) -> str:
    """Why a worker could not answer, in a sentence."""
    if stopped.why == "wall":
        return "The program took longer than a program may and was stopped. Nothing was recorded."
    return "The worker ended before it could answer; ask again. Nothing was recorded."
