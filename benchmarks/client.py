"""A load on this machine: so many connections, each asking again as soon as it is answered; a process of its own.

Prints one JSON line: answers per second, how many were not 200, and percentiles of the waiting time.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Load:
    """What to ask, and what came back; ``{n}`` in the body is replaced by a number that never repeats."""

    host: str
    port: int
    method: str
    path: str
    body: bytes
    end: float = 0.0
    asked: int = 0
    refused: int = 0
    waits: list[float] = field(default_factory=list)

    def request(self) -> bytes:
        """The next request's bytes."""
        self.asked += 1
        body = self.body.replace(b"{n}", b"%d" % self.asked)
        fields = ("Host: " + self.host, "Content-Type: application/json", f"Content-Length: {len(body)}", "", "")
        return "\r\n".join((f"{self.method} {self.path} HTTP/1.1", *fields)).encode() + body


class Connection(asyncio.Protocol):
    """One connection that asks until time is up."""

    def __init__(self, load: Load) -> None:
        self.load, self.closed = load, asyncio.get_running_loop().create_future()
        self.buffer, self.missing = b"", 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.started = time.perf_counter()
        self.transport.write(self.load.request())

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r")[0])
        if len(rest) < length:
            return
        self.buffer = rest[length:]
        now = time.perf_counter()
        self.load.waits.append(now - self.started)
        self.load.refused += not head.startswith(b"HTTP/1.1 200")
        if now < self.load.end:
            self.ask()
        else:
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self.closed.set_result(error)


async def drive(load: Load, connections: int, seconds: float) -> dict[str, float]:
    """Ask for so many seconds, and sum up."""
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    load.end = start + seconds
    made = [await loop.create_connection(lambda: Connection(load), load.host, load.port) for _ in range(connections)]
    await asyncio.gather(*(connection.closed for _, connection in made))
    waits = sorted(load.waits)
    at = {f"p{p}": waits[min(len(waits) - 1, len(waits) * p // 100)] for p in (50, 95, 99)}
    return {"per_second": len(waits) / (time.perf_counter() - start), "refused": load.refused, **at}


if __name__ == "__main__":
    url, method, body, connections, seconds = sys.argv[1:]
    parts = urlsplit(url)
    load = Load(parts.hostname or "", parts.port or 80, method, parts.path, body.encode())
    print(json.dumps(asyncio.run(drive(load, int(connections), float(seconds)))))
