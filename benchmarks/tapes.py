"""The tapes of the gallery's examples as JSON, for the comparison of layouts: python -m benchmarks.tapes FILE."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from app.gallery import examples
from app.settings import Settings
from app.wire.requests.programs import TraceRequest
from app.wire.requests.reading import read
from app.wire.trace import library

LARGEST = 200
"""Nodes of a tape that is compared: the large ones are made by the comparison itself."""


def tapes() -> dict[str, list[dict[str, Any]]]:
    """By example: for each node whom it reads, and whether it is an input, a constant or an operation."""
    limits = Settings().limits
    found: dict[str, list[dict[str, Any]]] = {}
    for example in examples():
        request = read(TraceRequest, {"source": example["source"], "inputs": example["inputs"]})
        run = library(limits).program(request.source, frozenset(request.inputs)).run(request.inputs)
        inputs = len(run.inputs)
        kinds = ["input" if node < inputs else "constant" if rule is None else "op" for node, rule in enumerate(run.tape.rules)]
        if len(kinds) <= LARGEST:
            found[example["id"]] = [{"inputs": list(run.tape.inputs[node]), "kind": kind} for node, kind in enumerate(kinds)]
    return found


if __name__ == "__main__":
    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    Path(sys.argv[1]).write_text(json.dumps(tapes()), encoding="utf-8")
