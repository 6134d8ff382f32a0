"""The calls grad(f), jacobian(f), hessian(f), jvp(f, (x,), (v,)) and vjp(f, x) of a program."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from app.lang.binding import Argument, Arguments
from app.lang.compiler import Closure, Compiler
from app.lang.derivatives import transforms
from app.lang.derivatives.derivation import Callee, Derivation
from app.lang.operands import integral, static
from app.lang.values import NOTHING, Frame, Function, Sequence, Transformed, described

Special = Callable[[Compiler, ast.Call, Arguments], Closure]


def _of_a_function(name: str, derive: Any) -> Special:
    """A function of the program in, a function out; ``argnums`` says by which argument, or by which ones."""

    def special(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
        function, *more = arguments.positional or [(lambda frame: NOTHING, node)]
        places = more[0] if more else arguments.keywords.get("argnums")
        if not arguments.positional or len(more) > 1 or arguments.keywords.keys() - {"argnums"}:
            raise c.recorder.fail(
                "call.arguments", f"{name} takes a function.", node, f"It is {name}(f)(x), or {name}(f, argnums=1)(x, y)."
            )

        def run(frame: Frame) -> Transformed:
            return transforms.transformed(c, name, derive, _callee(c, name, function, frame), _places(c, places, frame))

        return run

    return special


def _places(c: Compiler, given: Argument | None, frame: Frame) -> transforms.Places | int:
    """A whole number or several."""
    if given is None:
        return 0
    value = integral(static(c.recorder, given[0](frame), given[1]))
    several = value if isinstance(value, tuple) else (value,)
    if not several or not all(type(place) is int for place in several) or len(set(several)) < len(several):
        raise c.recorder.fail("type.mismatch", "argnums is the place of an argument, or a tuple of different places.", given[1])
    return value  # type: ignore[no-any-return]  # an int or a tuple of them


def _callee(c: Compiler, name: str, function: Argument, frame: Frame) -> Callee:
    """The function to differentiate."""
    value = function[0](frame)
    if isinstance(value, (Function, Transformed)):
        return value
    hint = f"Define one with def, or write {name}(lambda x: …)."
    raise c.recorder.fail("call.arguments", f"{name} takes a function of the program, not {described(value)}.", function[1], hint)


def jvp(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """jvp(f, (x,), (v,)): the pair of result and tangent."""
    if len(arguments.positional) != 3 or arguments.keywords:
        raise c.recorder.fail(
            "call.arguments", "jvp takes a function, its arguments, and their tangents.", node, "It is jvp(f, (x,), (v,))."
        )
    function, primals, tangents = arguments.positional

    def run(frame: Frame) -> tuple[Any, Any]:
        target = _callee(c, "jvp", function, frame)
        return transforms.jvp(Derivation(c, node), target, _several(primals, frame), _several(tangents, frame))

    return run


def _several(argument: Argument, frame: Frame) -> list[Any]:
    """The items of a tuple or list; anything else is one value."""
    value = argument[0](frame)
    if isinstance(value, Sequence):
        return value.items
    return list(value) if isinstance(value, tuple) else [value]


def vjp(c: Compiler, node: ast.Call, arguments: Arguments) -> Closure:
    """vjp(f, x): the result, and the function that pulls cotangents back."""
    if not arguments.positional or arguments.keywords:
        raise c.recorder.fail("call.arguments", "vjp takes a function and its arguments.", node, "It is y, pull = vjp(f, x), then pull(v).")
    function, *primals = arguments.positional

    def run(frame: Frame) -> tuple[Any, Transformed]:
        target = _callee(c, "vjp", function, frame)
        return transforms.vjp(Derivation(c, node), target, [closure(frame) for closure, _ in primals])

    return run


DERIVATIVES: dict[str, Special] = {
    "grad": _of_a_function("grad", transforms.grad),
    "jacobian": _of_a_function("jacobian", transforms.jacobian),
    "jacrev": _of_a_function("jacrev", transforms.jacobian_by_rows),
    "jacfwd": _of_a_function("jacfwd", transforms.jacobian_by_columns),
    "hessian": _of_a_function("hessian", transforms.hessian),
    "jvp": jvp,
    "vjp": vjp,
}
"""Under torch.func's names; jacobian chooses the mode that takes fewer sweeps."""
