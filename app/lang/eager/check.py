"""The syntax of pasted code: what is walked, and what is refused with its place."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable

from app.core.diagnostic import ProgramError, problem
from app.core.limits import Limits
from app.core.span import Span
from app.lang.eager.library import KNOWN_MODULES, SKIPPED_MODULES

ALLOWED: frozenset[type[ast.AST]] = frozenset(
    {
        ast.Module, ast.Import, ast.ImportFrom, ast.alias, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.If, ast.For, ast.While,
        ast.Break, ast.Continue, ast.Pass, ast.With, ast.withitem, ast.FunctionDef, ast.Return, ast.arguments, ast.arg, ast.Lambda,
        ast.Name, ast.Load, ast.Store, ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Attribute, ast.Subscript, ast.Slice, ast.Call,
        ast.keyword, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.JoinedStr, ast.FormattedValue, ast.ListComp,
        ast.comprehension, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult, ast.UAdd, ast.USub, ast.Not,
        ast.Invert, ast.And, ast.Or, ast.BitAnd, ast.BitOr, ast.BitXor, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Is,
        ast.IsNot, ast.In, ast.NotIn, ast.Del, ast.Delete, ast.Assert,
    }
)  # fmt: skip

WORDS: dict[type[ast.AST], str] = {
    ast.ClassDef: "Classes", ast.Try: "try", ast.Global: "global", ast.Nonlocal: "nonlocal", ast.Yield: "yield", ast.Await: "await",
    ast.NamedExpr: ":=", ast.Starred: "A star", ast.Raise: "raise", ast.GeneratorExp: "A generator", ast.Set: "A set",
    ast.DictComp: "A comprehension of a dict", ast.SetComp: "A comprehension of a set", ast.AsyncFunctionDef: "async",
}  # fmt: skip

Spans = Callable[[ast.AST], Span | None]


def checked(source: str, limits: Limits) -> tuple[ast.Module, list[str]]:
    """The tree of a program, and the modules whose imports are skipped; raises ProgramError at the first thing that is not walked."""
    if len(source.encode("utf-8", "surrogatepass")) > limits.source_bytes:
        size = len(source.encode("utf-8", "surrogatepass"))
        raise problem("source.too_long", f"The source has {size:,} bytes; the limit here is {limits.source_bytes:,}.")
    tree = _parsed(source)
    nodes = _bounded(tree, limits)
    skipped: list[str] = []
    for node in nodes:
        if type(node) not in ALLOWED:
            raise _refused(node, source)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            skipped += _imports(node, source)
        _names(node, source)
    return tree, skipped


def span_of(node: ast.AST, source: str) -> Span | None:
    """Where a node stands: lines from 1, columns in UTF-16 units."""
    if not hasattr(node, "lineno"):
        return None
    lines = source.split("\n")

    def column(line: int, offset: int) -> int:
        text = lines[line - 1].encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore")
        return len(text.encode("utf-16-le", "surrogatepass")) // 2

    return Span(node.lineno, column(node.lineno, node.col_offset), node.end_lineno, column(node.end_lineno, node.end_col_offset))  # type: ignore[attr-defined]  # has a place


def _parsed(source: str) -> ast.Module:
    if "\0" in source:
        raise problem("source.syntax", "The program holds a character that cannot be read.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except SyntaxError as error:
            line, column = error.lineno or 1, max(0, (error.offset or 1) - 1)
            place = Span(line, column, line, column + 1)
            raise problem(
                "source.syntax", f"Python cannot read line {line}.", place, "Check brackets, quotes, colons and indentation."
            ) from None
        except (MemoryError, RecursionError, ValueError):
            raise problem("source.too_deep", "The program is nested too deeply.") from None


def _bounded(tree: ast.Module, limits: Limits) -> list[ast.AST]:
    """Every node, in no order that matters; no recursion, so that depth is only a number."""
    found: list[ast.AST] = []
    stack: list[tuple[ast.AST, int]] = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        found.append(node)
        if depth > limits.nesting or len(found) > limits.syntax_nodes:
            raise problem("source.too_deep", "The program is too long, or nested too deeply.")
        stack += [(child, depth + 1) for child in ast.iter_child_nodes(node)]
    return sorted(found, key=lambda node: (getattr(node, "lineno", 0), getattr(node, "col_offset", 0)))


def _refused(node: ast.AST, source: str) -> ProgramError:
    words = WORDS.get(type(node), type(node).__name__)
    return problem(
        "syntax.unsupported", f"{words} cannot be followed here.", span_of(node, source), "Write it out with assignments, loops and def."
    )


def _imports(node: ast.Import | ast.ImportFrom, source: str) -> list[str]:
    """The modules of an import that are skipped; others must be known."""
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    if isinstance(node, ast.ImportFrom) and node.level:
        names = [""]
    skipped = [name for name in names if name.split(".")[0] in SKIPPED_MODULES]
    for name in names:
        if name not in KNOWN_MODULES and name not in skipped:
            said = f"There is no {name} here: torch, numpy and math are, and matplotlib and IPython are skipped."
            raise problem("syntax.import", said, span_of(node, source), "Delete the line, and what uses it.")
    return skipped


def _names(node: ast.AST, source: str) -> None:
    """Names with two underscores are Python's inside, and stay there."""
    name = _name_of(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, (bytes, complex)):
        words = "Bytes" if isinstance(node.value, bytes) else "Complex numbers"
        raise problem("syntax.unsupported", f"{words} cannot be followed here.", span_of(node, source))
    if (name is not None and name.startswith("_") and name not in ("_", "_version")) or (name or "").startswith("__"):
        raise problem("name.attribute", f"{name} is private to Python and cannot be used.", span_of(node, source))
    if isinstance(node, ast.keyword) and node.arg is None:
        raise problem("syntax.unsupported", "** does not take options apart here.", span_of(node, source))
    if isinstance(node, ast.arguments) and (node.vararg or node.kwarg):
        raise problem(
            "syntax.unsupported", "Parameters with a star cannot be followed here.", span_of(node.vararg or node.kwarg or node, source)
        )
    if isinstance(node, ast.FunctionDef) and any(not _is_switch(one) for one in node.decorator_list):
        raise problem(
            "syntax.unsupported", "Only torch.no_grad() and torch.enable_grad() can stand before a function.", span_of(node, source)
        )


def _is_switch(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("no_grad", "enable_grad")


def _name_of(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.keyword(arg=name):
            return name
    return None
