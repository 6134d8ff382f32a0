"""A fix, applied to the text as an editor would."""

from app.core.diagnostic import Fix


def lines_of(source: str) -> list[str]:
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def offset(lines: list[str], line: int, column: int) -> int:
    """The place of a UTF-16 column in the joined lines."""
    before = lines[line - 1].encode("utf-16-le", "surrogatepass")[: 2 * column].decode("utf-16-le", "surrogatepass")
    return sum(len(earlier) + 1 for earlier in lines[: line - 1]) + len(before)


def applied(source: str, fix: Fix) -> str:
    lines = lines_of(source)
    text = "\n".join(lines)
    assert fix.span is not None
    assert fix.replacement is not None
    start = offset(lines, fix.span.line, fix.span.column)
    end = offset(lines, fix.span.end_line, fix.span.end_column)
    return text[:start] + fix.replacement + text[end:]
