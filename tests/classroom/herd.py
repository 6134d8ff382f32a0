"""A class hands in at the same moment: ``python tests/classroom/herd.py`` says how long each waited for its acknowledgement."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time

import httpx
from killing import Killed

SUBMISSIONS = 300
SECONDS = 2.0
EXERCISE = {
    "id": "herd",
    "source": "c = a + b\nd = b + 1\ne = c * d\nf = e * a\ng = f + c",
    "variants": {"a": {"range": [10, 90]}, "b": {"range": [2, 9]}},
}
SHEET = {name: {"primal": 7, "adjoint": 3} for name in "cdefg"}


async def herd(server: Killed) -> list[float]:
    """How long each submission took; every one is acknowledged in the end, whatever it is answered first."""
    limits = httpx.Limits(max_connections=SUBMISSIONS)
    headers = {"authorization": f"Bearer {server.key}"}
    address = f"http://127.0.0.1:{server.port}/api/v1"
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60, trust_env=False, limits=limits) as client:
        assert (await client.post("/exercises", json=EXERCISE)).status_code == 201
        return await asyncio.gather(*(_one(client, number) for number in range(SUBMISSIONS)))


async def _one(client: httpx.AsyncClient, number: int) -> float:
    await asyncio.sleep(SECONDS * number / SUBMISSIONS)
    began = time.monotonic()
    body = {"exercise_id": "herd", "student": f"s{number}", "answers": SHEET}
    while True:
        answer = await client.post("/submissions", json=body, headers={"idempotency-key": f"k{number}"})
        if answer.status_code in (200, 201):
            return time.monotonic() - began
        assert answer.status_code == 503, answer.text
        await asyncio.sleep(float(answer.headers["retry-after"]))


def measured(database: str) -> list[float]:
    """The waits in order, and that all submissions are there."""
    server = Killed(database)
    try:
        waits = sorted(asyncio.run(herd(server)))
        with server.client() as client:
            assert len(client.get("/gradebook").json()["grades"]) == SUBMISSIONS
    finally:
        server.process.terminate()
        server.process.wait(30)
    return waits


if __name__ == "__main__":
    import postgres

    with tempfile.TemporaryDirectory() as folder, postgres.cluster() as cluster:
        for kind, place in (("sqlite", f"sqlite:///{folder}/w.db"), ("postgresql", postgres.address(cluster, "herd"))):
            times = measured(place)
            print(f"{kind}: {SUBMISSIONS} submissions within {SECONDS:g} s: median {times[len(times) // 2]:.2f} s, last {times[-1]:.2f} s")
            sys.stdout.flush()
