"""JSON as the API takes it: strict, bounded in depth, every key once."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from app.core.diagnostic import ProgramError, problem

# A string, or what is left of one at the end of the text: matching the rest too keeps the scan linear.
STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)
NO_BRACKET = bytes(b for b in range(256) if b not in b"[]{}")
HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")


def parse(body: bytes, depth: int, what: str = "body") -> Any:
    """The value of a JSON text that nests at most ``depth`` deep; anything else is ``request.json``, told of ``what`` it is."""
    if not body.strip(b" \t\r\n"):
        raise problem("request.json", f"The {what} is empty; it must be a JSON object.")
    if too_deep(body, depth):
        raise problem("request.json", f"The JSON is nested more than {depth} levels deep.", limit=depth)
    try:
        value = _DECODER.decode(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise problem("request.json", f"The {what} is not UTF-8: byte {error.start} is out of place.") from None
    except json.JSONDecodeError as error:
        raise _broken(error, what) from None
    except RecursionError:
        raise problem("request.json", f"The JSON is nested more than {depth} levels deep.", limit=depth) from None
    except ValueError:
        raise problem("request.json", "The JSON holds an integer with too many digits.") from None
    if HALF_CHARACTER.search(body):
        _refuse_half_characters(value)
    return value


def too_deep(body: bytes, depth: int) -> bool:
    """Whether the brackets outside strings nest deeper than ``depth``: the innermost pairs are peeled off, a level a turn."""
    if body.count(b"[") + body.count(b"{") <= depth:
        return False
    brackets = STRING.sub(b"", body).translate(bytes.maketrans(b"{}", b"[]"), NO_BRACKET)
    if b"[" * (depth + 1) in brackets:
        return True
    for _ in range(depth):
        brackets = brackets.replace(b"[]", b"")
    return b"[" in brackets


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object, refused if a key stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise problem("request.duplicate_key", f"The key {twice[:80]!r} stands twice in one object.")
    return found


def _constant(word: str) -> NoReturn:
    """Refuse the tokens NaN, Infinity and -Infinity, which are no JSON."""
    raise problem("request.json", f'{word} is no JSON; write it as a string: "{word}".')


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


def _broken(error: json.JSONDecodeError, what: str) -> ProgramError:
    """The place where a text stops being JSON, in words."""
    sentence = f"The {what} is not JSON: {error.msg} (line {error.lineno}, column {error.colno})."
    return problem("request.json", sentence, line=error.lineno, column=error.colno)


def _refuse_half_characters(value: Any) -> None:
    """Refuse strings with one half of a surrogate pair, which no encoding can write."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise problem("request.json", "A string holds one half of a character (an unpaired surrogate).") from None
