"""Grading without a server: the very bytes that the API answers."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from app.core.diagnostic import ProgramError
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
        if call == "grade/batch":
            parser.add_argument("answers", help="the submissions as a file of JSON, or a folder of sheets; - reads standard input")
            continue
        parser.add_argument("answers", help="the sheet as a file of JSON; - reads standard input")
        parser.add_argument("--student", help="whose variant it is")
        parser.add_argument("--variant", type=int, dest="seed", help="the seed of the variant")


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Print the answer; the exit status is 1 for a problem, and for an exercise that fails its test."""
    from app.wire.problems import problem_json  # noqa: PLC0415  # no other command needs them
    from app.wire.tasks import Desk  # noqa: PLC0415

    form = getattr(given, "format", None)
    call = given.command if form is None else f"{given.command}?format={form}"
    try:
        status, content = Desk(settings).serve(call, json.dumps(_body(given, settings)).encode())
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except ProgramError as error:
        status, content = problem_json(error.diagnostic, settings.root_path)
    sys.stdout.buffer.write(content if content.endswith(b"\n") else content + b"\n")
    return 0 if status == 200 and not (given.command == "exercises/test" and not json.loads(content)["ok"]) else 1


def _body(given: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """The request that the arguments describe; its files are read as strictly as the API reads."""
    from app.wire import json as strict  # noqa: PLC0415
    from app.wire.sheets import opened  # noqa: PLC0415

    depth = settings.limits.json_depth
    file = Path(given.exercise)
    looks_like_a_file = file.suffix == ".json" or file.is_file()
    body: dict[str, Any] = (
        {"exercise": strict.parse(file.read_bytes(), depth, "exercise")} if looks_like_a_file else {"exercise_id": given.exercise}
    )
    if given.command == "grade/batch":
        folder = Path(given.answers)
        body["submissions"] = _sheets(folder) if folder.is_dir() else strict.parse(_text(given.answers), depth, "list of submissions")
    elif given.command != "exercises/test":
        body["answers"] = opened(_text(given.answers), depth)
    more = {name: getattr(given, name, None) for name in ("student", "seed", "count")}
    return body | {name: value for name, value in more.items() if value is not None}


def _text(place: str) -> bytes:
    """What a file holds, or standard input."""
    return sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()


def _sheets(folder: Path) -> list[dict[str, Any]]:
    """A submission for each sheet of a folder; the name of the file is the student, and each is read on its own."""
    files = sorted(folder.glob("*.json"))
    return [{"id": file.stem, "student": file.stem, "answers": file.read_text(encoding="utf-8", errors="replace")} for file in files]
