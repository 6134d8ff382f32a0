"""Requests a second of POST /api/v1/trace with a 20-node program: ``python tests/load/requests_per_second.py [seconds] [connections]``.

It starts a server of its own on the loopback, or asks the one given with ``--address``. The client is one process that
writes prepared bytes and counts answers, so that it takes little of the machine from the server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "contract"))

SOURCE = """a = x1*x2
b = sin(x1)
c = a + b
d = exp(b)
e = c*d
f = tanh(e)
g = f + x2
h = g*g
i = log(h + 2)
j = i*c
k = cos(j)
l = k - d
m = l*f
n = m + a
o = n*n
p = sqrt(o + 1)
q = p + k"""
BODY = json.dumps({"source": SOURCE, "inputs": {"x1": 0.7, "x2": 1.3}}).encode()
REQUEST = (
    b"POST /api/v1/trace HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY
)


class Client(asyncio.Protocol):
    """One connection: sends the next request when the last answer is there, and notes how long it took."""

    def __init__(self, times: list[float], statuses: dict[int, int], until: float) -> None:
        self.times, self.statuses, self.until = times, statuses, until
        self.done = asyncio.get_running_loop().create_future()
        self.left = 0
        self.head = b""

    def connection_made(self, transport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        self.began = time.perf_counter()
        if self.began > self.until:
            self.transport.close()
        else:
            self.transport.write(REQUEST)

    def data_received(self, data: bytes) -> None:
        if self.left == 0:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return
            at = self.head.index(b"content-length: ") + 16
            length = int(self.head[at : self.head.index(b"\r\n", at)])
            status = int(self.head[9:12])
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.left, self.head = length - (len(self.head) - end - 4), b""
        else:
            self.left -= len(data)
        if self.left == 0:
            self.times.append(time.perf_counter() - self.began)
            self.send()

    def connection_lost(self, exc) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def load(host: str, port: int, connections: int, seconds: float) -> tuple[list[float], dict[int, int]]:
    """So many connections, each asking again and again for so long."""
    times: list[float] = []
    statuses: dict[int, int] = {}
    until = time.perf_counter() + seconds
    loop = asyncio.get_running_loop()
    clients = [(await loop.create_connection(lambda: Client(times, statuses, until), host, port))[1] for _ in range(connections)]
    await asyncio.gather(*(client.done for client in clients))
    return times, statuses


def measure(address: str, connections: int, seconds: float) -> dict[str, float]:
    """Requests a second and the times they took, in milliseconds."""
    import uvloop

    parts = urlsplit(address)
    uvloop.run(load(parts.hostname, parts.port, connections, 0.5))
    began = time.perf_counter()
    times, statuses = uvloop.run(load(parts.hostname, parts.port, connections, seconds))
    took = time.perf_counter() - began
    times.sort()
    row = {f"p{q}_ms": round(times[min(len(times) - 1, len(times) * q // 100)] * 1000, 2) for q in (50, 95, 99)}
    return {"requests_per_second": round(len(times) / took), "failures": len(times) - statuses.get(200, 0), **row}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=5.0)
    parser.add_argument("connections", nargs="?", type=int, default=16)
    parser.add_argument("--address")
    given = parser.parse_args()
    if given.address:
        print(measure(given.address, given.connections, given.seconds))
        return
    from live import serving

    with serving() as live:
        print(measure(live.address, given.connections, given.seconds))


if __name__ == "__main__":
    main()
