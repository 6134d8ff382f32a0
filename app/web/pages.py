"""Pages: templates filled with relative addresses and a nonce for styles."""

from __future__ import annotations

import gzip
import secrets
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from jinja2 import Environment, FileSystemLoader

from app.core.diagnostic import problem
from app.gallery.reading import lessons
from app.web.answer import Receive, Scope, Send, answer, reads
from app.web.clients import new_session, session_of
from app.web.error_pages import sections
from app.web.headers import security
from app.web.parts import is_named_by_content, parts
from app.web.routes import Belongings
from app.web.state import State

router = APIRouter()

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


class PageResponse(Response):
    """A page from a template, with its own nonce; the first one gives the browser an anonymous session, unless it is for frames."""

    def __init__(self, state: State, template: str, depth: int, *, embedded: bool = False, **values: Any) -> None:
        super().__init__()
        self.state, self.template, self.depth, self.embedded, self.values = state, template, depth, embedded, values

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # the interface of ASGI
        """Fill and send it."""
        nonce, up = secrets.token_urlsafe(12), "../" * self.depth
        text = TEMPLATES.get_template(self.template).render(nonce=nonce, up=up, static=lambda name: self._address(up, name), **self.values)
        request = dict(scope["headers"])
        own = security(self.state.settings, nonce, embedded=self.embedded)
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store"), *own]
        content = text.encode()
        if session_of(request) is None and not self.embedded:
            headers.append(new_session(self.state.settings.root_path))
        if reads(request, b"gzip"):
            content = gzip.compress(content, 6)
            headers.append((b"content-encoding", b"gzip"))
        await answer(send, 200, content, headers)

    def _address(self, up: str, name: str) -> str:
        """A static file's address, relative to the page, with its content's tag where its name does not have it."""
        document = None if is_named_by_content(name) else self.state.shelf.find(name)
        return f"{up}static/{name}" + (f"?v={document.tag.decode()}" if document else "")


@router.get("/")
async def explorer(state: Belongings) -> Response:
    """The page of the main job."""
    return PageResponse(state, "explorer.html", 0, parts=parts(state.shelf))


@router.get("/embed")
async def embed(state: Belongings) -> Response:
    """The explorer for frames of other sites: no cookie, nothing kept."""
    return PageResponse(state, "embed.html", 0, embedded=True, parts=parts(state.shelf))


@router.get("/worksheet")
async def worksheet(state: Belongings) -> Response:
    """A handout of a program, with blanks and their key."""
    return PageResponse(state, "worksheet.html", 0, parts=parts(state.shelf))


@router.get("/exercise")
async def practise(state: Belongings) -> Response:
    """Any program, to be worked out by hand."""
    return PageResponse(state, "practise.html", 0, parts=parts(state.shelf), exercise="")


@router.get("/exercise/{name}")
async def exercise(name: str, state: Belongings) -> Response:
    """One exercise, to be worked out by hand."""
    return PageResponse(state, "practise.html", 1, parts=parts(state.shelf), exercise=name)


@router.get("/compare")
async def compare(state: Belongings) -> Response:
    """Two programs side by side."""
    return PageResponse(state, "compare.html", 0, parts=parts(state.shelf))


@router.get("/learn")
async def learn(state: Belongings, request: Request) -> Response:
    """The lessons; a program that the address brings goes along to each."""
    return PageResponse(state, "learn/index.html", 0, parts=parts(state.shelf), lessons=lessons(), query=request.url.query)


@router.get("/learn/{slug}")
async def lesson(slug: str, state: Belongings) -> Response:
    """One lesson, with the ways to its neighbours."""
    known = lessons()
    place = next((place for place, one in enumerate(known) if one["slug"] == slug), None)
    if place is None:
        raise problem("request.not_found", "There is no such lesson.", hint="The lessons are listed at /learn.")
    before, after = known[place - 1] if place else None, known[place + 1] if place + 1 < len(known) else None
    return PageResponse(state, "learn/lesson.html", 1, parts=parts(state.shelf), lesson=known[place], before=before, after=after)


@router.get("/docs")
async def docs(state: Belongings) -> Response:
    """The API, described for people, to be tried out."""
    return PageResponse(state, "docs.html", 0)


@router.get("/docs/errors")
async def errors(state: Belongings, request: Request) -> Response:
    """Every error code, explained."""
    return PageResponse(state, "errors.html", 1, sections=sections())
