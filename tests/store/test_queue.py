"""The queue does every job, on both databases, through the same interface."""

from __future__ import annotations

import asyncio

import pytest

from app.store.queues import queue_of
from app.store.tables import jobs


def worked(database, jobs_put, handler, rounds: int = 1) -> None:
    async def run() -> None:
        queue = queue_of(database)
        for kind, subject in jobs_put:
            await queue.put(kind, subject)
        for _ in range(rounds):
            await queue.work({"regrade": handler}, until_empty=True)
        await queue.close()

    asyncio.run(run())


def test_every_job_is_done_once(database):
    done = []

    async def handler(subject: str) -> None:
        done.append(subject)

    worked(database, [("regrade", "a"), ("regrade", "b"), ("regrade", "a")], handler)
    assert done == ["a", "b"]


def test_a_job_that_fails_is_tried_again_and_the_others_go_on(database):
    tries = []

    async def handler(subject: str) -> None:
        tries.append(subject)
        if subject == "a" and tries.count("a") < 3:
            raise OSError("away for a moment")

    async def run() -> None:
        queue = queue_of(database)
        for subject in ("a", "b"):
            await queue.put("regrade", subject)
        work = asyncio.create_task(queue.work({"regrade": handler}))
        for _ in range(400):
            await asyncio.sleep(0.05)
            if tries.count("a") == 3 and "b" in tries:
                break
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await queue.close()

    asyncio.run(run())
    assert (tries.count("a"), tries.count("b")) == (3, 1)


def test_a_job_that_was_cut_off_waits_again(database):
    if not database.is_sqlite:
        pytest.skip("procrastinate's own heartbeat decides there")
    with database.write() as connection:
        row = {"kind": "regrade", "subject": "a", "state": "running", "tries": 1, "changed_at": ""}
        connection.execute(jobs.insert().values(row))
    done = []

    async def handler(subject: str) -> None:
        done.append(subject)

    worked(database, [], handler)
    assert done == ["a"]
