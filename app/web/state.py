"""What the routes share: settings, pools, figures, and documents that stay."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from app.core.diagnostic import problem
from app.settings import Settings
from app.web.answer import Document
from app.web.classroom.room import Classroom
from app.web.headers import Headers, security
from app.web.metrics import Metrics
from app.web.shelf import Shelf
from app.work.pool import Pool


@dataclass(slots=True, eq=False)
class State:
    """One server's belongings, put together by ``app.main`` and handed to every route."""

    settings: Settings
    engine: Pool
    torch: Pool
    shelf: Shelf
    classroom: Classroom
    metrics: Metrics = field(default_factory=Metrics)
    documents: dict[str, Document] = field(default_factory=dict)
    security: Headers = field(init=False)

    def __post_init__(self) -> None:
        self.security = security(self.settings)

    async def document(self, call: str) -> Document:
        """What a worker says to a call without a body, asked once and kept."""
        kept = self.documents.get(call)
        if kept is None:
            status, content = await self.engine.ask(call)
            if status != 200:
                raise problem("server.error", "This part of the server does not work.")
            kept = self.documents[call] = await asyncio.to_thread(Document.of, bytes(content), b"application/json")
        return kept
