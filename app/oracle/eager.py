"""torch itself as the library of pasted code: the same walk, over torch's tensors; nothing but listed names is reached."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812  everybody calls it F

from app.core.diagnostic import Diagnostic, ProgramError
from app.core.limits import Limits
from app.lang.eager import names
from app.lang.eager.budget import NODE, too_many_nodes
from app.lang.eager.builtins import TooLargeError
from app.lang.eager.check import checked
from app.lang.eager.interpreter import Interpreter
from app.lang.eager.numbers import ARRAY_ATTRIBUTES, MATH, NUMPY, array_attribute
from app.lang.eager.outcome import Outcome

MANY = 10_000
"""Nodes that are too deep to be freed at once, perhaps."""
RESULTS = frozenset({"values", "indices"})
GRAD_FN = frozenset({"name", "next_functions"})


def _legacy(*args: Any, **keywords: Any) -> Any:
    """torch.Tensor(5, 3), as zeros: what stands in memory is nobody's business."""
    made = torch.Tensor(*args, **keywords)
    return made.zero_() if len(args) != 1 or isinstance(args[0], (int, np.integer, torch.Size)) else made


def _float(*args: Any, **keywords: Any) -> Any:
    """torch.FloatTensor, likewise."""
    return _legacy(*args, **keywords)


INSTEAD: Mapping[str, Callable[..., Any]] = {"empty": torch.zeros, "Tensor": _legacy, "FloatTensor": _float}
"""What stands for functions whose results hold whatever was in memory before."""


class Torch:
    """torch's names, with torch behind them."""

    def __init__(self, limits: Limits) -> None:
        own: dict[str, Any] = {name: getattr(torch, name) for name in names.FUNCTIONS}
        own.update(INSTEAD)
        self.modules: Mapping[str, Mapping[str, Any]] = {
            "torch": own,
            "torch.autograd": {name: getattr(torch.autograd, name) for name in names.AUTOGRAD},
            "torch.linalg": {name: getattr(torch.linalg, name) for name in names.LINALG},
            "torch.nn": {},
            "torch.nn.functional": {name: getattr(F, name) for name in names.FUNCTIONAL},
            "numpy": NUMPY,
            "math": MATH,
        }
        self.limit, self.most_nodes = limits.elements, limits.nodes
        self.costs: dict[Any, int] = {}

    def attribute(self, value: Any, name: str) -> Any:
        """An attribute or a method, if it is listed."""
        if isinstance(value, torch.Tensor):
            if name in names.ATTRIBUTES | names.METHODS:
                if value.numel() > self.limit:
                    raise TooLargeError(f"a tensor would have more than {self.limit:,} elements")
                return "cpu" if name == "device" else getattr(value, name)
            raise AttributeError(f"'Tensor' object has no attribute '{name}'")
        if name in RESULTS and isinstance(value, tuple) and type(value).__module__ == "torch.return_types":
            return getattr(value, name)
        if isinstance(value, torch.Size) and name in ("numel", "index", "count"):
            return getattr(value, name)
        if isinstance(value, (np.ndarray, np.generic)) and name in ARRAY_ATTRIBUTES:
            return array_attribute(value, name)
        if name in GRAD_FN and type(value).__module__ in ("torch.autograd", "builtins", "torch") and hasattr(value, "next_functions"):
            return getattr(value, name)
        raise AttributeError(f"'{type(value).__name__}' object has no attribute '{name}'")

    def assign(self, value: Any, name: str, new: Any) -> None:
        """Set an attribute of a tensor, if it is listed."""
        if not isinstance(value, torch.Tensor) or name not in names.ASSIGNED:
            raise AttributeError(f"'{type(value).__name__}' object has no attribute '{name}'")
        setattr(value, name, new)

    def shown(self, value: Any) -> str:
        """What print shows."""
        return str(value)

    def is_tensor(self, value: Any) -> bool:
        """Whether it is a tensor of torch."""
        return isinstance(value, torch.Tensor)

    def size(self, value: Any) -> int:
        """How many elements it has."""
        return value.numel() if isinstance(value, torch.Tensor) else 1

    def array(self, value: Any) -> Any:
        """The numbers of a tensor."""
        return value.detach().numpy()

    def noted(self, value: Any, work: int) -> None:
        """Keep the nodes of torch's graph with what they cost; sweeps cost about twice that."""
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, torch.Tensor) and one.grad_fn is not None:
                self.costs.setdefault(one.grad_fn, 2 * work)
        self.bounded()

    def debt(self, value: Any) -> int:
        """The work of all nodes that a sweep goes through."""
        outputs = value if isinstance(value, (tuple, list)) else (value,)
        stack = [one.grad_fn for one in outputs if isinstance(one, torch.Tensor) and one.grad_fn is not None]
        seen, total = set(stack), 0
        while stack:
            node = stack.pop()
            total += self.costs.setdefault(node, 1) + NODE
            self.bounded()
            fresh = {after for after, _ in node.next_functions if after is not None} - seen
            seen |= fresh
            stack += fresh
        return total

    def bounded(self) -> None:
        """Refuse graphs that grow too large."""
        if len(self.costs) > self.most_nodes:
            raise too_many_nodes(self.most_nodes)

    def release(self) -> None:
        """Let go of the graphs, the latest node first: torch frees a node that Python has seen with all below it, as deep as they go."""
        nodes = sorted(self.costs, key=lambda node: node._sequence_nr())  # noqa: SLF001  torch has no other name for it
        self.costs.clear()
        for leaf in [node.variable for node in nodes if hasattr(node, "variable")]:
            leaf.grad = None  # with a graph of its own it would hold itself
        while nodes:
            nodes.pop()

    def filled(self, value: Any, given: Any) -> None:
        """Put given numbers into a new tensor."""
        with torch.no_grad():
            value.copy_(torch.as_tensor(np.asarray(given)).to(value.dtype))


class TorchDraws:
    """Random numbers as torch draws them after ``manual_seed``."""

    def __init__(self, seed: int) -> None:
        self.generator = torch.Generator()
        self.seeded(seed)

    def seeded(self, seed: int) -> None:
        """Begin anew."""
        self.generator.manual_seed(seed)

    def uniform(self, shape: tuple[int, ...], low: float, high: float) -> Any:
        """Evenly spread numbers, float32."""
        return torch.empty(shape).uniform_(low, high, generator=self.generator).numpy()

    def normal(self, shape: tuple[int, ...]) -> Any:
        """Standard normal numbers, float32."""
        return torch.randn(shape, generator=self.generator).numpy()


def evaluate(source: str, limits: Limits, seed: int, given: Mapping[str, Any]) -> Outcome:
    """Walk a program over torch's own tensors: what torch prints, and the exception that it ends with."""
    tree, _ = checked(source, limits)
    library = Torch(limits)
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float32)
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    try:
        with warnings.catch_warnings(), torch.enable_grad():
            warnings.simplefilter("ignore")
            found = _outcome(Interpreter(tree, source, library, limits, given=given))
    finally:
        torch.set_grad_enabled(True)
        torch.set_default_dtype(before)
        if len(library.costs) > MANY:
            gc.collect()  # functions in functions may hold tensors in a circle
        library.release()
    if isinstance(found, Diagnostic):
        raise ProgramError(found)
    return found


def _outcome(walk: Interpreter) -> Outcome | Diagnostic:
    """How a run ends; no tensor of it is held by any name, or by the frames of an exception."""
    try:
        found = walk.run()
    except ProgramError as error:
        return error.diagnostic
    finally:
        walk.globals.clear()
    return Outcome(found.printed, failure=found.failure)
