"""POST /api/v1/trace: bytes in, bytes out, nothing of them read here."""

from __future__ import annotations

import asyncio
from typing import Any

from app.core.diagnostic import problem
from app.web.answer import Receive, Scope
from app.web.body import Gone, check_media_type, read_body
from app.web.clients import slot_of
from app.web.state import State
from app.wire.tasks import HAND_OVER
from app.work.link import Content
from app.work.pool import Pool, Stopped, Unavailable
from app.work.queue import Slot

PATH = "/api/v1/trace"


async def trace(state: State, scope: Scope, receive: Receive, headers: dict[bytes, bytes]) -> tuple[int, Content]:
    """The answer of a worker; requests that want torch's opinion go on to the workers that have it."""
    settings = state.settings
    check_media_type(headers)
    body = await read_body(receive, headers, settings.limits.body_bytes, settings.body_seconds)
    slot = slot_of(scope, headers)
    try:
        status, content = await _ask(state.engine, body, slot, receive)
        if status == HAND_OVER:
            await _torch_ready(state)
            status, content = await _ask(state.torch, body, slot, receive)
    except Stopped as stopped:
        raise problem("server.stopped", _why(stopped)) from None
    except Unavailable:
        raise problem("server.stopped", "The server cannot start its workers.") from None
    return status, content


async def _ask(pool: Pool, body: bytes, slot: Slot, receive: Receive) -> tuple[int, Content]:
    """A worker's answer; while it has to wait for a worker, a client that leaves gives its place up."""
    job = pool.submit("trace", body, slot)
    if job.link is not None:
        return await job.reply
    leaving: asyncio.Future[Any] = asyncio.ensure_future(receive())
    try:
        either: set[asyncio.Future[Any]] = {job.reply, leaving}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not job.reply.done():
            raise Gone
        return await job.reply
    finally:
        leaving.cancel()
        pool.withdraw(job)


async def _torch_ready(state: State) -> None:
    """Wait a while for torch, which loads in the background."""
    torch = state.torch
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
