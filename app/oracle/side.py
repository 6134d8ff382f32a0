"""Torch's side of the comparison: the value and the derivative of every node that we claim."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.autograd import forward_ad

from app.core.limits import Limits
from app.oracle.again import evaluated_again, seeds
from app.oracle.claims import Claim, Program, Question
from app.oracle.duals import dual, parts
from app.oracle.run import Evaluation, evaluate, words
from app.oracle.values import MISSING, Event


@dataclass(frozen=True, slots=True)
class Side:
    """Torch's primals and derivatives in the order of the claims.

    A primal is MISSING where torch evaluated nothing for a claim; a derivative is None where nothing flows. ``failure`` says
    why the evaluation stopped early, ``blind`` why there are no derivatives, ``left`` counts events that nobody claims.
    """

    primals: list[Any]
    derivatives: list[Any]
    failure: str | None
    blind: str | None
    left: int


def primal_side(program: Program, question: Question, claims: Sequence[Claim], device: str, limits: Limits) -> Side:
    """Torch's primals alone."""
    given = tensors(question.inputs, device)
    with torch.no_grad():
        run = evaluate(program.tree, given, question.outputs, device, limits, primals(claims))
    found, left = match(claims, given, run)
    with torch.no_grad():
        _derived(claims, question, found, run, leaves=False)
    return Side([canonical(v) for v in found], [None] * len(found), run.failure, None, left)


def reverse_side(program: Program, question: Question, claims: Sequence[Claim], device: str, limits: Limits) -> Side:
    """Torch's adjoints, by backward."""
    given = tensors(question.inputs, device)
    for name in question.wrt:
        if given[name].dtype == torch.float64:
            given[name].requires_grad_()
    run = evaluate(program.tree, given, question.outputs, device, limits, primals(claims))
    found, left = match(claims, given, run)
    blind = run.failure or _pull(run.outputs, question.seeds_reverse or ())
    again, results = _derived(claims, question, found, run, leaves=True)
    if pairs := seeds(results, again):
        torch.autograd.backward([value for value, _ in pairs], [bar for _, bar in pairs])
    bars = [_adjoint(again.get(claim.id, value)) for claim, value in zip(claims, found, strict=True)]
    return Side([canonical(v) for v in found], bars, run.failure, blind, left)


def _adjoint(value: Any) -> Any:
    """What has flowed into a tensor; None where nothing has."""
    return canonical(value.grad) if isinstance(value, torch.Tensor) and value.requires_grad and value.grad is not None else None


def _derived(
    claims: Sequence[Claim], question: Question, found: list[Any], run: Evaluation, *, leaves: bool
) -> tuple[dict[int, torch.Tensor], dict[int, list[torch.Tensor]]]:
    """Fill in what derivatives inside the program have recorded; their nodes, and their results with torch's own values."""
    results: dict[int, list[torch.Tensor]] = {}
    if run.failure is not None or not question.derived:
        return {}, results
    for nodes, derived in zip(question.derived, run.derived, strict=True):
        for node, value in zip(nodes, derived.values, strict=True):
            found[node] = value
            if derived.outermost:
                results.setdefault(node, []).append(value)
    again = evaluated_again(claims, found, leaves=leaves)
    for node, value in again.items():
        if found[node] is MISSING:
            found[node] = value
    return again, results


def _pull(outputs: list[torch.Tensor], seeds: Sequence[Any]) -> str | None:
    """Run backward from the seeded outputs; the reason in words where torch cannot."""
    pairs = [(y, seed) for y, seed in zip(outputs, seeds, strict=False) if seed is not None and y.requires_grad]
    try:
        if pairs:
            torch.autograd.backward([y for y, _ in pairs], [_like(seed, y) for y, seed in pairs])
    except (RuntimeError, NotImplementedError) as error:
        return words(error)
    return None


def forward_side(program: Program, question: Question, claims: Sequence[Claim], device: str, limits: Limits) -> Side:
    """Torch's tangents, by dual numbers; inputs without a seed have tangent 0."""
    plain, seeds = tensors(question.inputs, device), question.seeds_forward or {}
    if any(isinstance(node, ast.Attribute) and node.attr == "requires_grad" for node in ast.walk(program.tree)):
        for name in question.wrt:
            if plain[name].dtype == torch.float64:
                plain[name].requires_grad_()
    with forward_ad.dual_level():
        given = {name: _dual(x, seeds.get(name)) for name, x in plain.items()}
        run = evaluate(program.tree, given, question.outputs, device, limits, primals(claims))
        found, left = match(claims, given, run)
        again, _ = _derived(claims, question, found, run, leaves=False)
        dots = [_tangent(again.get(claim.id, value)) for claim, value in zip(claims, found, strict=True)]
        return Side([canonical(v) for v in found], dots, run.failure, None, left)


def _dual(x: torch.Tensor, seed: Any) -> torch.Tensor:
    """An input as a dual number."""
    if x.dtype != torch.float64:
        return x
    return dual(x, torch.zeros_like(x) if seed is None else _like(seed, x))


def _tangent(value: Any) -> Any:
    """The tangent of a value, None where it has none."""
    if not isinstance(value, torch.Tensor) or not value.is_floating_point():
        return None
    _, dot = parts(value)
    return None if dot is None else canonical(dot)


# ---------------------------------------------------------------- values


def tensors(inputs: Mapping[str, Any], device: str) -> dict[str, torch.Tensor]:
    """The inputs as tensors: float64, or bool."""
    return {name: _tensor(value, device) for name, value in inputs.items()}


def _tensor(value: Any, device: str) -> torch.Tensor:
    array = np.asarray(value)
    return torch.tensor(array if array.dtype == np.bool_ else array.astype(np.float64), device=device)


def _like(seed: Any, tensor: torch.Tensor) -> torch.Tensor:
    """A seed as a tensor of that shape; one number stands for all entries."""
    made = torch.tensor(np.asarray(seed, dtype=np.float64), device=tensor.device)
    return made.expand(tensor.shape).clone() if made.shape != tensor.shape else made


def canonical(value: Any) -> Any:
    """A tensor as a Python number where it has no dimension, otherwise as an array."""
    if not isinstance(value, torch.Tensor):
        return value
    return value.item() if value.dim() == 0 else value.detach().cpu().numpy()


# ---------------------------------------------------------------- matching


def match(claims: Sequence[Claim], given: Mapping[str, Any], run: Evaluation) -> tuple[list[Any], int]:
    """Torch's value for each claim, and how many events nobody claims. Events of one place in the text come in one order."""
    queues: dict[int, deque[Event]] = {}
    for event in run.events:
        queues.setdefault(id(event.site), deque()).append(event)
    events: dict[int, Event] = {}
    for claim in claims:
        if claim.kind == "op" and (queue := queues.get(id(claim.site))):
            events[claim.id] = queue.popleft()
    made: dict[int, deque[Any]] = {}
    for site, value in run.constants:
        made.setdefault(id(site), deque()).append(value)
    numbers = deque(run.numbers)
    found = [_found(claim, given, run, events, made, numbers) for claim in claims]
    return found, sum(len(queue) for queue in queues.values())


def primals(claims: Sequence[Claim]) -> dict[int, deque[Any]]:
    """Our primals of operations, by the syntax that made them."""
    queues: dict[int, deque[Any]] = {}
    for claim in claims:
        if claim.kind == "op":
            queues.setdefault(id(claim.site), deque()).append(claim.primal)
    return queues


def _found(
    claim: Claim, given: Mapping[str, Any], run: Evaluation, events: dict[int, Event], made: dict[int, deque[Any]], numbers: deque[Any]
) -> Any:
    """Torch's value for one claim; a constant is known by its place, its use, its name, or as an output."""
    if claim.kind == "input":
        return given.get(claim.name or "", MISSING)
    if claim.kind == "constant" and claim.work is not None:
        return torch.as_tensor(claim.primal)
    if claim.kind == "op":
        return events[claim.id].value if claim.id in events else MISSING
    if queue := made.get(id(claim.site)):
        return queue.popleft()
    if claim.consumer is not None and claim.consumer[0] in events:
        operands = events[claim.consumer[0]].operands
        return operands[claim.consumer[1]] if claim.consumer[1] < len(operands) else MISSING
    if claim.name in run.names:
        return run.names[claim.name]
    return numbers.popleft() if numbers else MISSING
