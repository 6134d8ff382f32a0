"""Errors at the edge: the one place that turns a diagnostic into problem+json (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any

from app.core.codes import CODES
from app.core.diagnostic import Diagnostic, Fix
from app.core.span import Span

MEDIA_TYPE = b"application/problem+json"


def problem_json(diagnostic: Diagnostic, root_path: str = "") -> tuple[int, bytes]:
    """The HTTP status and the bytes of the body for a diagnostic."""
    status, body = problem_body(diagnostic, root_path)
    return status, json.dumps(body, ensure_ascii=False, default=str, allow_nan=False).encode("utf-8", "replace")


def problem_body(diagnostic: Diagnostic, root_path: str = "") -> tuple[int, dict[str, Any]]:
    """The HTTP status and the body for a diagnostic; absent parts are left out."""
    code = CODES[diagnostic.code]
    body: dict[str, Any] = {
        "type": f"{root_path}/docs/errors#{diagnostic.code}",
        "title": code.title,
        "status": code.status,
        "detail": diagnostic.message,
        "code": diagnostic.code,
    }
    parts = {"span": _span(diagnostic.span), "hint": diagnostic.hint, "fix": _fix(diagnostic.fix)}
    body |= {name: part for name, part in parts.items() if part is not None}
    body |= {name: value for name, value in diagnostic.extra.items() if name not in body}
    return code.status, body


def plain_problem(code: str, root_path: str = "", detail: str | None = None, **extra: Any) -> tuple[int, bytes]:
    """A problem without a program: the code's own sentence, or ``detail``."""
    return problem_json(Diagnostic(code, detail or CODES[code].sentence, extra=extra), root_path)


def _span(span: Span | None) -> dict[str, int] | None:
    """A span as the API writes it."""
    return None if span is None else span._asdict()


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    """A fix as ``{span, replacement}`` or ``{input, value}``."""
    if fix is None:
        return None
    if fix.input is not None:
        return {"input": fix.input, "value": fix.value}
    return {"span": _span(fix.span), "replacement": fix.replacement}
