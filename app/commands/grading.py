"""Grading without a server: the very bytes that the API answers."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from app.settings import Settings
from app.wire.calls import EVALUATIONS

FORMATS = ("gradescope", "prairielearn", "coderunner", "moodle-csv")
SHAPED = ("grade", "grade/batch")
CALLS = ("grade", "grade/batch", "validate", "exercises/test")


def add(commands: Any) -> None:
    """Tell the parser of these commands."""
    for call in CALLS:
        parser = commands.add_parser(call, help=EVALUATIONS[call][0].lower() + EVALUATIONS[call][1:])
        parser.set_defaults(run=run)
        parser.add_argument("exercise", help="the exercise as a file of JSON, or the id of one of the library")
        if call == "exercises/test":
            parser.add_argument("--count", type=int, help="how many variants to try (100)")
            continue
        if call in SHAPED:
            parser.add_argument("--format", choices=FORMATS, help="the same in the shape that another system reads")
        parser.add_argument("answers", help="the answers as a file of JSON (a batch: its submissions); - reads standard input")
        parser.add_argument("--student", help="whose variant it is")
        parser.add_argument("--variant", type=int, dest="seed", help="the seed of the variant")


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Print the answer; the exit status is 1 for a problem, and for an exercise that fails its test."""
    from app.wire.tasks import Desk  # noqa: PLC0415  # no other command needs it

    try:
        body = _body(given)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    form = getattr(given, "format", None)
    call = given.command if form is None else f"{given.command}?format={form}"
    status, content = Desk(settings).serve(call, json.dumps(body).encode())
    sys.stdout.buffer.write(content + b"\n")
    return 0 if status == 200 and not (given.command == "exercises/test" and not json.loads(content)["ok"]) else 1


def _body(given: argparse.Namespace) -> dict[str, Any]:
    """The request that the arguments describe."""
    file = Path(given.exercise)
    looks_like_a_file = file.suffix == ".json" or file.is_file()
    body: dict[str, Any] = (
        {"exercise": json.loads(file.read_text(encoding="utf-8"))} if looks_like_a_file else {"exercise_id": given.exercise}
    )
    if given.command != "exercises/test":
        text = sys.stdin.read() if given.answers == "-" else Path(given.answers).read_text(encoding="utf-8")
        body["submissions" if given.command == "grade/batch" else "answers"] = json.loads(text)
    more = {name: getattr(given, name, None) for name in ("student", "seed", "count")}
    return body | {name: value for name, value in more.items() if value is not None}
