"""What pasted code computes with: the names of torch, numpy and math, and what may be asked of their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class Library(Protocol):
    """The values behind ``torch.…``; python's operators work on its tensors."""

    @property
    def modules(self) -> Mapping[str, Mapping[str, Any]]:
        """By the module's name (torch, torch.autograd, numpy …) what its names stand for."""

    def attribute(self, value: Any, name: str) -> Any:
        """An attribute, or a method ready to be called; raises AttributeError for what is not there or not allowed."""

    def assign(self, value: Any, name: str, new: Any) -> None:
        """Set an attribute."""

    def shown(self, value: Any) -> str:
        """What ``print`` shows of a value."""

    def is_tensor(self, value: Any) -> bool:
        """Whether a value is a tensor."""

    def filled(self, value: Any, given: Any) -> None:
        """Put given numbers into a tensor, in the place of those that were drawn."""

    def size(self, value: Any) -> int:
        """How many elements a value has."""

    def array(self, value: Any) -> Any:
        """The numbers of a tensor, as an array."""

    def noted(self, value: Any, work: int) -> None:
        """Keep in mind what a value cost, if sweeps back from it are to be paid for."""

    def debt(self, value: Any) -> int:
        """Element operations of a sweep back from a value, unless the library counts them itself."""


@dataclass(frozen=True, slots=True)
class Module:
    """torch, torch.nn.functional, np …: a prefix of names."""

    name: str


METHODS: Mapping[type, frozenset[str]] = {
    list: frozenset({"append", "pop", "reverse"}),
    str: frozenset({"upper", "lower", "strip"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    tuple: frozenset({"index", "count"}),
}
"""What may be asked of Python's own values."""

ALIASES = {"numpy": "np"}
STANDARD = {"torch": "torch", "F": "torch.nn.functional", "np": "numpy", "numpy": "numpy", "math": "math", "nn": "torch.nn"}
"""Names that mean a module without an import."""

KNOWN_MODULES = frozenset(
    {"torch", "torch.autograd", "torch.nn", "torch.nn.functional", "torch.linalg", "numpy", "math", "torch.func", "torch.special"}
)
SKIPPED_MODULES = frozenset({"matplotlib", "IPython", "pylab", "seaborn", "plotly", "torchviz", "graphviz"})
"""Pictures and notebooks: named in the answer, and left out."""
