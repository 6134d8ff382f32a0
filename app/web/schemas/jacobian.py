"""The schemas of matrices of derivatives."""

from __future__ import annotations

from app.web.schemas.parts import BLOCKS, COUNT, NAMED_TENSORS, NUMBER, SIZES, TEXT, YES, Schema, listed, mapped, or_null, record, ref

SCHEMAS: dict[str, Schema] = {
    "Stretch": {
        "description": "Where the elements of a node stand in a state.",
        **record("node label start size shape", node=COUNT, label=TEXT, start=COUNT, size=COUNT, shape=SIZES),
    },
    "ElementaryJacobian": {
        "description": "One operation on the state of live values. kept are the ones (row, column) that only pass values on, entries the "
        "partials (row, column, value); node is null where there is no operation between inputs and outputs.",
        **record(
            "node label op rows columns shape kept entries nonzeros density",
            node=or_null(COUNT),
            label=or_null(TEXT),
            op=or_null(TEXT),
            rows=listed(ref("Stretch")),
            columns=listed(ref("Stretch")),
            shape=SIZES,
            kept=listed(SIZES),
            entries=listed(listed(NUMBER)),
            nonzeros=COUNT,
            density=NUMBER,
        ),
    },
    "Order": {
        "description": "Multiplications of numbers that an order of the product takes, by structure; what is multiplied by a kept one "
        "is copied and not counted.",
        **record("multiplications brackets", multiplications=COUNT, brackets=or_null(TEXT)),
    },
    "Jacobian": {
        "description": "A block has the shape of the output followed by that of the input; where nothing flows it is zeros. An element "
        "without entries has no colour. With chain the Jacobian is the product of the elementary Jacobians, the last on the left.",
        **record(
            "jacobian shapes method sweeps passes sparsity colouring compressed",
            "chain orders product",
            jacobian=BLOCKS,
            shapes=record("outputs inputs", outputs=mapped(SIZES), inputs=mapped(SIZES)),
            method={"enum": ["forward", "reverse"]},
            sweeps=COUNT,
            passes=record("forward reverse", forward=COUNT, reverse=COUNT),
            sparsity=record("rows columns nonzeros entries", rows=COUNT, columns=COUNT, nonzeros=COUNT, entries=or_null(listed(SIZES))),
            colouring=record(
                "columns rows count_columns count_rows",
                columns=listed(or_null(COUNT)),
                rows=listed(or_null(COUNT)),
                count_columns=COUNT,
                count_rows=COUNT,
            ),
            compressed=record(
                "used method sweeps largest_difference",
                used=YES,
                method={"enum": ["forward", "reverse"]},
                sweeps=COUNT,
                largest_difference=or_null(NUMBER),
            ),
            chain=listed(ref("ElementaryJacobian")),
            orders=record(
                "right_to_left left_to_right cheapest note",
                note=TEXT,
                right_to_left=or_null(ref("Order")),
                left_to_right=or_null(ref("Order")),
                cheapest=or_null(ref("Order")),
            ),
            product=record("largest_difference agrees", largest_difference=NUMBER, agrees=YES),
        ),
    },
    "Hessian": {
        "description": "Blocks as in a Jacobian; asymmetry is the largest difference between mirrored entries before their mean is taken.",
        **record(
            "hessian method note sweeps asymmetry",
            "hvp",
            note=TEXT,
            hessian=BLOCKS,
            method={"enum": ["forward over reverse"]},
            sweeps=COUNT,
            asymmetry=NUMBER,
            hvp=NAMED_TENSORS,
        ),
    },
}
