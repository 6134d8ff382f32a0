"""A pool is tested by mistreating its workers."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app.work.job import Busy, Stopped, Terms, Unavailable
from app.work.launch import Plan
from app.work.pool import Pool
from app.work.queue import Slot
from app.work.suspects import Suspects

MIB = 1 << 20
HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _find_the_odd_workers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONPATH", str(HERE))


def with_pool(scene: Callable[[Pool], Awaitable[None]], argument: str = "", memory: int = 0, **terms) -> None:
    """Play a scene with a pool of odd workers, within a time in which a hanging one is noticed."""

    async def play() -> None:
        chosen = {"size": 2, "queue_length": 20, "queue_seconds": 60.0, "wall_seconds": 60.0, "tasks_per_worker": 1000} | terms
        pool = Pool("odd", Plan("workers.odd:start", argument, memory), Terms(**chosen), Suspects())
        pool.start()
        try:
            if argument != "broken":
                await eventually(lambda: len(pool.idle) == pool.terms.size)
            await asyncio.wait_for(scene(pool), 60)
        finally:
            await pool.close()

    asyncio.run(play())


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds; a machine with other work may take its time."""
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110  # what is waited for is seen from outside only
            await asyncio.sleep(0.01)


async def pid_of(pool: Pool) -> int:
    return int((await pool.ask("pid"))[1])


def test_a_call_is_answered_with_its_bytes():
    async def scene(pool: Pool) -> None:
        assert await pool.ask("echo", b"bytes in") == (200, b"bytes in")

    with_pool(scene)


def test_replies_of_every_size_arrive_whole():
    async def scene(pool: Pool) -> None:
        for length in (0, 1, 65529, 65530, 65531, 65536, 65537, 200_000, 20 * MIB):
            status, content = await pool.ask("repeat", b"%d" % length)
            assert (status, len(content), content.count(b"x")) == (200, length, length)

    with_pool(scene)


def test_long_bodies_arrive_whole():
    async def scene(pool: Pool) -> None:
        body = os.urandom(3 * MIB)
        assert (await pool.ask("echo", body))[1] == body

    with_pool(scene)


def test_two_workers_work_at_the_same_time():
    async def scene(pool: Pool) -> None:
        both = [asyncio.ensure_future(pool.ask("sleep", b"0.4")) for _ in range(2)]
        await eventually(lambda: pool.figures() == {"workers": 2, "idle": 0, "queued": 0, "running": 2})
        await asyncio.gather(*both)

    with_pool(scene)


def test_a_worker_over_its_time_is_stopped_and_the_next_call_is_served():
    async def scene(pool: Pool) -> None:
        with pytest.raises(Stopped, match="wall"):
            await pool.ask("sleep", b"30")
        assert await pool.ask("echo", b"next") == (200, b"next")
        assert pool.incidents["wall"] == 1

    with_pool(scene, size=1, wall_seconds=1.0)


def test_a_stopped_worker_is_really_gone():
    async def scene(pool: Pool) -> None:
        pid = await pid_of(pool)
        with pytest.raises(Stopped):
            await pool.ask("sleep", b"30")
        await eventually(lambda: gone(pid))

    with_pool(scene, size=1, wall_seconds=1.0)


@pytest.mark.parametrize("end", ["abort", "exit"])
def test_a_worker_that_crashes_is_replaced(end: str):
    async def scene(pool: Pool) -> None:
        with pytest.raises(Stopped, match="died"):
            await pool.ask(end, b"")
        assert await pool.ask("echo", b"next") == (200, b"next")
        assert pool.incidents["died"] == 1

    with_pool(scene, size=1)


def test_an_idle_worker_that_is_killed_is_replaced_unseen():
    async def scene(pool: Pool) -> None:
        for deaths in range(1, 11):
            os.kill(await pid_of(pool), signal.SIGKILL)
            await eventually(lambda deaths=deaths: pool.incidents["died"] == deaths)
            assert await pool.ask("echo", b"next") == (200, b"next")

    with_pool(scene, size=1)


def test_a_killed_nursery_is_started_again():
    async def scene(pool: Pool) -> None:
        await pool.ask("echo")
        assert pool._nursery is not None
        pool._nursery.process.kill()
        await eventually(lambda: pool.incidents["nursery"] == 1)
        assert await pool.ask("echo", b"next") == (200, b"next")

    with_pool(scene)


def test_a_pool_that_cannot_load_fails_at_last_and_says_so():
    async def scene(pool: Pool) -> None:
        with pytest.raises(Unavailable):
            await pool.ask("echo")
        assert pool.state == "failed"
        with pytest.raises(Unavailable):
            await pool.ask("echo")

    with_pool(scene, "broken")


def test_a_program_that_crashes_two_workers_is_refused_from_then_on():
    async def scene(pool: Pool) -> None:
        for strikes in (1, 2):
            with pytest.raises(Stopped):
                await pool.ask("sleep", b"30")
            await eventually(lambda strikes=strikes: pool.suspects.strikes == {b"30": strikes})
        assert await pool.ask("sleep", b"30") == (422, b"refused")
        assert await pool.ask("sleep", b"0.01") == (200, b"0.01")

    with_pool(scene, size=1, wall_seconds=1.0)


def test_a_worker_killed_from_outside_is_not_held_against_the_program():
    async def scene(pool: Pool) -> None:
        for _ in range(3):
            pid = await pid_of(pool)
            waiting = asyncio.ensure_future(pool.ask("sleep", b"5"))
            await asyncio.sleep(0.05)
            os.kill(pid, signal.SIGKILL)
            with pytest.raises(Stopped, match="died"):
                await waiting
            await eventually(lambda: not pool._bodies)
        assert not pool.suspects.strikes

    with_pool(scene, size=1)


def test_a_crash_is_held_against_the_program():
    async def scene(pool: Pool) -> None:
        with pytest.raises(Stopped):
            await pool.ask("abort", b"the program")
        await eventually(lambda: pool.suspects.strikes == {b"the program": 1})

    with_pool(scene, size=1)


def test_workers_are_replaced_after_their_share_of_tasks():
    async def scene(pool: Pool) -> None:
        pids = [await pid_of(pool) for _ in range(9)]
        assert len(set(pids)) == 3
        assert pids[0] == pids[2] != pids[3]

    with_pool(scene, size=1, tasks_per_worker=3)


def test_a_worker_cannot_map_more_memory_than_it_may():
    async def scene(pool: Pool) -> None:
        assert await pool.ask("allocate", b"%d" % (4096 * MIB)) == (422, b"memory")
        assert (await pool.ask("allocate", b"%d" % MIB))[0] == 200

    with_pool(scene, memory=1024 * MIB)


def test_a_full_queue_is_busy_at_once_and_says_when_to_come_back():
    async def scene(pool: Pool) -> None:
        await pool.ask("echo")
        jobs = [asyncio.ensure_future(pool.ask("sleep", b"0.2")) for _ in range(4)]
        await asyncio.sleep(0.05)
        with pytest.raises(Busy) as refusal:
            await pool.ask("echo")
        assert refusal.value.after >= 1
        assert [status for status, _ in await asyncio.gather(*jobs)] == [200] * 4

    with_pool(scene, size=1, queue_length=3)


def test_a_job_that_waits_too_long_is_busy():
    async def scene(pool: Pool) -> None:
        await pool.ask("echo")
        long = asyncio.ensure_future(pool.ask("sleep", b"3"))
        await asyncio.sleep(0.02)
        with pytest.raises(Busy):
            await pool.ask("echo")
        assert (await long)[0] == 200
        assert pool.queue.count == 0

    with_pool(scene, size=1, queue_seconds=0.5)


def test_a_session_has_one_job_running_and_one_waiting():
    async def scene(pool: Pool) -> None:
        await asyncio.gather(pool.ask("echo"), pool.ask("echo"))
        me = Slot("me", exclusive=True)
        first = asyncio.ensure_future(pool.ask("sleep", b"0.3", me))
        second = asyncio.ensure_future(pool.ask("sleep", b"0.0", me))
        await asyncio.sleep(0.02)
        assert pool.figures() == {"workers": 2, "idle": 1, "queued": 1, "running": 1}
        with pytest.raises(Busy):
            await pool.ask("echo", b"", me)
        assert (await pool.ask("echo", b"others", Slot("other", exclusive=True)))[1] == b"others"
        await asyncio.gather(first, second)

    with_pool(scene)


def test_a_withdrawn_job_is_not_run():
    async def scene(pool: Pool) -> None:
        await pool.ask("echo")
        long = asyncio.ensure_future(pool.ask("sleep", b"0.2"))
        await asyncio.sleep(0.02)
        job = pool.submit("abort", b"", Slot("gone", exclusive=False))
        pool.withdraw(job, Busy(1))
        with pytest.raises(Busy):
            await job.reply
        await long
        assert await pool.ask("echo", b"next") == (200, b"next")
        assert pool.incidents["died"] == 0

    with_pool(scene, size=1)


def test_nothing_is_left_of_a_pool_that_was_closed():
    pids: list[int] = []

    async def scene(pool: Pool) -> None:
        assert pool._nursery is not None
        pids.extend([await pid_of(pool), pool._nursery.process.pid])

    with_pool(scene)
    assert all(map(gone, pids))


def test_descriptors_do_not_grow_with_replaced_workers():
    async def scene(pool: Pool) -> None:
        await pool.ask("echo")
        before = descriptors()
        for _ in range(40):
            await pool.ask("echo")
        await eventually(lambda: descriptors() <= before + 2)

    with_pool(scene, size=1, tasks_per_worker=1)
