"""The command line: serve, one command for each call of the API, keys, the students' data, backups, doctor."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import log
from app.commands import classroom, grading
from app.settings import Settings, from_environment
from app.wire.calls import EVALUATIONS

Command = Callable[[argparse.Namespace, Settings], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m app", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    _serve_arguments(commands.add_parser("serve", help="serve the page and the API"))
    _trace_arguments(commands.add_parser("trace", help="print the trace of a program, as the API answers it"))
    for call, words in EVALUATIONS.items():
        if call not in ("trace", "compare", *grading.CALLS):
            _call_arguments(commands.add_parser(call, help=words[0].lower() + words[1:]))
    for part in (grading, classroom):
        part.add(commands)
    commands.add_parser("doctor", help="say what this machine has")
    given = parser.parse_args(arguments)
    try:
        settings = from_environment()
    except ValueError as error:
        return _complain(str(error))
    run: Command = getattr(given, "run", None) or {"serve": _serve, "trace": _trace, "doctor": _doctor}.get(given.command, _call)
    return run(given, settings)


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="the port to listen on (8000)")
    parser.add_argument("--root-path", help="the path below which a proxy shows the server, such as /wengert")


def _trace_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="the program; - reads it from standard input")
    parser.add_argument("--inputs", default="{}", help="the inputs as JSON, or @FILE")
    parser.add_argument("--mode", choices=("primal", "forward", "reverse", "both"))
    parser.add_argument("--seed", help="the seed as JSON")
    parser.add_argument("--wrt", help="the inputs to differentiate, with commas between")
    parser.add_argument("--outputs", help="the outputs, with commas between")
    parser.add_argument("--values", choices=("full", "summary"))
    parser.add_argument("--verify", nargs="?", const="true", choices=("true", "cpu", "cuda", "auto"), help="compare every node with torch")
    parser.add_argument("--table", action="store_true", help="print the evaluation trace as a table instead")


def _call_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="the program; - reads it from standard input")
    parser.add_argument("--inputs", help="the inputs as JSON, or @FILE")
    parser.add_argument("--with", dest="more", default="{}", help="further fields of the request as JSON, or @FILE")


def _serve(given: argparse.Namespace, settings: Settings) -> int:
    """Serve until told to stop."""
    from app.main import create_app  # noqa: PLC0415  # a trace on the command line needs no web server
    from app.web import server  # noqa: PLC0415

    chosen = {name: getattr(given, name) for name in ("host", "port", "root_path") if getattr(given, name) is not None}
    settings = replace(settings, **chosen)
    log.set_up(settings.log_level)
    server.run(create_app(settings), settings)
    return 0


def _trace(given: argparse.Namespace, settings: Settings) -> int:
    """Print an answer, or the problem; the exit status is 1 for a problem."""
    from app.wire.tasks import Desk  # noqa: PLC0415

    try:
        body = json.dumps(_request(given)).encode()
    except (OSError, ValueError) as error:
        return _complain(str(error))
    status, content = Desk(settings, torch=True).serve("trace", body)
    if status != 200:
        return _complain(content.decode())
    if given.table:
        from app.wire.table import table  # noqa: PLC0415

        sys.stdout.write(table(json.loads(content)))
    else:
        sys.stdout.buffer.write(content + b"\n")
    return 0


def _call(given: argparse.Namespace, settings: Settings) -> int:
    """Print what a call of the API answers, or the problem; the exit status is 1 for a problem."""
    from app.wire.tasks import Desk  # noqa: PLC0415

    try:
        text = "objective" if given.command == "lagrange" else "source"
        request = {text: _source(given.file)} | ({} if given.inputs is None else {"inputs": _json("--inputs", given.inputs)})
        body = json.dumps(request | _json("--with", given.more)).encode()
    except (OSError, ValueError, TypeError) as error:
        return _complain(str(error))
    status, content = Desk(settings, torch=True).serve(given.command, body)
    if status != 200:
        return _complain(content.decode())
    sys.stdout.buffer.write(content + b"\n")
    return 0


def _source(file: str) -> str:
    """The program in a file, or on standard input."""
    return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")


def _request(given: argparse.Namespace) -> dict[str, Any]:
    """The request that the arguments describe."""
    request: dict[str, Any] = {"source": _source(given.file), "inputs": _json("--inputs", given.inputs)}
    for name in ("mode", "values"):
        if getattr(given, name):
            request[name] = getattr(given, name)
    for name in ("wrt", "outputs"):
        if getattr(given, name):
            request[name] = getattr(given, name).split(",")
    if given.seed:
        request["seed"] = _json("--seed", given.seed)
    if given.verify:
        request["verify"] = True if given.verify == "true" else {"device": given.verify}
    return request


def _json(option: str, text: str) -> Any:
    """The JSON of an option, or of the file that it names with @."""
    try:
        return json.loads(Path(text[1:]).read_text(encoding="utf-8") if text.startswith("@") else text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{option} is not JSON: {error}") from None


def _doctor(given: argparse.Namespace, settings: Settings) -> int:
    """Say what is here and what is missing."""
    from app.doctor import report  # noqa: PLC0415

    for line in report():
        sys.stdout.write(line + "\n")
    return 0


def _complain(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
