"""The schemas of PyTorch followed line by line."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, SIZES, TEXT, YES, Schema, listed, mapped, or_null, record, ref

SCHEMAS: dict[str, Schema] = {
    "Autograd": {
        "description": "What pasted PyTorch prints, ours and torch's line by line; null where torch was not asked.",
        **record(
            "printed error graphs timeline names skipped backend agrees",
            printed=listed(
                record(
                    "line text torch same close",
                    line=COUNT,
                    text=or_null(TEXT),
                    torch=or_null(TEXT),
                    same=or_null(YES),
                    close=or_null(YES),
                )
            ),
            error=or_null(
                record(
                    "line type message torch same",
                    line=COUNT,
                    type=or_null(TEXT),
                    message=or_null(TEXT),
                    torch=or_null(TEXT),
                    same=or_null(YES),
                )
            ),
            graphs=listed(record("line root nodes", line=COUNT, root=or_null(TEXT), nodes=listed(ref("GraphNode")))),
            timeline=listed(record("name moments", name=TEXT, moments=listed(ref("Moment")))),
            names=mapped(
                record(
                    "shape dtype requires_grad is_leaf grad_fn version value grad",
                    shape=SIZES,
                    dtype=TEXT,
                    requires_grad=YES,
                    is_leaf=YES,
                    grad_fn=or_null(TEXT),
                    version=COUNT,
                    value=or_null(ref("Tensor")),
                    grad=or_null(ref("Tensor")),
                )
            ),
            skipped=listed(TEXT),
            backend=or_null(TEXT),
            agrees=or_null(YES),
        ),
    },
    "GraphNode": {
        "description": "A node after a backward: its edges, and the tensors that it kept, with the version kept and the one now.",
        **record(
            "id name variable shape inputs freed saved",
            id=COUNT,
            name=TEXT,
            variable=or_null(TEXT),
            shape=SIZES,
            inputs=listed(or_null(COUNT)),
            freed=YES,
            saved=listed(record("shape version now result", shape=SIZES, version=COUNT, now=COUNT, result=YES)),
        ),
    },
    "Moment": {
        "description": "A gradient after a statement that changed it: none yet, awaited by a graph, zeros, or numbers.",
        **record(
            "line state value",
            line=COUNT,
            state={"enum": ["none", "pending", "zero", "value"]},
            value=or_null(ref("Tensor")),
        ),
    },
}
