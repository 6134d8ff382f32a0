"""The schemas of matrix calculus."""

from __future__ import annotations

from app.web.schemas.parts import NAMED_TENSORS, NUMBER, TEXT, YES, Schema, listed, mapped, or_null, record, ref

SHAPE: Schema = listed({"anyOf": [TEXT, {"type": "integer"}]})
KIND: Schema = {"enum": ["scalar", "vector", "matrix"]}
LETTERS: Schema = mapped({"type": "integer"})

SCHEMAS: dict[str, Schema] = {
    "LaidOut": record(
        "text latex latex_shapes shape",
        text=or_null(TEXT),
        latex=TEXT,
        latex_shapes=TEXT,
        shape=SHAPE,
    ),
    "MatrixDerivative": {
        "description": "The closed form in the layout asked for; text and code are null where closed is false, and reason says why.",
        **record(
            "text latex latex_shapes shape kind layout closed reason left code expression symbols layouts map steps check checked_on "
            "numbers",
            "gradient order",
            text=or_null(TEXT),
            latex=TEXT,
            latex_shapes=TEXT,
            shape=SHAPE,
            kind=KIND,
            layout=TEXT,
            closed=YES,
            reason=or_null(TEXT),
            left=TEXT,
            code=record("numpy torch jax", numpy=or_null(TEXT), torch=or_null(TEXT), jax=or_null(TEXT)),
            expression=record("latex latex_shapes shape kind", latex=TEXT, latex_shapes=TEXT, shape=SHAPE, kind=KIND),
            symbols=listed(record("name latex shape kind assume", name=TEXT, latex=TEXT, shape=SHAPE, kind=KIND, assume=listed(TEXT))),
            layouts=record("denominator numerator mixed", denominator=ref("LaidOut"), numerator=ref("LaidOut"), mixed=ref("LaidOut")),
            map=or_null(record("text latex", text=TEXT, latex=TEXT)),
            steps=listed(
                record(
                    "phase latex rule sentence",
                    phase={"enum": ["forward", "reverse", "simplify"]},
                    latex=TEXT,
                    rule=TEXT,
                    sentence=TEXT,
                )
            ),
            check=or_null(
                record(
                    "max_abs_error max_rel_error against",
                    max_abs_error=NUMBER,
                    max_rel_error=NUMBER,
                    against=listed(TEXT),
                )
            ),
            checked_on=listed(LETTERS),
            numbers=record("sizes inputs derivative", sizes=LETTERS, inputs=NAMED_TENSORS, derivative=ref("Tensor")),
            gradient=record("text latex", text=TEXT, latex=TEXT),
            order={"const": 2},
        ),
    },
}
