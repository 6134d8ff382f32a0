"""One evaluation of a program in torch, as far as it goes: events, names, outputs."""

from __future__ import annotations

import ast
import contextlib
import sys
import warnings
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from app.core.limits import Limits
from app.oracle.statements import run as run_statements
from app.oracle.values import MISSING, Derived, Event, Frame, UnableError, is_plain
from app.oracle.walker import Walker

RECURSION = 20_000


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What torch made of a program; ``failure`` says in words why it stopped early, if it did.

    ``derived`` is what derivatives inside the program gave.
    ``constants`` are the arrays made without an operation, ``numbers`` the outputs that are plain numbers.
    """

    events: list[Event]
    names: Frame
    outputs: list[torch.Tensor]
    constants: list[tuple[ast.AST, Any]]
    numbers: list[Any]
    failure: str | None
    derived: list[Derived] = field(default_factory=list)


@contextlib.contextmanager
def settings() -> Iterator[None]:
    """float64 by default, one thread, no warnings, room for deep expressions; the default is put back afterwards."""
    torch.set_num_threads(1)
    before = torch.get_default_dtype()
    sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION))
    torch.set_default_dtype(torch.float64)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        torch.set_default_dtype(before)


def evaluate(
    tree: ast.Module,
    given: Mapping[str, torch.Tensor],
    outputs: Sequence[str] | None,
    device: str,
    limits: Limits,
    ours: Mapping[int, deque[Any]] | None = None,
) -> Evaluation:
    """Walk a program on tensors; what torch refuses ends the walk with words."""
    walker = Walker(dict(given), device, limits, ours)
    values: list[Any] = []
    made: list[torch.Tensor] = []
    failure = None
    try:
        run_statements(walker, tree.body, walker.globals)
        values = _outputs(walker, tree, outputs)
        made = [walker.tensor(value) for value in values]
    except UnableError as error:
        failure = str(error)
    except (RuntimeError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError) as error:
        failure = words(error)
    return Evaluation(walker.events, walker.globals, made, walker.constants, [v for v in values if is_plain(v)], failure, walker.derived)


def words(error: Exception) -> str:
    """Torch's own complaint, in one line."""
    first = str(error).strip().split("\n", 1)[0]
    return f"torch refuses: {first[:200]}" if first else f"torch refuses ({type(error).__name__})"


def _outputs(walker: Walker, tree: ast.Module, outputs: Sequence[str] | None) -> list[Any]:
    """The values of the outputs: those named, of the last statement, or of the last name assigned."""
    frame, last = walker.globals, tree.body[-1]
    if outputs is not None:
        return [frame[name] for name in outputs]
    if isinstance(last, ast.Expr) and walker.last is not MISSING:
        return list(walker.last) if isinstance(walker.last, tuple) else [walker.last]
    names = _assigned(last) or [walker.bound or ""]
    values = [frame[name] for name in names]
    return [part for value in values for part in (value if isinstance(value, tuple) else (value,))]


def _assigned(last: ast.stmt) -> list[str]:
    """The names that a last assignment binds."""
    if isinstance(last, ast.AugAssign):
        return _names(last.target)
    return _names(last.targets[-1]) if isinstance(last, ast.Assign) else []


def _names(target: ast.expr) -> list[str]:
    if isinstance(target, (ast.Tuple, ast.List)):
        return [name for part in target.elts for name in _names(part)]
    return [target.id] if isinstance(target, ast.Name) else []
