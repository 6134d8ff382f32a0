"""The classroom's calls as one application: loaded with the store, after the server has begun to listen."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response

from app.web.classroom import exercises, gradebook, regrades, session, students, submissions
from app.web.classroom.engine import Refused
from app.web.errors import handle_errors
from app.web.state import State
from app.wire.problems import MEDIA_TYPE, plain_problem
from app.work.job import Busy


def create(state: State) -> FastAPI:
    """The application."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.belongings = state
    for part in (students, gradebook, exercises, submissions, regrades, session):
        app.include_router(part.router)
    handle_errors(app, state.settings.root_path)

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return Response(error.content, error.status, {"cache-control": "no-store"}, MEDIA_TYPE.decode())

    async def busy(request: Request, error: Exception) -> Response:
        assert isinstance(error, Busy)
        status, content = plain_problem("server.busy", state.settings.root_path)
        return Response(content, status, {"cache-control": "no-store", "retry-after": str(error.after)}, MEDIA_TYPE.decode())

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(Busy, busy)
    return app
