"""The schemas of derivatives by differences."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NUMBER, TEXT, Schema, listed, mapped, or_null, record, ref

SCHEME: Schema = {"enum": ["forward", "backward", "central", "complex"]}
MAYBE = or_null(NUMBER)
POINTS = listed(listed(MAYBE))
SECANT = record("points slope", points=POINTS, slope=MAYBE)


def _schemes(schema: Schema) -> Schema:
    """The same for every scheme."""
    return record(
        "forward backward central complex richardson", forward=schema, backward=schema, central=schema, complex=schema, richardson=schema
    )


SCHEMAS: dict[str, Schema] = {
    "Numerical": {
        "description": "exact is that of the reverse sweep, in float64; null where no adjoint arrives. Numbers are null where f has no "
        "value, or an operation no complex form: complex_reason says why. theory and fit know the derivatives of f up to order 5; "
        "theory balances truncation with rounding u F / h, F = |f| + |x f'|. curve and secants are evaluations, in dtype.",
        **record(
            "wrt point value dtype exact estimates best complex_reason theory measured fit evaluations secants notes curve tangent",
            wrt=TEXT,
            point=NUMBER,
            value=NUMBER,
            dtype={"enum": ["float64", "float32"]},
            exact=MAYBE,
            estimates=listed(ref("Estimates")),
            best=record("h scheme error why", h={"type": "number"}, scheme=or_null(SCHEME), error=MAYBE, why=TEXT),
            complex_reason=or_null(TEXT),
            theory=ref("DifferenceTheory"),
            measured=_schemes(or_null(record("h error", h={"type": "number"}, error=NUMBER))),
            fit=_schemes(record("truncation rounding", truncation=or_null(ref("ErrorSlope")), rounding=or_null(ref("ErrorSlope")))),
            evaluations=record(
                "inputs one all reverse operations",
                inputs=COUNT,
                one=mapped(COUNT),
                all=mapped(COUNT),
                reverse=record("evaluations sweeps", evaluations=COUNT, sweeps=COUNT),
                operations=record("evaluation reverse_sweep", evaluation=COUNT, reverse_sweep=COUNT),
            ),
            secants=listed(record("h forward backward central", h={"type": "number"}, forward=SECANT, backward=SECANT, central=SECANT)),
            notes=listed(record("h at text", h=or_null({"type": "number"}), at=or_null(TEXT), text=TEXT)),
            curve=record("window x f", window={"type": "number"}, x=listed(NUMBER), f=listed(MAYBE)),
            tangent=or_null(SECANT),
        ),
    },
    "Estimates": {
        "description": "What one step gives, and how far each number is from the derivative.",
        **record(
            "h forward backward central complex richardson error",
            h={"type": "number"},
            forward=MAYBE,
            backward=MAYBE,
            central=MAYBE,
            complex=MAYBE,
            richardson=MAYBE,
            error=_schemes(MAYBE),
        ),
    },
    "DifferenceTheory": {
        "description": "The step that balances truncation and rounding, by scheme; h is null where there is none, and reason says why.",
        "type": "object",
        "properties": {"derivatives": listed(NUMBER)},
        "additionalProperties": record(
            "h error order derivative unit text latex reason",
            h=MAYBE,
            error=MAYBE,
            order=COUNT,
            derivative=MAYBE,
            unit={"type": "number"},
            text=TEXT,
            latex=TEXT,
            reason=or_null(TEXT),
        ),
    },
    "ErrorSlope": {
        "description": "log10 error = slope log10 h + height, fitted to the errors at these steps.",
        **record(
            "slope height steps expected",
            slope={"type": "number"},
            height={"type": "number"},
            steps=listed({"type": "number"}),
            expected=or_null({"type": "integer"}),
        ),
    },
}
