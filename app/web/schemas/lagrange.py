"""The schemas of problems with constraints."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NAMED_TENSORS, NUMBER, SIZES, TEXT, YES, Schema, listed, mapped, or_null, record, ref

NUMBERS = listed(NUMBER)
PAIRS = listed(NUMBERS)
KIND: Schema = {"enum": ["min", "max", "saddle", "degenerate"]}
PLACE: Schema = {"enum": ["lowest", "highest", "level", "between", "alone"]}
RELATION = record("text left sign right", text=TEXT, left=TEXT, sign={"enum": ["==", "<=", ">="]}, right=TEXT)
POINT: Schema = record(
    "point multipliers inequality_multipliers active kkt value residual kind alone independent reduced_eigenvalues bordered sensitivity",
    point=NAMED_TENSORS,
    multipliers=NUMBERS,
    inequality_multipliers=NUMBERS,
    active=listed(COUNT),
    kkt=or_null({"enum": ["min", "max", "both", "neither"]}),
    value=NUMBER,
    residual=NUMBER,
    kind=KIND,
    alone=YES,
    independent=YES,
    reduced_eigenvalues=NUMBERS,
    bordered=listed(record("order minor", order=COUNT, minor=NUMBER)),
    sensitivity=listed(ref("Sensitivity")),
)

SCHEMAS: dict[str, Schema] = {
    "Lagrange": {
        "description": "L = f − Σ λᵢ gᵢ, inequalities among the constraints; every multiplier is the derivative of the value by the right "
        "side of its constraint, so that of g <= c is at most 0 at a minimum and at least 0 at a maximum, of g >= c the other way round. "
        "Points are sorted by value, the largest first for max; degenerate lists points of the constraints at which their gradients are "
        "dependent, which the equations may miss.",
        **record(
            "variables sense constraints inequalities points best degenerate system lagrangian starts notes contours",
            variables=mapped(SIZES),
            sense={"enum": ["min", "max", "stationary"]},
            constraints=listed(RELATION),
            inequalities=listed(RELATION),
            points=listed(ref("StationaryPoint")),
            best=or_null(
                {"type": "object", "required": ["index", *POINT["required"]], "properties": {"index": COUNT, **POINT["properties"]}}
            ),
            degenerate=listed(
                record(
                    "point value constraints stationary place sentence",
                    point=NAMED_TENSORS,
                    value=NUMBER,
                    constraints=listed(COUNT),
                    stationary=YES,
                    place=PLACE,
                    sentence=TEXT,
                )
            ),
            system=record(
                "latex unknowns equations",
                latex=TEXT,
                unknowns=COUNT,
                equations=listed(record("by text latex formula", by=TEXT, text=TEXT, latex=TEXT, formula=YES)),
            ),
            lagrangian=or_null(
                record(
                    "source inputs names",
                    source=TEXT,
                    inputs=NAMED_TENSORS,
                    names=record(
                        "objective constraints multipliers whole",
                        objective=TEXT,
                        constraints=listed(TEXT),
                        multipliers=listed(TEXT),
                        whole=TEXT,
                    ),
                )
            ),
            starts=record("tried converged outside_bounds complete", tried=COUNT, converged=COUNT, outside_bounds=COUNT, complete=YES),
            notes=listed(TEXT),
            contours=or_null(ref("Contours")),
        ),
    },
    "StationaryPoint": {
        "description": "alone: the constraints leave no direction; independent: their gradients are. reduced_eigenvalues are those of the "
        "Hessian of L on the directions that the constraints leave, bordered the leading principal minors that decide.",
        **POINT,
    },
    "Sensitivity": {
        "description": "The problem solved again with the right side of one constraint moved by offsets; slope is by central differences. "
        "null where the point could not be followed.",
        **record(
            "list constraint multiplier slope offsets values points",
            list={"enum": ["constraints", "inequalities"]},
            constraint=COUNT,
            multiplier=NUMBER,
            slope=or_null(NUMBER),
            offsets=NUMBERS,
            values=listed(or_null(NUMBER)),
            points=listed(or_null(NAMED_TENSORS)),
        ),
    },
    "Contours": {
        "description": "values has a row for each y. Along each line of a constraint: the objective, both gradients, the multiplier that "
        "comes nearest, and the angle between the gradients in degrees; stationary says which points of the line are which points.",
        **record(
            "variables x y values constraints",
            variables=listed(TEXT),
            x=NUMBERS,
            y=NUMBERS,
            values=PAIRS,
            constraints=listed(
                record(
                    "values lines",
                    values=or_null(PAIRS),
                    lines=listed(
                        record(
                            "closed points values gradients constraint_gradients multipliers angles stationary",
                            closed=YES,
                            points=PAIRS,
                            values=NUMBERS,
                            gradients=PAIRS,
                            constraint_gradients=PAIRS,
                            multipliers=NUMBERS,
                            angles=NUMBERS,
                            stationary=listed(record("place point", place=COUNT, point=COUNT)),
                        )
                    ),
                )
            ),
        ),
    },
}
