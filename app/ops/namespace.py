"""What namespaces ``o`` of rules share: values that are no numbers are computed with by operations of their namespace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from app.ops.numeric import bound
from app.ops.op import NO_ATTRIBUTES, Op
from app.ops.table import OPS, SPELLINGS


class Operated:
    """A value whose operators are operations of its namespace ``o``; it has a shape."""

    __slots__ = ()
    __array_ufunc__ = None
    """Numpy's arrays leave operators to it."""
    o: Any
    shape: Any

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return len(self.shape)

    def __add__(self, other: Any) -> Any:
        return self.o.add(self, other)

    def __radd__(self, other: Any) -> Any:
        return self.o.add(other, self)

    def __sub__(self, other: Any) -> Any:
        return self.o.sub(self, other)

    def __rsub__(self, other: Any) -> Any:
        return self.o.sub(other, self)

    def __mul__(self, other: Any) -> Any:
        return self.o.mul(self, other)

    def __rmul__(self, other: Any) -> Any:
        return self.o.mul(other, self)

    def __truediv__(self, other: Any) -> Any:
        return self.o.div(self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self.o.div(other, self)

    def __pow__(self, other: Any) -> Any:
        return self.o.pow(self, other)

    def __matmul__(self, other: Any) -> Any:
        return self.o.matmul(self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return self.o.matmul(other, self)

    def __neg__(self) -> Any:
        return self.o.neg(self)


class Opaque(Operated):
    """One that rules can compute with, but neither read as a number nor branch on."""

    __slots__ = ()
    called: ClassVar[str]
    """What it is, for whoever writes a rule that looks into it."""

    def __array__(self, *args: object, **keywords: object) -> np.ndarray:
        raise TypeError(f"a rule has read {self.called} as a number")

    def __bool__(self) -> bool:
        raise TypeError(f"a rule has branched on {self.called}")


class Namespace:
    """Every operation of the table by its name or another spelling, carried out by ``apply`` and kept for the next time."""

    plain: ClassVar[bool] = False

    def __getattr__(self, name: str) -> Callable[..., Any]:
        op = OPS.get(name) or SPELLINGS.get(name)
        if op is None:
            raise AttributeError(name)

        def function(*args: Any, **keywords: Any) -> Any:
            return self.apply(op, *bound(op, args, keywords))

        self.__dict__[name] = function
        return function

    def apply(self, op: Op, inputs: Sequence[Any], attributes: Mapping[str, Any] = NO_ATTRIBUTES) -> Any:
        """One operation; a tuple where it has several results."""
        raise NotImplementedError
