"""Identities of the Matrix Cookbook (version of 15 November 2012) by their numbers, with the form that we print."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Identity(NamedTuple):
    """One identity: ``shapes`` has a word of letters for each symbol, ``more`` further fields of the request."""

    number: int
    source: str
    wrt: str
    shapes: str
    text: str
    assume: Mapping[str, list[str]] = MappingProxyType({})
    more: Mapping[str, Any] = MappingProxyType({})


IDENTITIES = [
    Identity(49, "det(X)", "X", "X:nn", "det(X) * inv(X).T"),
    Identity(51, "det(A@X@B)", "X", "A:nn X:nn B:nn", "det(A @ X @ B) * inv(X).T"),
    Identity(52, "det(X.T@A@X)", "X", "A:nn X:nn", "2 * det(X.T @ A @ X) * inv(X).T"),
    Identity(53, "det(X.T@A@X)", "X", "A:mm X:mn", "2 * det(X.T @ A @ X) * A @ X @ inv(X.T @ A @ X)", assume={"A": ["symmetric"]}),
    Identity(54, "det(X.T@A@X)", "X", "A:mm X:mn", "det(X.T @ A @ X) * (A @ X @ inv(X.T @ A @ X) + A.T @ X @ inv(X.T @ A @ X).T)"),
    Identity(55, "log(det(X.T@X))", "X", "X:mn", "2 * X @ inv(X.T @ X)"),
    Identity(57, "log(det(X))", "X", "X:nn", "inv(X).T"),
    Identity(58, "det(matrix_power(X, 3))", "X", "X:nn", "3 * det(matrix_power(X, 3)) * inv(X).T"),
    Identity(61, "a.T@inv(X)@b", "X", "a:n X:nn b:n", "-outer(inv(X).T @ a, b @ inv(X).T)"),
    Identity(62, "det(inv(X))", "X", "X:nn", "-det(inv(X)) * inv(X).T"),
    Identity(63, "trace(A@inv(X)@B)", "X", "A:mn X:nn B:nm", "-inv(X).T @ A.T @ B.T @ inv(X).T"),
    Identity(64, "trace(inv(X+A))", "X", "A:nn X:nn", "-inv(X + A).T @ inv(X + A).T"),
    Identity(69, "x.T@a", "x", "x:n a:n", "a"),
    Identity(69, "a.T@x", "x", "x:n a:n", "a"),
    Identity(70, "a.T@X@b", "X", "a:m X:mn b:n", "outer(a, b)"),
    Identity(71, "a.T@X.T@b", "X", "a:n X:mn b:m", "outer(b, a)"),
    Identity(72, "a.T@X@a", "X", "a:n X:nn", "outer(a, a)"),
    Identity(76, "sum(X)**2", "X", "X:mn", "2 * sum(X) * ones_like(X)"),
    Identity(77, "b.T@X.T@X@c", "X", "b:n X:mn c:n", "X @ (outer(c, b) + outer(b, c))"),
    Identity(78, "(B@x+b).T@C@(D@x+d)", "x", "B:mn x:n b:m C:mk D:kn d:k", "B.T @ C @ (D @ x + d) + D.T @ C.T @ (B @ x + b)"),
    Identity(81, "x.T@B@x", "x", "x:n B:nn", "(B + B.T) @ x"),
    Identity(82, "b.T@X.T@D@X@c", "X", "b:n X:mn D:mm c:n", "outer(D @ X @ c, b) + outer(D.T @ X @ b, c)"),
    Identity(83, "(X@b+c).T@D@(X@b+c)", "X", "X:mn b:n c:m D:mm", "outer((D + D.T) @ (X @ b + c), b)"),
    Identity(84, "(x-A@s).T@W@(x-A@s)", "s", "x:m A:mn s:n W:mm", "-2 * A.T @ W @ (x - A @ s)", assume={"W": ["symmetric"]}),
    Identity(85, "(x-s).T@W@(x-s)", "x", "x:m s:m W:mm", "2 * W @ (x - s)", assume={"W": ["symmetric"]}),
    Identity(86, "(x-s).T@W@(x-s)", "s", "x:m s:m W:mm", "-2 * W @ (x - s)", assume={"W": ["symmetric"]}),
    Identity(87, "(x-A@s).T@W@(x-A@s)", "x", "x:m A:mn s:n W:mm", "2 * W @ (x - A @ s)", assume={"W": ["symmetric"]}),
    Identity(88, "(x-A@s).T@W@(x-A@s)", "A", "x:m A:mn s:n W:mm", "-2 * outer(W @ (x - A @ s), s)", assume={"W": ["symmetric"]}),
    Identity(91, "a.T@matrix_power(X, 2)@b", "X", "a:n X:nn b:n", "outer(a, b @ X.T) + outer(X.T @ a, b)"),
    Identity(
        92,
        "a.T@matrix_power(X, 2).T@matrix_power(X, 2)@b",
        "X",
        "a:n X:nn b:n",
        "X @ X @ (outer(b, a) + outer(a, b)) @ X.T + X.T @ X @ X @ (outer(b, a) + outer(a, b))",
    ),
    Identity(97, "x.T@A@x+b.T@x", "x", "x:n A:nn b:n", "(A + A.T) @ x + b"),
    Identity(99, "trace(X)", "X", "X:nn", "eye(X.shape[0])"),
    Identity(100, "trace(X@A)", "X", "X:mn A:nm", "A.T"),
    Identity(101, "trace(A@X@B)", "X", "A:km X:mn B:nk", "A.T @ B.T"),
    Identity(102, "trace(A@X.T@B)", "X", "A:kn X:mn B:mk", "B @ A"),
    Identity(103, "trace(X.T@A)", "X", "X:mn A:mn", "A"),
    Identity(104, "trace(A@X.T)", "X", "X:mn A:mn", "A"),
    Identity(105, "trace(kron(A, X))", "X", "A:mm X:nn", "trace(A) * eye(X.shape[0])"),
    Identity(106, "trace(matrix_power(X, 2))", "X", "X:nn", "2 * X.T"),
    Identity(107, "trace(matrix_power(X, 2)@B)", "X", "X:nn B:nn", "B.T @ X.T + X.T @ B.T"),
    Identity(108, "trace(X.T@B@X)", "X", "X:mn B:mm", "(B + B.T) @ X"),
    Identity(109, "trace(B@X@X.T)", "X", "X:mn B:mm", "(B + B.T) @ X"),
    Identity(110, "trace(X@X.T@B)", "X", "X:mn B:mm", "(B + B.T) @ X"),
    Identity(111, "trace(X@B@X.T)", "X", "X:mn B:nn", "X @ (B + B.T)"),
    Identity(112, "trace(B@X.T@X)", "X", "X:mn B:nn", "X @ (B + B.T)"),
    Identity(113, "trace(X.T@X@B)", "X", "X:mn B:nn", "X @ (B + B.T)"),
    Identity(114, "trace(A @ X @ B @ X)", "X", "A:nm X:mn B:nm", "A.T @ X.T @ B.T + B.T @ X.T @ A.T"),
    Identity(115, "trace(X.T@X)", "X", "X:mn", "2 * X"),
    Identity(116, "trace(B.T@X.T@C@X@B)", "X", "B:nk X:mn C:mm", "(C + C.T) @ X @ B @ B.T"),
    Identity(117, "trace(X.T@B@X@C)", "X", "X:mn B:mm C:nn", "B @ X @ C + B.T @ X @ C.T"),
    Identity(118, "trace(A@X@B@X.T@C)", "X", "A:km X:mn B:nn C:mk", "A.T @ C.T @ X @ B.T + C @ A @ X @ B"),
    Identity(119, "trace((A@X@B+C)@(A@X@B+C).T)", "X", "A:km X:mn B:np C:kp", "2 * A.T @ (A @ X @ B + C) @ B.T"),
    Identity(120, "trace(kron(X, X))", "X", "X:nn", "2 * trace(X) * eye(X.shape[0])"),
    Identity(121, "trace(matrix_power(X, 5))", "X", "X:nn", "5 * matrix_power(X.T, 4)"),
    Identity(122, "trace(A@matrix_power(X, 3))", "X", "X:nn A:nn", "A.T @ X.T @ X.T + X.T @ (X @ A + A @ X).T"),
    Identity(
        123,
        "trace(B.T@X.T@C@X@X.T@C@X@B)",
        "X",
        "B:nk X:mn C:mm",
        "2 * C @ X @ (X.T @ C @ X @ B @ B.T + B @ B.T @ X.T @ C @ X)",
        assume={"C": ["symmetric"]},
    ),
    Identity(124, "trace(A@inv(X)@B)", "X", "A:mn X:nn B:nm", "-inv(X).T @ A.T @ B.T @ inv(X).T"),
    Identity(
        125,
        "trace(inv(X.T@C@X)@A)",
        "X",
        "X:mn C:mm A:nn",
        "-C @ X @ inv(X.T @ C @ X) @ (A + A.T) @ inv(X.T @ C @ X)",
        assume={"C": ["symmetric"]},
    ),
    Identity(
        126,
        "trace(inv(X.T@C@X)@(X.T@B@X))",
        "X",
        "X:mn C:mm B:mm",
        "2 * (B - C @ X @ inv(X.T @ C @ X) @ X.T @ B) @ X @ inv(X.T @ C @ X)",
        assume={"C": ["symmetric"], "B": ["symmetric"]},
    ),
    Identity(
        127,
        "trace(inv(A+X.T@C@X)@(X.T@B@X))",
        "X",
        "X:mn C:mm B:mm A:nn",
        "2 * (B - C @ X @ inv(A + X.T @ C @ X) @ X.T @ B) @ X @ inv(A + X.T @ C @ X)",
        assume={"A": ["symmetric"], "C": ["symmetric"], "B": ["symmetric"]},
    ),
    Identity(129, "norm(x-a)", "x", "x:n a:n", "(x - a) / norm(x - a)"),
    Identity(130, "(x-a)/norm(x-a)", "x", "x:n a:n", "(eye(x.shape[0]) - outer(x - a, x - a) / norm(x - a)**2) / norm(x - a)"),
    Identity(131, "norm(x)**2", "x", "x:n", "2 * x"),
    Identity(132, "norm(X)**2", "X", "X:mn", "2 * X"),
    Identity(98, "x.T@A@x+b.T@x", "x", "x:n A:nn b:n", "A + A.T", more={"order": 2}),
    Identity(138, "trace(A@X)", "X", "A:nn X:nn", "A + A.T - diag(diagonal(A))", assume={"X": ["symmetric"]}, more={"structured": True}),
    Identity(
        141, "det(X)", "X", "X:nn", "det(X) * (2 * inv(X) - diag(diagonal(inv(X))))", assume={"X": ["symmetric"]}, more={"structured": True}
    ),
    Identity(
        142, "log(det(X))", "X", "X:nn", "2 * inv(X) - diag(diagonal(inv(X)))", assume={"X": ["symmetric"]}, more={"structured": True}
    ),
    Identity(143, "trace(A@X)", "X", "A:nn X:nn", "diag(diagonal(A))", assume={"X": ["diagonal"]}, more={"structured": True}),
    Identity(59, "inv(A+t*B)", "t", "A:nn B:nn t:", "-inv(A + t * B) @ B @ inv(A + t * B)"),
    Identity(46, "det(A+t*B)", "t", "A:nn B:nn t:", "det(A + t * B) * trace(inv(A + t * B) @ B)"),
    Identity(43, "log(det(A+t*B))", "t", "A:nn B:nn t:", "trace(inv(A + t * B) @ B)"),
    Identity(36, "trace(A+t*B)", "t", "A:nn B:nn t:", "trace(B)"),
    Identity(37, "(A+t*B)@(A+t*C)", "t", "A:nn B:nn C:nn t:", "B @ (A + t * C) + (A + t * B) @ C"),
    Identity(38, "(A+t*B)*(A-t*C)", "t", "A:mn B:mn C:mn t:", "B * (A - t * C) - C * (A + t * B)"),
    Identity(39, "kron(A+t*B,C)", "t", "A:nn B:nn C:mm t:", "kron(B, C)"),
    Identity(520, "A@X@B", "X", "A:km X:mn B:np", "kron(B.T, A)", more={"layout": "numerator"}),
]
