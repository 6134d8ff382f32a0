"""Workers that echo, sleep, crash and swallow, to see what a pool makes of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

REFUSED: set[bytes] = set()


def start(argument: str) -> Callable[[str, bytes], tuple[int, bytes]]:
    if argument == "broken":
        raise RuntimeError("this target does not load")
    return serve


def serve(name: str, body: bytes) -> tuple[int, bytes]:  # noqa: C901  # one short case a call
    match name:
        case "echo":
            return 200, body
        case "pid":
            return 200, str(os.getpid()).encode()
        case "sleep":
            if body in REFUSED:
                return 422, b"refused"
            time.sleep(float(body))
            return 200, body
        case "repeat":
            return 200, b"x" * int(body)
        case "abort":
            os.abort()
        case "exit":
            os._exit(3)
        case "allocate":
            try:
                return 200, bytes([bytearray(int(body))[0]])
            except MemoryError:
                return 422, b"memory"
        case "identify":
            return 200, body
        case "refuse":
            REFUSED.update(body.split(b"\n"))
            return 200, b""
    raise AssertionError(name)
