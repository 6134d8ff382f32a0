"""Our tensors as the library of pasted code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

import app.labs.autograd.operators  # noqa: F401  puts the operators on the class
from app.core.diagnostic import problem
from app.labs.autograd.binding import operation
from app.labs.autograd.functions import AUTOGRAD, FUNCTIONS, LINALG
from app.labs.autograd.methods import ATTRIBUTES, GradFn, assign, method
from app.labs.autograd.refusal import TorchError
from app.labs.autograd.results import Results
from app.labs.autograd.tensor import Dtype, Size, Tensor
from app.lang.eager import names
from app.lang.eager.numbers import ARRAY_ATTRIBUTES, MATH, NUMPY, array_attribute

LOSSES = {
    name: operation(name)
    for name in (
        "mse_loss",
        "l1_loss",
        "cross_entropy",
        "binary_cross_entropy",
        "huber_loss",
        "softplus",
        "elu",
        "gelu",
        "silu",
        "leaky_relu",
    )
}

GRAD_FN = frozenset({"name", "next_functions"})
RESULTS = frozenset({"values", "indices"})
SIZE = frozenset({"numel", "index", "count"})


class Ours:
    """torch's names, with our tensors behind them."""

    modules: Mapping[str, Mapping[str, Any]] = {
        "torch": {name: FUNCTIONS[name] for name in names.FUNCTIONS},
        "torch.autograd": AUTOGRAD,
        "torch.linalg": {name: LINALG[name] for name in names.LINALG},
        "torch.nn": {},
        "torch.nn.functional": {name: (LOSSES.get(name) or FUNCTIONS[name]) for name in names.FUNCTIONAL},
        "numpy": NUMPY,
        "math": MATH,
    }

    def attribute(self, value: Any, name: str) -> Any:
        """An attribute or a method."""
        if isinstance(value, Tensor):
            if name in names.ATTRIBUTES:
                return ATTRIBUTES[name](value)
            if name in names.METHODS:
                return method(value, name)
        if isinstance(value, GradFn) and name in GRAD_FN:
            return getattr(value, name)
        if isinstance(value, Results) and name in RESULTS:
            return getattr(value, name)
        if isinstance(value, Size) and name in SIZE:
            return getattr(value, name)
        if isinstance(value, (np.ndarray, np.generic)) and name in ARRAY_ATTRIBUTES:
            return array_attribute(value, name)
        kind = "Tensor" if isinstance(value, Tensor) else type(value).__name__
        raise TorchError("AttributeError", f"'{kind}' object has no attribute '{name}'")

    def assign(self, value: Any, name: str, new: Any) -> None:
        """Set an attribute of a tensor."""
        if not isinstance(value, Tensor):
            raise TorchError("AttributeError", f"'{type(value).__name__}' object has no attribute '{name}'")
        assign(value, name, new)

    def shown(self, value: Any) -> str:
        """What print shows."""
        if isinstance(value, (Tensor, Results)):
            return value.text()
        return (
            repr(value)
            if isinstance(value, (Size, Dtype, GradFn))
            else str(value)
            if isinstance(value, (np.ndarray, np.generic, np.dtype))
            else repr(type(value))
        )

    def is_tensor(self, value: Any) -> bool:
        """Whether it is one of our tensors."""
        return isinstance(value, Tensor)

    def filled(self, value: Any, given: Any) -> None:
        """Put given numbers into a new tensor."""
        numbers = np.asarray(given)
        if numbers.shape != value.data.shape:
            said = f"The given values have shape {list(numbers.shape)}, the tensor has {list(value.data.shape)}."
            raise problem("input.invalid", said)
        value.data[...] = numbers.astype(value.dtype)

    def size(self, value: Any) -> int:
        """How many elements it has."""
        return int(value.data.size) if isinstance(value, Tensor) else int(getattr(value, "size", 1))

    def array(self, value: Any) -> Any:
        """The numbers of a tensor."""
        return value.data

    def noted(self, value: Any, work: int) -> None:
        """Nothing: our sweeps pay as they go."""

    def debt(self, value: Any) -> int:
        """Likewise."""
        return 0
