"""A real server in a process of its own, and ways to talk to it, polite and otherwise."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"source": "y = x*x", "inputs": {"x": 3}}


class Live:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str], address: str, log: list[str]) -> None:
        self.process = process
        self.log = log
        self.address = address.rstrip("/")
        self.host, port = re.fullmatch(r"http://([^:/]+):(\d+).*", address).groups()
        self.port = int(port)
        self.client = httpx.Client(base_url=self.address, timeout=30, trust_env=False)

    def trace(self, body=None, **keywords) -> httpx.Response:
        return self.client.post("/api/v1/trace", json=GOOD if body is None else body, **keywords)

    def post(self, content: bytes, **headers: str) -> httpx.Response:
        return self.client.post("/api/v1/trace", content=content, headers={"content-type": "application/json"} | headers)

    def connect(self, timeout: float = 20.0) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=timeout)

    def raw(self, sent: bytes, timeout: float = 20.0) -> tuple[int, bytes, bytes]:
        """Send bytes as they are; the status, head and body of what comes back before the server closes or falls silent."""
        with self.connect(timeout) as sock:
            with contextlib.suppress(ConnectionError):
                sock.sendall(sent)
            return read_answer(sock)

    def metric(self, line: str) -> int:
        found = re.search(rf"^{re.escape(line)} (\d+)$", self.client.get("/metrics").text, re.MULTILINE)
        return int(found.group(1)) if found else 0

    def until(self, what: str, value: int, pool: str = "engine") -> None:
        """Wait until a figure of a pool is so."""
        eventually(lambda: self.metric(f'wengert_pool{{pool="{pool}",what="{what}"}}') == value)

    def workers(self) -> list[int]:
        """The ids of the workers: they are below a nursery, which is below the server."""
        return [pid for pid in self.children() if parent(pid) != self.process.pid]

    def kill_workers(self) -> None:
        for pid in self.workers():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_busy_worker(self) -> None:
        """Kill the worker that is using time now; an idle one may have used more before."""
        before = {pid: seconds_used(pid) for pid in self.workers()}
        eventually(lambda: any(seconds_used(pid) - used > 0.3 for pid, used in before.items()))
        os.kill(max(before, key=lambda pid: seconds_used(pid) - before[pid]), signal.SIGKILL)

    def children(self) -> list[int]:
        """The ids of all processes below the server."""
        return descendants(self.process.pid)

    def alive(self) -> None:
        """The server serves as if nothing had happened."""
        answer = self.trace()
        assert answer.status_code == 200, answer.text
        assert answer.json()["gradients"] == {"x": 6.0}


def eventually(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never came to hold"
        time.sleep(0.02)


def parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def seconds_used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def read_answer(sock: socket.socket) -> tuple[int, bytes, bytes]:
    """One HTTP answer from a socket; status 0 if none came."""
    received = b""
    with contextlib.suppress(ConnectionError, TimeoutError):
        while True:
            head, found, body = received.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if found and length and len(body) >= int(length.group(1)):
                break
            piece = sock.recv(65536)
            if not piece:
                break
            received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    status = re.match(rb"HTTP/1\.1 (\d{3})", head)
    return int(status.group(1)) if status else 0, head, body


def descendants(pid: int) -> list[int]:
    """All processes below this one that still run."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    parents[int(entry.name)] = int(parent)
    found: list[int] = []
    for child in [child for child, parent in parents.items() if parent == pid]:
        found += [child, *descendants(child)]
    return found


class Said:
    """What a server writes to standard error, read all the time so that it never has to wait."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self.listening = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stderr:
            self.lines.append(line)
            if "listens on" in line:
                self.listening.set()
        self.listening.set()

    def address(self) -> str:
        self.listening.wait(60)
        found = re.search(r"listens on (\S+)", "".join(self.lines))
        assert found, f"the server did not start: {self.lines}"
        return found.group(1)


@contextlib.contextmanager
def serving(*arguments: str, **environment: str) -> Iterator[Live]:
    """A server on a free port, with these settings; it is stopped as an operator would stop it. Torch has to be asked for."""
    environment = {"torch_workers": "0", "database_url": "none"} | environment
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WENGERT_")}
    variables = {f"WENGERT_{name.upper()}": value for name, value in environment.items()}
    command = [sys.executable, "-m", "app", "serve", "--port", "0", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=clean | variables, stderr=subprocess.PIPE, text=True)
    said = Said(process)
    live = Live(process, said.address(), said.lines)
    try:
        wait_ready(live)
        yield live
    finally:
        live.client.close()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        finally:
            process.kill()


def wait_ready(live: Live, seconds: float = 90.0) -> None:
    eventually(lambda: live.client.get("/readyz").status_code == 200, seconds)


def check_problem(answer: httpx.Response, status: int, code: str) -> dict:
    """The answer is problem+json as the contract has it; its content."""
    assert answer.status_code == status, answer.text
    return check_problem_parts(status, answer.headers["content-type"], answer.text, code)


def check_problem_parts(status: int, kind: str, text: str, code: str) -> dict:
    assert kind.startswith("application/problem+json")
    problem = json.loads(text)
    assert {"type", "title", "status", "detail", "code"} <= problem.keys()
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["type"].endswith(f"/docs/errors#{code}")
    assert "Traceback" not in text
    assert '.py"' not in text
    return problem
