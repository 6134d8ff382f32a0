"""A teacher with a key, students with class links, and an exercise with known answers."""

from __future__ import annotations

import itertools
import time
from typing import Any

import httpx

NUMBERS = itertools.count()
SOURCE = "c = a + b\nd = b + 1\ne = c * d"
RIGHT = {
    "c": {"primal": 3, "adjoint": 2}, "d": {"primal": 2, "adjoint": 3}, "e": {"primal": 6, "adjoint": 1},
    "a": {"adjoint": 2}, "b": {"adjoint": 5},
}  # fmt: skip
SLIPPED = {
    "c": {"primal": 4, "adjoint": 2}, "d": {"primal": 2, "adjoint": 4}, "e": {"primal": 8, "adjoint": 1},
    "a": {"adjoint": 2}, "b": {"adjoint": 6},
}  # fmt: skip
"""One slip in c, which everything else follows from; the gradient of b is a final answer only where it is asked as one."""


def exercise(**other: Any) -> dict[str, Any]:
    return {"id": f"chain-{next(NUMBERS)}", "title": "A chain", "source": SOURCE, "inputs": {"a": 2, "b": 1}, **other}


class School:
    """One server, seen by a teacher."""

    def __init__(self, address: str, key: str, database: str) -> None:
        self.address, self.key, self.database = address, key, database
        self.clients: list[httpx.Client] = []
        self.teacher = self.client(key)

    def client(self, key: str | None = None) -> httpx.Client:
        headers = {} if key is None else {"authorization": f"Bearer {key}"}
        client = httpx.Client(base_url=f"{self.address}/api/v1", headers=headers, timeout=60, trust_env=False)
        self.clients.append(client)
        return client

    def posed(self, **other: Any) -> dict[str, Any]:
        """A new exercise of the teacher's."""
        answer = self.teacher.post("/exercises", json=exercise(**other))
        assert answer.status_code == 201, answer.text
        return answer.json()

    def student(self, posed: dict[str, Any], name: str | None = "ada") -> httpx.Client:
        """A student who has opened the exercise's class link."""
        client = self.client()
        body = {"link": posed["link"]} | ({} if name is None else {"student": name})
        answer = client.post("/session", json=body)
        assert answer.status_code == 201, answer.text
        return client

    def regraded(self, identity: str) -> dict[str, Any]:
        """A regrade, once it is worked out."""
        for _ in range(600):
            found = self.teacher.get(f"/regrades/{identity}").json()
            if found["state"] not in ("queued", "running"):
                return found
            time.sleep(0.05)
        raise AssertionError(found)

    def close(self) -> None:
        for client in self.clients:
            client.close()


def submit(client: httpx.Client, posed: dict[str, Any], answers: Any = None, key: str | None = None, **other: Any) -> httpx.Response:
    body = {"exercise_id": posed["id"], "answers": RIGHT if answers is None else answers, **other}
    return client.post("/submissions", json=body, headers={} if key is None else {"idempotency-key": key})
