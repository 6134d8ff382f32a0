"""The only place where things are put together."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import FastAPI

from app.settings import Settings, from_environment
from app.web import pages, routes
from app.web.classroom.room import Classroom
from app.web.errors import handle_errors
from app.web.gate import Gate
from app.web.shelf import Shelf
from app.web.state import State
from app.work.job import Terms
from app.work.launch import Plan
from app.work.pool import Pool
from app.work.suspects import Suspects

ROOT = Path(__file__).resolve().parents[1]
TASKS = "app.wire.tasks:start"
MIB = 1 << 20


def create_app(settings: Settings | None = None) -> Gate:
    """The application for these settings, or for those of the environment; its workers start with its lifespan."""
    settings = settings or from_environment()
    state = _state(settings)
    routes_within = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=_lifespan)
    routes_within.state.belongings = state
    routes_within.include_router(routes.router)
    routes_within.include_router(pages.router)
    handle_errors(routes_within, settings.root_path)
    return Gate(state, routes_within)


def _state(settings: Settings) -> State:
    """What a server has; nothing of it is started yet."""
    suspects = Suspects()
    return State(settings, _engine(settings, suspects), _torch(settings, suspects), Shelf(ROOT / "static"), Classroom(settings))


def _engine(settings: Settings, suspects: Suspects) -> Pool:
    """The workers that evaluate and differentiate."""
    terms = Terms(settings.workers, settings.queue_length, settings.queue_seconds, settings.wall_seconds, settings.tasks_per_worker)
    return Pool("engine", Plan(TASKS, _argument(settings, torch=False), settings.worker_memory_mib * MIB), terms, suspects)


def _torch(settings: Settings, suspects: Suspects) -> Pool:
    """The workers that have torch. Their memory is bounded by the programs' budgets alone: devices map more than they use."""
    terms = Terms(
        settings.torch_workers, settings.torch_queue_length, settings.queue_seconds, settings.torch_wall_seconds, settings.tasks_per_worker
    )
    return Pool("torch", Plan(TASKS, _argument(settings, torch=True)), terms, suspects)


def _argument(settings: Settings, *, torch: bool) -> str:
    """What ``app.wire.tasks.start`` is told."""
    return json.dumps({"settings": settings.to_json().decode(), "torch": torch})


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Start the workers without waiting for them; torch begins when the engine is there, so as not to slow it down."""
    state: State = app.state.belongings
    state.engine.start()
    later = [asyncio.create_task(_start_torch(state)), asyncio.create_task(_open_classroom(state))]
    yield
    for task in later:
        task.cancel()
    await state.classroom.close()
    await asyncio.gather(state.engine.close(), state.torch.close())


async def _open_classroom(state: State) -> None:
    """Open the store when the engine is there, and work off what waits there."""
    await state.engine.ready.wait()
    await state.classroom.open(lambda: _classroom(state))
    if state.classroom.state == "ready":
        from app.web.classroom.regrading import work  # noqa: PLC0415  # it comes with the store

        state.classroom.begin_work(lambda: work(state))


def _classroom(state: State) -> FastAPI:
    from app.web.classroom.calls import create  # noqa: PLC0415  # it loads the store, which a first page need not wait for

    return create(state)


async def work_off(settings: Settings) -> None:
    """Work jobs off until told to stop: a process of its own beside servers that share a PostgreSQL."""
    state = _state(settings)
    state.engine.start()
    await state.engine.ready.wait()
    await state.classroom.open(lambda: None)
    await state.classroom.ready()
    from app.web.classroom.regrading import work  # noqa: PLC0415  # it comes with the store

    working = asyncio.create_task(work(state))
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, working.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await working
    await state.classroom.close()
    await state.engine.close()


async def _start_torch(state: State) -> None:
    await state.engine.ready.wait()
    if state.settings.torch_workers:
        state.torch.start()
