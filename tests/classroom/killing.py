"""Kills a server again and again while students hand in, each until it is acknowledged: nothing may be lost or doubled.

``python tests/classroom/killing.py [KILLS]`` does it a hundred times on both databases.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
EXERCISE = {"id": "kills", "source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}, "policy": {"attempts": 1000}}
STUDENTS = 4


class Killed:
    """A server on one port that is killed and started anew."""

    def __init__(self, database: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = os.environ | {"WENGERT_DATABASE_URL": database, "WENGERT_TORCH_WORKERS": "0", "WENGERT_WORKERS": "2"}
        command = [sys.executable, "-m", "app", "keys", "make", "killer", "--scopes", "grade,results,teach"]
        self.key = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True).stdout.strip()
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "app", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)
        for _ in range(1200):
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/readyz", trust_env=False).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        raise AssertionError("the server did not come back")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def client(self) -> httpx.Client:
        headers = {"authorization": f"Bearer {self.key}"}
        return httpx.Client(base_url=f"http://127.0.0.1:{self.port}/api/v1", headers=headers, timeout=10, trust_env=False)


def hand_in(server: Killed, student: str, done: threading.Event, acknowledged: dict[str, str]) -> None:
    """One submission after the other, each sent until it is acknowledged."""
    with server.client() as client:
        for number in itertools.count():
            key = f"{student}-{number}"
            body = {"exercise_id": "kills", "student": student, "answers": {"c": {"primal": number}}}
            while key not in acknowledged:
                try:
                    answer = client.post("/submissions", json=body, headers={"idempotency-key": key})
                except httpx.HTTPError:
                    time.sleep(0.05)
                    continue
                if answer.status_code in (200, 201):
                    acknowledged[key] = answer.json()["id"]
                else:
                    assert answer.status_code == 503, answer.text
                    time.sleep(0.05)
            if done.is_set():
                return


def killed(database: str, kills: int) -> int:
    """How many submissions were acknowledged; raises AssertionError if one is lost or doubled."""
    server = Killed(database)
    with server.client() as client:
        assert client.post("/exercises", json=EXERCISE).status_code == 201
    acknowledged: dict[str, str] = {}
    done = threading.Event()
    threads = [threading.Thread(target=hand_in, args=(server, f"s{number}", done, acknowledged)) for number in range(STUDENTS)]
    for thread in threads:
        thread.start()
    for _ in range(kills):
        time.sleep(random.uniform(0.1, 0.6))
        server.kill()
        server.start()
    done.set()
    for thread in threads:
        thread.join(60)
    check(server, acknowledged)
    server.process.terminate()
    server.process.wait(30)
    return len(acknowledged)


def check(server: Killed, acknowledged: dict[str, str]) -> None:
    """Every acknowledged submission is there once, and nothing else is; every attempt is counted once."""
    kept, cursor = [], 0
    with server.client() as client:
        while cursor is not None:
            page = client.get("/submissions", params={"cursor": cursor, "limit": 500}).json()
            kept, cursor = kept + page["submissions"], page["next"]
    assert Counter(one["id"] for one in kept) == Counter(acknowledged.values())
    attempts = sorted((one["student"], one["attempt"]) for one in kept)
    numbers = Counter(one["student"] for one in kept)
    assert attempts == sorted((student, place + 1) for student, count in numbers.items() for place in range(count))


if __name__ == "__main__":
    import postgres

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder, postgres.cluster() as cluster:
        for address in (f"sqlite:///{folder}/w.db", postgres.address(cluster, "kills")):
            began = time.monotonic()
            acknowledged = killed(address, count)
            seconds = time.monotonic() - began
            kind = address.partition(":")[0]
            print(f"{kind}: {count} kills, {acknowledged} submissions acknowledged, none lost, none doubled, {seconds:.0f} s")
