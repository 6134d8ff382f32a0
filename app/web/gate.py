"""The outermost layer: every request passes here, every error leaves here as a problem, with security headers."""

from __future__ import annotations

import logging
import re
import time
from urllib.parse import parse_qs

from app.core.diagnostic import ProgramError, problem
from app.web.answer import JSON, NO_STORE, PROBLEM, Receive, Scope, Send, answer
from app.web.body import Gone
from app.web.evaluate import evaluate
from app.web.state import State
from app.wire.calls import EVALUATIONS
from app.wire.problems import plain_problem, problem_json
from app.work.job import Busy, Stopped, Unavailable
from app.work.link import Content

logger = logging.getLogger("wengert.web")

HOST = re.compile(rb"(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
CSV = (b"content-type", b"text/csv; charset=utf-8")
PLACE = "/api/v1/"
CLASSROOM = re.compile(r"/api/v1/(exercises|submissions|gradebook|regrades|session|students|audit)(/|$)")
"""What keeps something, and is answered by an application that comes with the store."""
RETRY = {503: b"2", 429: b"2"}


class Gate:
    """An ASGI application: programs go straight to the workers, everything else to the routes within."""

    def __init__(self, state: State, routes: object) -> None:
        self.state = state
        self.routes = routes
        self.prefix = state.settings.root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (or the lifespan)."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        began = time.monotonic()
        headers = dict(scope["headers"])
        sent = _Sent(send, self.state)
        call = None
        try:
            path = self._path(scope, headers)
            call = path.removeprefix(PLACE) if path.startswith(PLACE) and path.removeprefix(PLACE) in EVALUATIONS else None
            if path == "":  # the root path itself: relative addresses need the slash
                await answer(sent, 307, b"", [(b"location", self.prefix.encode() + b"/")])
            elif call is not None:
                form = _format(call, scope)
                status, content = await self._evaluate(call + form, scope, receive, headers)
                self.state.metrics.observe(time.monotonic() - began)
                await sent.worker_answer(status, content, CSV if form.endswith("csv") else JSON)
            elif CLASSROOM.match(path):
                await self.state.classroom.ready()
                await self.state.classroom.routes(
                    {**scope, "path": path, "raw_path": None, "root_path": "", "method": _get(scope)}, receive, sent
                )
            else:
                await self.routes({**scope, "path": path, "raw_path": None, "root_path": "", "method": _get(scope)}, receive, sent)  # type: ignore[operator]  # an ASGI application
        except Gone:
            return
        except Busy as busy:
            status, content = plain_problem("server.busy", self.prefix)
            await sent.refuse(status, content, b"%d" % busy.after)
        except (Stopped, Unavailable):
            await sent.refuse(*plain_problem("server.stopped", self.prefix))
        except ProgramError as error:
            await sent.refuse(*problem_json(error.diagnostic, self.prefix))
        except Exception:
            logger.exception("request failed")
            await sent.refuse(*plain_problem("server.error", self.prefix))
        finally:
            self.state.metrics.count(call or "other", sent.status)

    async def _evaluate(self, call: str, scope: Scope, receive: Receive, headers: dict[bytes, bytes]) -> tuple[int, Content]:
        """What workers do with a program."""
        if scope["method"] != "POST":
            raise problem("request.method", f"This address answers POST, not {scope['method'][:20]}.")
        return await evaluate(call, self.state, scope, receive, headers)

    def _path(self, scope: Scope, headers: dict[bytes, bytes]) -> str:
        """The path below the root path, whether a proxy has stripped it or not."""
        host = headers.get(b"host")
        if (host is None and scope["http_version"] == "1.1") or (host is not None and not HOST.fullmatch(host)):
            raise problem("request.http", "The Host header is missing or no name of a host.")
        path: str = scope["path"]
        if self.prefix and (path == self.prefix or path.startswith(self.prefix + "/")):
            return path[len(self.prefix) :]
        return path

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The lifespan goes to the routes; WebSockets are not spoken."""
        if scope["type"] == "lifespan":
            await self.routes(scope, receive, send)  # type: ignore[operator]  # an ASGI application
        else:
            await send({"type": "websocket.close", "code": 1000})


class _Sent:
    """The way out of one request: knows whether an answer has begun, and adds the security headers."""

    __slots__ = ("send", "state", "status")

    def __init__(self, send: Send, state: State) -> None:
        self.send, self.state, self.status = send, state, 0

    async def __call__(self, message: Scope) -> None:
        """Pass a message of the routes on; an answer's own policy stands before the general one."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(h for h in self.state.security if h[0] not in own)]
        await self.send(message)

    async def worker_answer(self, status: int, content: Content, media_type: tuple[bytes, bytes]) -> None:
        """Send what a worker said."""
        self.status = status
        if status == 200:
            await answer(self.send, 200, content, [media_type, NO_STORE, *self.state.security])
        else:
            self.status = 0
            await self.refuse(status, bytes(content))

    async def refuse(self, status: int, content: bytes, retry: bytes | None = None) -> None:
        """Send a problem, unless an answer has begun."""
        if self.status:
            return
        self.status = status
        headers = [PROBLEM, NO_STORE, *self.state.security]
        if status in RETRY:
            headers.append((b"retry-after", retry or RETRY[status]))
        if status == 405:
            headers.append((b"allow", b"POST"))
        await answer(self.send, status, content, headers)


def _format(call: str, scope: Scope) -> str:
    """The end of a call's name that asks for its answer in a format."""
    query = scope["query_string"]
    if not query or not call.startswith("grade"):
        return ""
    form = parse_qs(query.decode("latin-1"), keep_blank_values=True).get("format", ["json"])[-1]
    return "" if form == "json" else f"?format={form[:100] or 'none'}"


def _get(scope: Scope) -> str:
    """HEAD is asked of the routes as GET; the server leaves the body out."""
    method: str = scope["method"]
    return "GET" if method == "HEAD" else method
