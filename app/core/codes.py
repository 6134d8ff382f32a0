"""Every error code: what it is called, the HTTP status it is answered with, and what it means."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One error code; ``docs/errors.md`` has a section for each."""

    title: str
    status: int
    sentence: str


def _programs(*rows: tuple[str, str, str]) -> dict[str, Code]:
    """Codes of programs and requests that were understood and refused."""
    return {code: Code(title, 422, sentence) for code, title, sentence in rows}


CODES: dict[str, Code] = _programs(
    ("source.syntax", "Not readable", "The text is no program."),
    ("source.bracket", "Bracket without a partner", "A bracket is opened and not closed, or closed and not opened."),
    ("source.product", "Missing multiplication sign", "A product needs its *: 2*x, not 2x."),
    ("source.call_brackets", "Missing brackets of a call", "A function is called with brackets: sin(x), not sin x."),
    ("source.typography", "A sign of print", "Programs are written with the signs of a keyboard: x**2, abs(x), sqrt(x)."),
    ("source.name", "A name that cannot be used", "Names are of letters (a to z and Greek), digits and underscores, and not too long."),
    ("source.too_long", "Program too long", "The text is longer than a program may be."),
    ("source.too_deep", "Nested too deeply", "Brackets or blocks are nested more deeply than a program may be."),
    ("source.empty", "Empty program", "There is nothing to evaluate."),
    ("syntax.unsupported", "Not in the language", "This is Python, but no part of the language."),
    ("syntax.import", "Imports are not needed", "Every operation is there already; np, math and torch are known by name."),
    ("syntax.scope", "In the wrong place", "This statement or name cannot stand here."),
    ("syntax.assign", "Cannot be assigned", "Only names, and tuples of names, can be assigned."),
    ("name.unknown", "Unknown function", "No function has this name."),
    ("name.unbound", "Name without a value", "The name is used before it has a value."),
    ("name.attribute", "Unknown attribute", "A value has no such attribute or method."),
    ("call.arguments", "Wrong arguments", "The call does not fit the function's parameters."),
    ("call.not_callable", "Not a function", "A value is called as if it were a function."),
    ("type.mismatch", "Wrong kind of value", "The operation is not defined for values of this kind."),
    ("type.output", "Not a result", "An output is a number or a tensor."),
    ("shape.mismatch", "Shapes do not fit", "The shapes of the operands do not go together."),
    ("shape.index", "Index outside", "An index or a dimension lies outside the tensor."),
    ("shape.invalid", "Not a shape", "This is no shape that a tensor can have."),
    ("value.domain", "Outside the domain", "The operation is not defined at this value."),
    ("value.too_large", "Number too large", "The number is larger than can be used here."),
    ("value.empty", "Empty tensor", "The operation needs at least one element."),
    ("value.random", "Random numbers without torch", "Drawn tensors need PyTorch, or values that stand for them."),
    ("input.missing", "Input without a value", "The program uses a name that no input gives a value."),
    ("input.invalid", "Not an input", "An input is a number, a boolean or a rectangular list of them."),
    ("input.name", "Not a name of an input", "Inputs have the names that the program uses."),
    ("seed.required", "Seed required", "The output has more than one element, so a seed must say which combination is differentiated."),
    ("seed.shape", "Seed of the wrong shape", "A seed has the shape of what it is given for."),
    ("seed.unknown", "Seed for an unknown name", "A seed names an output (reverse) or an input (forward)."),
    ("wrt.unknown", "Unknown input", "Derivatives are taken with respect to inputs of the program."),
    ("output.unknown", "Unknown output", "An output is a name that the program binds."),
    ("symbolic.control_flow", "Not one formula", "Values decide what the program computes; rules work on one formula."),
    ("symbolic.not_scalar", "Not a single number", "Differentiation by rules on paper is for single numbers."),
    ("symbolic.operation", "No rule on paper", "An operation of the program has no derivative rule that can be written down."),
    ("symbolic.data_structure", "No function", "A data structure holds values; it has no derivative."),
    ("symbolic.drawing", "No value", "A drawing is an effect; it has no derivative."),
    ("symbolic.too_large", "Too large for rules", "The program has more nodes than are differentiated by rules here."),
    ("grade.unreadable", "Sheet not readable", "The text of a sheet is not the JSON of answers."),
    ("grade.ambiguous_node", "Which node is meant?", "An answer is for one node; this name may mean several."),
    ("grade.unknown_node", "No such node", "Answers are for nodes of the exercise: by name, label, v3 or #5."),
    ("grade.unknown_quantity", "No such quantity", "A node has a primal, partials, a tangent and an adjoint."),
    ("grade.twice", "Answered twice", "One quantity of one node is answered under two names."),
    ("grade.too_large", "Too large to grade", "The exercise has more nodes or numbers than can be graded."),
    ("exercise.ask", "Cannot be asked", "The exercise asks for what its program does not have."),
    ("exercise.variant", "No good variant", "The inputs of a variant cannot be drawn."),
    ("budget.nodes", "Too many nodes", "The graph would have more nodes than a program may have."),
    ("budget.elements", "Tensor too large", "A tensor would have more elements than it may have."),
    ("budget.memory", "Too much memory", "The program would hold more numbers at a time than it may."),
    ("budget.work", "Too much arithmetic", "The program would do more element operations than it may."),
    ("budget.steps", "Too many steps", "The program would run more statements than it may."),
    ("budget.depth", "Calls too deep", "Functions call each other more deeply than they may."),
    ("budget.points", "Too many points", "The sweep has more points, or more nodes at all of them together, than it may have."),
    ("budget.answer", "Answer too large", "The answer would be larger than an answer may be."),
    ("matrix.declaration", "Declaration that does not hold", "A shape or an assumption of a symbol is not possible."),
    ("matrix.undeclared", "Symbol without a shape", "Every symbol of a matrix expression needs a shape."),
    ("matrix.no_form", "No closed form", "The derivative cannot be written in matrix notation."),
    ("export.operation", "No code for this operation", "The operation has no short form in the library that was asked for."),
    ("export.constant", "Constant too long", "A constant of the program has too many entries to be written out."),
    ("device.unavailable", "Device not there", "This machine has no such device."),
    ("request.field", "Field not understood", "A field of the request is unknown, missing or of the wrong kind."),
    ("program.refused", "Program refused", "This program stopped a worker twice and is not run again."),
) | {
    "request.json": Code("Not JSON", 400, "The body is not the JSON that the route takes."),
    "request.duplicate_key": Code("Key given twice", 400, "An object of the body has the same key twice."),
    "request.http": Code("Not HTTP", 400, "The request is malformed."),
    "request.not_found": Code("Not found", 404, "There is nothing at this address."),
    "request.method": Code("Method not allowed", 405, "The address does not answer this method."),
    "request.timeout": Code("Request too slow", 408, "The request did not arrive in time."),
    "request.too_large": Code("Body too large", 413, "The body is larger than the route takes."),
    "request.uri_too_long": Code("Address too long", 414, "The address is longer than the server reads."),
    "request.media_type": Code("Not application/json", 415, "The body must be uncompressed application/json."),
    "request.headers": Code("Headers too large", 431, "The headers are larger than the server reads."),
    "server.rate": Code("Too many requests", 429, "This client asks more often than it may."),
    "server.error": Code("Internal error", 500, "The server made a mistake; it has been logged."),
    "server.busy": Code("Busy", 503, "All workers are busy; ask again a little later. Nothing was recorded."),
    "server.stopped": Code("Stopped", 503, "The worker was stopped before it could answer. Nothing was recorded."),
    "key.missing": Code("No key", 401, "The call needs a key, or a session."),
    "key.scope": Code("Not allowed by this key", 403, "The key, or the session, does not reach so far."),
    "session.link": Code("Link that opens nothing", 403, "A class link opens no exercise."),
    "request.origin": Code("Asked from another site", 403, "A page of another site has tried to change something."),
    "request.precondition": Code("Version missing", 428, "A change must say which version it changes."),
    "exercise.unknown": Code("No such exercise", 404, "There is no exercise with this id."),
    "exercise.exists": Code("Id already used", 409, "There is an exercise with this id already."),
    "exercise.changed": Code("Changed by now", 412, "The exercise has been changed since it was read."),
    "exercise.not_open": Code("Not open yet", 403, "The exercise cannot be answered yet."),
    "exercise.closed": Code("Closed", 403, "The exercise cannot be answered any more."),
    "submission.no_attempts": Code("No attempt left", 403, "All attempts that the policy gives are used."),
    "submission.key_reused": Code("Idempotency-Key used twice", 422, "The same Idempotency-Key came with two different submissions."),
    "submission.unknown": Code("No such submission", 404, "There is no submission with this id."),
    "regrade.unknown": Code("No such regrade", 404, "There is no regrade with this id."),
    "regrade.state": Code("Not in this state", 409, "The regrade is not in the state that this takes."),
    "store.none": Code("No database", 503, "This server keeps nothing: it runs without a database."),
    "store.busy": Code("Database busy", 503, "The database does not answer in time. Nothing was recorded."),
    "store.full": Code("Database full", 507, "The database has no room left. Nothing was recorded."),
    "verify.unavailable": Code("Verification not ready", 503, "PyTorch is not ready; ask again, or without verify."),
}

NOTES: dict[str, str] = {
    "note.power": "^ was read as a power.",
    "note.rounded": "A whole number beyond 2**53 became a float64.",
    "note.infinite": "A number larger than float64 can hold was read as infinity.",
}
"""Remarks on a program that is fine: the codes of the ``warnings`` of an answer."""
