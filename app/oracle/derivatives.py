"""grad, jvp, vjp, jacobian and hessian of a program, by torch's own autograd over a graph that is kept, so that they nest."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch

from app.oracle.arguments import Arguments, static
from app.oracle.values import Derived, Function, Listed, Transformed, UnableError
from app.oracle.walker import Walker

Values = list[Any]
Names = dict[str, Any]
Call = Callable[[ast.Call, Any, Values, Names], Any]
"""Calls a function of the program."""
Places = tuple[int, ...]


class Derivation:
    """One derivative: where it stands, and how functions of the program are called."""

    def __init__(self, walker: Walker, site: ast.Call, call: Call) -> None:
        self.walker, self.site, self.call = walker, site, call

    @contextmanager
    def inside(self) -> Iterator[None]:
        """A graph is kept meanwhile, whatever the program says around."""
        self.walker.inside += 1
        with torch.enable_grad():
            yield
        self.walker.inside -= 1

    def evaluated(self, target: Any, values: Values, names: Names, places: Sequence[int]) -> tuple[Any, list[torch.Tensor]]:
        """What the function returns, and the tensors that stand for its arguments alone."""
        values = list(values)
        fresh = []
        for place in places:
            x = self.walker.tensor(values[place])
            x = x.view_as(x)
            values[place] = x if x.requires_grad else x.requires_grad_()
            fresh.append(values[place])
        return self.call(self.site, target, values, names), fresh

    def noted(self, found: Sequence[torch.Tensor]) -> list[torch.Tensor]:
        """The results as tensors of their own, so that what flows into them from outside can be told apart."""
        made = [x.view_as(x) if torch.is_grad_enabled() else x.clone() for x in found]
        for x in made:
            if x.requires_grad:
                x.retain_grad()
        self.walker.derived.append(Derived(self.site, tuple(made), outermost=self.walker.inside == 0))
        return made


def partials(y: Any, xs: Sequence[torch.Tensor], cotangent: torch.Tensor | None = None) -> list[torch.Tensor]:
    """The adjoints of ``xs``, differentiable again; zeros where nothing flows."""
    if not isinstance(y, torch.Tensor) or not y.requires_grad:
        return [torch.zeros_like(x) for x in xs]
    found = torch.autograd.grad(y, list(xs), cotangent, create_graph=True, allow_unused=True)
    return [torch.zeros_like(x) if g is None else g for x, g in zip(xs, found, strict=True)]


def _grad(d: Derivation, target: Any, values: Values, names: Names, places: Places) -> list[torch.Tensor]:
    y, xs = d.evaluated(target, values, names, places)
    return partials(y, xs)


def _jacobian(d: Derivation, target: Any, values: Values, names: Names, places: Places) -> list[torch.Tensor]:
    y, xs = d.evaluated(target, values, names, places)
    y = d.walker.tensor(y)
    rows = [partials(entry, xs) for entry in y.reshape(-1)] if y.dim() else [partials(y, xs)]
    columns = zip(*rows, strict=True) if rows else ((),) * len(xs)
    return [
        torch.stack(list(blocks)).reshape((*y.shape, *x.shape)) if rows else y.new_zeros((*y.shape, *x.shape))
        for x, blocks in zip(xs, columns, strict=True)
    ]


def _hessian(d: Derivation, target: Any, values: Values, names: Names, places: Places) -> list[torch.Tensor]:
    return _jacobian(d, transformed(d.walker, d.call, _grad, target, places), values, names, places)


def transformed(walker: Walker, call: Call, derive: Any, target: Any, places: Places | int) -> Transformed:
    """The function that grad(f) and its like stand for."""
    chosen = places if isinstance(places, tuple) else (places,)

    def called(site: ast.Call, values: Values, names: Names) -> Any:
        d = Derivation(walker, site, call)
        with d.inside():
            found = derive(d, target, values, names, tuple(place % len(values) for place in chosen))
        found = d.noted(found)
        return tuple(found) if isinstance(places, tuple) and len(found) > 1 else found[0]

    return Transformed(called)


# ---------------------------------------------------------------- what a program calls


def _of_a_function(derive: Any) -> Any:
    def function(walker: Walker, node: ast.Call, given: Arguments, call: Call) -> Transformed:
        places = given.places[1] if len(given.places) > 1 else given.names.get("argnums", 0)
        return transformed(walker, call, derive, _callee(given.places[0]), static(places))

    return function


def _callee(value: Any) -> Any:
    if not isinstance(value, (Function, Transformed)):
        raise UnableError("torch needs a function here")
    return value


def _several(value: Any) -> list[Any]:
    return list(value.items) if isinstance(value, Listed) else list(value) if isinstance(value, tuple) else [value]


def _jvp(walker: Walker, node: ast.Call, given: Arguments, call: Call) -> Any:
    """The pair of result and tangent: J v is the derivative of w ↦ wᵀ J v."""
    d = Derivation(walker, node, call)
    primals, tangents = _several(given.places[1]), _several(given.places[2])
    with d.inside():
        returned, xs = d.evaluated(_callee(given.places[0]), primals, {}, range(len(primals)))
        ys = [walker.tensor(y) for y in _several(returned)]
        dots = [walker.tensor(v).expand_as(x) for v, x in zip(tangents, xs, strict=True)]
        pushed = [_pushed(y, xs, dots) for y in ys]
    found = d.noted([*ys, *pushed])
    count = len(ys)
    return (tuple(found[:count]), tuple(found[count:])) if isinstance(returned, tuple) else (found[0], found[1])


def _pushed(y: torch.Tensor, xs: Sequence[torch.Tensor], dots: Sequence[torch.Tensor]) -> torch.Tensor:
    cotangent = torch.zeros_like(y, requires_grad=True)
    total = torch.zeros_like(y)
    for row, dot in zip(partials(y, xs, cotangent), dots, strict=True):
        if row.requires_grad:
            (part,) = torch.autograd.grad(row, cotangent, dot, create_graph=True, allow_unused=True)
            total = total if part is None else total + part
    return total


def _vjp(walker: Walker, node: ast.Call, given: Arguments, call: Call) -> Any:
    d = Derivation(walker, node, call)
    with d.inside():
        returned, xs = d.evaluated(_callee(given.places[0]), given.places[1:], {}, range(len(given.places) - 1))
    ys = [walker.tensor(y) for y in _several(returned)]
    shown = d.noted(ys)

    def pull(site: ast.Call, values: Values, names: Names) -> tuple[torch.Tensor, ...]:
        here = Derivation(walker, site, call)
        bars = _several(values[0]) if len(values) == 1 else values
        with here.inside():
            rows = [partials(y, xs, walker.tensor(bar).expand_as(y)) for y, bar in zip(ys, bars, strict=True)]
            totals = [torch.stack(list(parts)).sum(0) if len(parts) > 1 else parts[0] for parts in zip(*rows, strict=True)]
        return tuple(here.noted(totals))

    return tuple(shown) if isinstance(returned, tuple) else shown[0], Transformed(pull)


DERIVATIVES: dict[str, Callable[[Walker, ast.Call, Arguments, Call], Any]] = {
    "grad": _of_a_function(_grad),
    "jacobian": _of_a_function(_jacobian),
    "jacrev": _of_a_function(_jacobian),
    "jacfwd": _of_a_function(_jacobian),
    "hessian": _of_a_function(_hessian),
    "jvp": _jvp,
    "vjp": _vjp,
}
"""Derivatives inside programs, by name."""
