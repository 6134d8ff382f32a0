"""The schemas of programs on dual numbers."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NAMED_TENSORS, NUMBER, SIZES, TEXT, YES, Schema, listed, mapped, or_null, record, ref

TENSORS = listed(ref("Tensor"))
DUAL_INPUTS: Schema = {
    **mapped({"anyOf": [ref("Tensor"), TEXT, {"type": "array"}]}),
    "description": "Numbers, tensors, or dual numbers as text: 3 + 2ε, 3 + 2 eps, 1 + eps - eps^2; such texts may be entries of tensors.",
}

SCHEMAS: dict[str, Schema] = {
    "Dual": {
        "description": "Coefficients are those of ε⁰, ε¹, … up to the order; the k-th derivative is k! times the k-th. result is the one "
        "output, null where there are several. nodes is null for long programs. check compares all nodes with the engine's nested forward "
        "derivatives, up to the order that orders says. In curve ε is a number t.",
        **record(
            "order seed result outputs names nodes check curve",
            order=COUNT,
            seed=NAMED_TENSORS,
            result=or_null(ref("DualResult")),
            outputs=listed(ref("DualResult")),
            names=mapped(COUNT),
            nodes=or_null(listed(ref("DualNode"))),
            check=record(
                "agrees orders max_abs_error max_rel_error note",
                agrees=YES,
                orders=COUNT,
                max_abs_error=NUMBER,
                max_rel_error=NUMBER,
                note=or_null(TEXT),
            ),
            curve=or_null(
                record("t values polynomials", t=listed(NUMBER), values=listed(or_null(NUMBER)), polynomials=listed(listed(NUMBER)))
            ),
        ),
    },
    "DualResult": record(
        "name node shape coefficients derivatives text",
        name=TEXT,
        node=COUNT,
        shape=SIZES,
        coefficients=TENSORS,
        derivatives=TENSORS,
        text={"anyOf": [TEXT, {"type": "array"}, {"type": "null"}]},
    ),
    "DualNode": {
        "description": "expression is the piece of the program that made the node. rule is its operation on dual numbers. The terms of an "
        "expansion are its summands; those with a power of ε above the order are struck, because it is 0.",
        **record(
            "id label v op kind inputs shape latex span expression coefficients derivatives text dual_latex rule expansion notes",
            id=COUNT,
            label=TEXT,
            v=or_null(TEXT),
            op=TEXT,
            kind={"enum": ["input", "constant", "op"]},
            inputs=listed(COUNT),
            shape=SIZES,
            latex=TEXT,
            span=or_null(ref("Span")),
            expression=TEXT,
            coefficients=or_null(TENSORS),
            derivatives=or_null(TENSORS),
            text=or_null(TEXT),
            dual_latex=or_null(TEXT),
            rule=or_null(record("latex sentence", latex=TEXT, sentence=TEXT)),
            expansion=or_null(
                record(
                    "latex terms",
                    latex=TEXT,
                    terms=listed(record("coefficient power struck latex", coefficient=NUMBER, power=COUNT, struck=YES, latex=TEXT)),
                )
            ),
            notes=listed(TEXT),
        ),
    },
}
