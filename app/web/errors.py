"""Errors that the routing finds, as problems."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app.core.diagnostic import ProgramError
from app.wire.problems import MEDIA_TYPE, plain_problem, problem_json

RETRY = {"retry-after": "2"}
BY_STATUS = {404: "request.not_found", 405: "request.method"}


def handle_errors(app: FastAPI, root_path: str) -> None:
    """Answer every error of the routing and of the routes with problem+json."""

    async def routing(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        status, content = plain_problem(BY_STATUS.get(error.status_code, "server.error"), root_path)
        headers = {"allow": "GET, HEAD"} if status == 405 else {}
        return _problem(status, content, headers)

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, ProgramError)
        status, content = problem_json(error.diagnostic, root_path)
        return _problem(status, content, RETRY if status in (429, 503) else {})

    async def invalid(request: Request, error: Exception) -> Response:
        return _problem(*plain_problem("request.field", root_path))

    async def mistake(request: Request, error: Exception) -> Response:
        return _problem(*plain_problem("server.error", root_path))

    app.add_exception_handler(Exception, mistake)
    app.add_exception_handler(HTTPException, routing)
    app.add_exception_handler(ProgramError, refused)
    app.add_exception_handler(RequestValidationError, invalid)


def _problem(status: int, content: bytes, headers: dict[str, str] | None = None) -> Response:
    return Response(content, status, {"cache-control": "no-store", **(headers or {})}, MEDIA_TYPE.decode())
