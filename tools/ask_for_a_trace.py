"""Wait for a server, ask it for a trace that torch confirms, and check the numbers."""

from __future__ import annotations

import json
import sys
import time
import urllib.error
import urllib.request

PATIENCE = 90
REQUEST = {"source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}, "verify": True}


def main() -> None:
    """Print what came back in one line."""
    base = sys.argv[1]
    wait_for(base + "/readyz")
    call = urllib.request.Request(base + "/api/v1/trace", json.dumps(REQUEST).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(call, timeout=60) as answer:
        trace = json.load(answer)
    assert trace["gradients"] == {"a": 7.0, "b": 2.0}, trace["gradients"]
    assert trace["verification"]["agrees"] is True, trace["verification"]
    print("trace:", trace["gradients"], "agrees with", trace["verification"]["backend"])


def wait_for(address: str) -> None:
    """Return once the address answers 200."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (OSError, urllib.error.URLError):
            if time.monotonic() > end:
                raise
        time.sleep(0.3)


if __name__ == "__main__":
    main()
