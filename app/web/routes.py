"""Everything but the trace: what can be read, how the server is, and the pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from app.core.diagnostic import problem
from app.web.answer import Document, Receive, Scope, Send, serve_document
from app.web.parts import is_named_by_content
from app.web.state import State

REVALIDATE = b"no-cache"
FOREVER = b"public, max-age=31536000, immutable"

router = APIRouter()


def state_of(request: Request) -> State:
    """The belongings of the server that a request came to."""
    state: State = request.app.state.belongings
    return state


Belongings = Annotated[State, Depends(state_of)]


class DocumentResponse(Response):
    """A document as an answer: with its tag, and compressed for clients that can read it so."""

    def __init__(self, document: Document, cache: bytes = REVALIDATE) -> None:
        super().__init__()
        self.document, self.cache = document, cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # the interface of ASGI
        """Send it."""
        await serve_document(send, dict(scope["headers"]), self.document, self.cache, [])


@router.get("/api/v1/examples")
async def examples(state: Belongings) -> Response:
    """The gallery."""
    return DocumentResponse(await state.document("examples"))


@router.get("/api/v1/examples/questions")
async def questions(state: Belongings) -> Response:
    """What each example of the gallery asks."""
    return DocumentResponse(await state.document("questions"))


@router.get("/api/v1/examples/outlines")
async def outlines(state: Belongings) -> Response:
    """The graphs of the gallery, for small pictures."""
    return DocumentResponse(await state.document("outlines"))


@router.get("/api/v1/lessons")
async def lessons(state: Belongings) -> Response:
    """The lessons with their exercises."""
    return DocumentResponse(await state.document("lessons"))


@router.get("/api/v1/examples/costs")
async def costs(state: Belongings) -> Response:
    """What the gallery's programs cost, and their sweeps."""
    return DocumentResponse(await state.document("costs"))


@router.get("/api/v1/ops")
async def ops(state: Belongings) -> Response:
    """Every operation with its rules and conventions."""
    return DocumentResponse(await state.document("ops"))


@router.get("/api/v1/limits")
async def limits(state: Belongings) -> Response:
    """The published budgets."""
    return DocumentResponse(await state.document("limits"))


@router.get("/openapi.json")
async def describe(state: Belongings) -> Response:
    """The API, described for machines."""
    if "openapi" not in state.documents:
        from app.web.openapi import openapi  # noqa: PLC0415  # the types of requests load numpy, which the start has no time for

        state.documents["openapi"] = Document.of(openapi(state.settings), b"application/json")
    return DocumentResponse(state.documents["openapi"])


@router.get("/healthz")
async def healthz() -> Response:
    """The server runs."""
    return JSONResponse({"status": "alive"}, headers={"cache-control": "no-store"})


@router.get("/readyz")
async def readyz(state: Belongings) -> Response:
    """The workers answer; how far torch is, without waiting for it."""
    ready = state.engine.state == "ready" and state.classroom.state in ("ready", "off")
    content = {
        "status": "ready" if ready else "starting",
        "pool": state.engine.state,
        "store": state.classroom.state,
        "torch": _torch(state),
        "workers": len(state.engine.links),
    }
    return JSONResponse(
        content, status_code=200 if ready else 503, headers={"cache-control": "no-store"} | ({} if ready else {"retry-after": "1"})
    )


def _torch(state: State) -> str:
    """The state of torch in the words of the API: one that has not been started yet is loading."""
    if not state.settings.torch_workers:
        return "off"
    return "loading" if state.torch.state == "stopped" else state.torch.state


@router.get("/metrics")
async def metrics(state: Belongings) -> Response:
    """Figures for Prometheus."""
    pools = [(pool.name, pool.state, pool.figures(), dict(pool.incidents)) for pool in (state.engine, state.torch)]
    return PlainTextResponse(state.metrics.text(pools), media_type="text/plain; version=0.0.4", headers={"cache-control": "no-store"})


@router.get("/static/{name:path}")
async def static(name: str, request: Request, state: Belongings) -> Response:
    """A static file; one asked for by its content never changes."""
    document = state.shelf.find(name)
    if document is None:
        raise problem("request.not_found", "There is no such file.")
    asked_by_content = is_named_by_content(name) or request.query_params.get("v", "").encode() == document.tag
    return DocumentResponse(document, FOREVER if asked_by_content else REVALIDATE)


@router.get("/favicon.ico")
async def favicon(state: Belongings) -> Response:
    """The icon, where browsers look for it."""
    document = state.shelf.find("icon.svg")
    return RedirectResponse("static/icon.svg", 307) if document else Response(status_code=204)
