"""The HTTP server: uvicorn, with limits and deadlines below the application, and problems for what never reaches it."""

from __future__ import annotations

import asyncio
import logging
import resource
import sys
from collections.abc import Callable
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from app.settings import Settings
from app.web.headers import security
from app.web.joined import Joined
from app.wire.problems import MEDIA_TYPE, plain_problem

URL_BYTES = 8 * 1024
HEAD_BYTES = 32 * 1024
HEADERS = 100
LINGER_SECONDS = 2.0
MOST_FILES = 65_536


class Protocol(HttpToolsProtocol):
    """One connection. What arrives is timed, and its head counted; the application counts the body.

    A refusal found by a callback of the parser is kept in ``refusal``, and the parser stopped by an exception.
    """

    settings: Settings

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.refusal = "request.http"
        self.in_head = True
        self.in_body = False
        self.head_bytes = 0
        self.header_bytes = 0
        self.since = self.loop.time()
        self.deadline: asyncio.TimerHandle | None = None
        self.stall: asyncio.TimerHandle | None = None

    # ---------------------------------------------------------------- connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Take a connection, if there is room."""
        super().connection_made(Joined(transport, self.loop))
        if len(self.connections) > self.settings.connections:
            _close_idle(self.connections)
        if len(self.connections) > self.settings.connections:
            self._refuse("server.busy")
            return
        self._expect(self.settings.header_seconds, self._on_slow_head)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timers."""
        self._relax()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser; a head that is not complete in one go has a deadline and a size."""
        if self.transport.is_closing():
            return
        if self.in_head:
            self.head_bytes += len(data)
        super().data_received(data)
        if self.in_head and self.head_bytes and not self.transport.is_closing():
            if self.head_bytes > HEAD_BYTES:
                self._refuse("request.headers")
            elif self.deadline is None:
                self._expect(self.settings.header_seconds, self._on_slow_head)
        elif self.in_body and self.deadline is None:
            self._expect(self.settings.body_seconds, self._on_slow_body)

    # ---------------------------------------------------------------- parser

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self.in_head, self.head_bytes = True, self.head_bytes or 1

    def on_url(self, url: bytes) -> None:
        """Part of an address."""
        super().on_url(url)
        if len(self.url) > URL_BYTES:
            self._stop("request.uri_too_long")

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        super().on_header(name, value)
        self.header_bytes += len(name) + len(value)
        if len(self.headers) > HEADERS or self.header_bytes > HEAD_BYTES:
            self._stop("request.headers")

    def on_headers_complete(self) -> None:
        """The head is there: from here on the application has the time in hand."""
        self._relax()
        self.in_head, self.head_bytes, self.header_bytes, self.in_body = False, 0, 0, True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is there whole; the next one begins with its head."""
        self._relax()
        self.in_head, self.in_body = True, False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """An answer given before the body was read: the rest is thrown away, for a moment."""
        super().on_response_complete()
        if self.in_body and not self.transport.is_closing():
            self._expect(LINGER_SECONDS, self.transport.close)

    def _stop(self, code: str) -> None:
        """Stop the parser; uvicorn then asks for the answer to a bad request."""
        self.refusal = code
        raise ValueError(code)

    def send_400_response(self, msg: str) -> None:  # our own sentence says it
        """Answer what the parser refused."""
        self._refuse(self.refusal)

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: an upgrade that is not spoken is ignored, as HTTP has it."""

    # ---------------------------------------------------------------- time

    def _expect(self, seconds: float, otherwise: Callable[[], None]) -> None:
        """Something must happen in time."""
        self._relax()
        self.deadline = self.loop.call_later(seconds, otherwise)

    def _relax(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def _on_slow_head(self) -> None:
        """The head did not come: a problem for a half one, silence for none."""
        if self.head_bytes:
            self._refuse("request.timeout")
        else:
            self.transport.close()

    def _on_slow_body(self) -> None:
        """The body did not come; the application learns that the client is gone."""
        self._refuse("request.timeout")

    def pause_writing(self) -> None:
        """The client reads slowly; if it does not go on in time, the connection ends."""
        super().pause_writing()
        if self.stall is None:
            self.stall = self.loop.call_later(self.settings.write_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """The client reads again."""
        if self.stall is not None:
            self.stall.cancel()
            self.stall = None
        super().resume_writing()

    def _refuse(self, code: str) -> None:
        """Answer with a problem and close; an answer that has begun is cut off instead of followed by another."""
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(_refusal(self.settings, code))
        self.transport.close()

    @property
    def idle(self) -> bool:
        """Whether the connection waits for a request of which nothing has come; a new one is given a second to begin."""
        if self.cycle is None:
            return not self.head_bytes and self.loop.time() - self.since > 1
        return self.in_head and not self.head_bytes and self.cycle.response_complete


def _refusal(settings: Settings, code: str) -> bytes:
    """A whole answer as bytes."""
    status, content = plain_problem(code, settings.root_path)
    headers = [
        (b"content-type", MEDIA_TYPE),
        (b"content-length", b"%d" % len(content)),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
        *([(b"retry-after", b"2")] if status == 503 else []),
        *security(settings),
    ]
    return STATUS_LINE[status] + b"".join(name + b": " + value + b"\r\n" for name, value in headers) + b"\r\n" + content


def _close_idle(connections: set[Any]) -> None:
    """Make room: connections that only wait are closed, which HTTP lets a server do at any time."""
    for connection in list(connections):
        if isinstance(connection, Protocol) and connection.idle:
            connection.transport.close()
            connections.discard(connection)  # its end is heard of only later


class Server(uvicorn.Server):
    """Uvicorn, which says where it listens."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[str], None]) -> None:
        super().__init__(config)
        self.announce = announce

    async def startup(self, sockets: Any = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        for server in self.servers if self.started else []:
            for sock in server.sockets:
                host, port = sock.getsockname()[:2]
                self.announce(f"http://{f'[{host}]' if ':' in host else host}:{port}{self.config.root_path}/")


def run(app: Any, settings: Settings) -> None:
    """Serve until a signal says stop; then let running requests finish."""
    _allow_many_files()
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # every malformed request would be a line otherwise
    protocol = cast("type[asyncio.Protocol]", type("Protocol", (Protocol,), {"settings": settings}))
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=protocol,
        loop="uvloop",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_keep_alive=int(settings.keep_alive_seconds),
        timeout_graceful_shutdown=int(settings.drain_seconds),
        backlog=2048,
    )
    Server(config, _announce).run()


def _announce(address: str) -> None:
    sys.stderr.write(f"Wengert listens on {address}\n")
    sys.stderr.flush()


def _allow_many_files() -> None:
    """Raise the limit of open files, connections being files, as far as we may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
