"""Requests per second: our server, a torch handler and FastAPI's hello under the same load, in turns."""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from benchmarks.workloads import SERVED, SERVED_INPUTS

CONNECTIONS = 16


@contextmanager
def server(command: list[str], port: int, ready: str) -> Iterator[str]:
    """A server process, ready to answer; ended with the block."""
    environment = os.environ | {"WENGERT_PORT": str(port), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen([sys.executable, *command], env=environment)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base + ready)
        yield base
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str, patience: float = 60.0) -> None:
    """Until the server answers, and nothing is loaded in its background any more."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if b"loading" not in answer.read():
                    return
        except (OSError, urllib.error.URLError):
            pass  # not yet
        time.sleep(0.1)
    raise SystemExit(f"{url} did not become ready")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def load(url: str, method: str, body: str, seconds: float) -> dict[str, float]:
    """One turn of the client, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.client", url, method, body, str(CONNECTIONS), str(seconds)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def requests_per_second(rounds: int = 5, seconds: float = 3.0) -> dict[str, dict[str, Any]]:
    """Medians and maxima over the rounds; a refused request is an error of the benchmark."""
    body = json.dumps({"source": SERVED, "inputs": SERVED_INPUTS})
    fresh = json.dumps({"source": "# {n}\n" + SERVED, "inputs": SERVED_INPUTS})
    with ExitStack() as stack:
        ours_port, peers_port = free_port(), free_port()
        ours = stack.enter_context(server(["-m", "app", "serve"], ours_port, "/readyz"))
        command = ["-m", "uvicorn", "benchmarks.peers.servers:app", "--port", str(peers_port), "--log-level", "warning"]
        peers = stack.enter_context(server(command, peers_port, "/hello"))
        turns = {
            "ours": (ours + "/api/v1/trace", "POST", body),
            "ours, a new program each time": (ours + "/api/v1/trace", "POST", fresh),
            "torch handler": (peers + "/gradient", "POST", body),
            "FastAPI hello": (peers + "/hello", "GET", ""),
        }
        results: dict[str, list[dict[str, float]]] = {name: [] for name in turns}
        for turn in turns.values():
            load(*turn, seconds=1.0)
        for _ in range(rounds):
            for name, turn in turns.items():
                results[name].append(load(*turn, seconds=seconds))
    return {name: _summary(measured) for name, measured in results.items()}


def _summary(measured: list[dict[str, float]]) -> dict[str, Any]:
    rates = [m["per_second"] for m in measured]
    return {
        "median": statistics.median(rates),
        "best": max(rates),
        "p99": statistics.median(m["p99"] for m in measured),
        "refused": sum(m["refused"] for m in measured),
    }
