"""Problems with constraints whose solutions are known, most of them from Hock and Schittkowski's collection.

A solution that is given here with few digits is the place to begin: the test makes it exact by Newton's method in 40 digits.
``kind`` is that of the solution: a degenerate one has an eigenvalue 0 in the reduced Hessian, whatever its higher derivatives say, and
its coordinates can only be had to about the cube root of the precision of the arithmetic unless they are short decimals.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """``x`` by name, near the solution; ``count`` of all stationary points where it is known."""

    name: str
    objective: str
    constraints: tuple[str, ...]
    x: dict[str, float]
    value: float | None = None
    kind: str = "min"
    start: dict[str, float] | None = None
    count: int | None = None
    within: float = 1e-8
    bounds: dict[str, list[float]] = field(default_factory=dict)


def at(*values: float) -> dict[str, float]:
    return {f"x{place + 1}": float(value) for place, value in enumerate(values)}


ROOT2 = 2**0.5

PROBLEMS: tuple[Problem, ...] = (
    Problem("product-on-circle", "x*y", ("x**2 + y**2 - 1",), {"x": ROOT2 / 2, "y": ROOT2 / 2}, 0.5, "max", count=4),
    Problem("nearest-on-line", "x**2 + y**2", ("x + y == 2",), {"x": 1, "y": 1}, 2.0, count=1),
    Problem("rectangle", "x*y", ("2*x + 2*y == 20",), {"x": 5, "y": 5}, 25.0, "max", count=1),
    Problem("sum-on-sphere", "x + y + z", ("x**2 + y**2 + z**2 == 3",), {"x": 1, "y": 1, "z": 1}, 3.0, "max", count=2),
    Problem("cylinder-and-plane", "x + y + z", ("x**2 + y**2 == 2", "x + z == 1"), {"x": 0, "y": ROOT2, "z": 1}, 1 + ROOT2, "max", count=2),
    Problem("two-planes", "x**2 + y**2 + z**2", ("x + y + z == 3", "x + 2*y + 3*z == 8"), {"x": 0, "y": 1, "z": 2}, 5.0, count=1),
    Problem("box", "x*y*z", ("x*y + 2*x*z + 2*y*z == 12",), {"x": 2, "y": 2, "z": 1}, 4.0, "max"),
    Problem(
        "entropy",
        "-x*log(x) - y*log(y) - z*log(z)",
        ("x + y + z == 1",),
        {"x": 1 / 3, "y": 1 / 3, "z": 1 / 3},
        1.0986122886681098,
        "max",
        count=1,
    ),
    Problem("cobb-douglas", "x**0.3 * y**0.7", ("2*x + 5*y == 100",), {"x": 15, "y": 14}, None, "max", count=1),
    Problem("ellipse", "x**2 + y**2", ("x**2/4 + y**2 == 1",), {"x": 0, "y": 1}, 1.0, count=4),
    Problem("saddle-on-sphere", "x**2 + 2*y**2 + 3*z**2", ("x**2 + y**2 + z**2 == 1",), {"x": 0, "y": 1, "z": 0}, 2.0, "saddle", count=6),
    Problem("fourth-powers", "x**4 + y**4 + z**4", ("x**2 + y**2 + z**2 == 1",), {"x": 1, "y": 0, "z": 0}, 1.0, "max", count=26),
    Problem(
        "symmetric",
        "x*y*z",
        ("x + y + z == 3", "x*y + y*z + z*x == 2"),
        {"x": 1 + 3**-0.5, "y": 1 + 3**-0.5, "z": 1 - 2 * 3**-0.5},
        None,
        count=6,
    ),
    Problem("HS6", "(1 - x1)**2", ("10*(x2 - x1**2)",), at(1, 1), 0.0, start=at(-1.2, 1)),
    Problem("HS7", "log(1 + x1**2) - x2", ("(1 + x1**2)**2 + x2**2 - 4",), at(0, 3**0.5), -(3**0.5), start=at(2, 2)),
    Problem("HS8", "-1 + 0*x1", ("x1**2 + x2**2 - 25", "x1*x2 - 9"), at(4.60159, 1.95584), -1.0, count=4),
    Problem("HS26", "(x1 - x2)**2 + (x2 - x3)**4", ("(1 + x2**2)*x1 + x3**4 - 3",), at(1, 1, 1), 0.0, "degenerate", at(-2.6, 2, 2)),
    Problem("HS27", "0.01*(x1 - 1)**2 + (x2 - x1**2)**2", ("x1 + x3**2 + 1",), at(-1, 1, 0), 0.04, start=at(2, 2, 2)),
    Problem("HS28", "(x1 + x2)**2 + (x2 + x3)**2", ("x1 + 2*x2 + 3*x3 - 1",), at(0.5, -0.5, 0.5), 0.0, count=1),
    Problem("HS39", "-x1", ("x2 - x1**3 - x3**2", "x1**2 - x2 - x4**2"), at(1, 1, 0, 0), -1.0, start=at(2, 2, 2, 2)),
    Problem(
        "HS40",
        "-x1*x2*x3*x4",
        ("x1**3 + x2**2 - 1", "x1**2*x4 - x3", "x4**2 - x2"),
        at(2 ** (-1 / 3), 2**-0.5, 2 ** (-11 / 12), 2**-0.25),
        -0.25,
    ),
    Problem(
        "HS42",
        "(x1 - 1)**2 + (x2 - 2)**2 + (x3 - 3)**2 + (x4 - 4)**2",
        ("x1 - 2", "x3**2 + x4**2 - 2"),
        at(2, 2, 0.6 * ROOT2, 0.8 * ROOT2),
        28 - 10 * ROOT2,
        count=2,
    ),
    Problem(
        "HS46",
        "(x1 - x2)**2 + (x3 - 1)**2 + (x4 - 1)**4 + (x5 - 1)**6",
        ("x1**2*x4 + sin(x4 - x5) - 1", "x2 + x3**4*x4**2 - 2"),
        at(1, 1, 1, 1, 1),
        0.0,
        "degenerate",
        at(ROOT2 / 2, 1.75, 0.5, 2, 2),
        within=2e-3,
    ),
    Problem(
        "HS47",
        "(x1 - x2)**2 + (x2 - x3)**3 + (x3 - x4)**4 + (x4 - x5)**4",
        ("x1 + x2**2 + x3**3 - 3", "x2 - x3**2 + x4 - 1", "x1*x5 - 1"),
        at(1, 1, 1, 1, 1),
        0.0,
        "degenerate",
        at(2, 2**0.5, -1, 2 - 2**0.5, 0.5),
    ),
    Problem(
        "HS48",
        "(x1 - 1)**2 + (x2 - x3)**2 + (x4 - x5)**2",
        ("x1 + x2 + x3 + x4 + x5 - 5", "x3 - 2*(x4 + x5) + 3"),
        at(1, 1, 1, 1, 1),
        0.0,
        count=1,
    ),
    Problem(
        "HS49",
        "(x1 - x2)**2 + (x3 - 1)**2 + (x4 - 1)**4 + (x5 - 1)**6",
        ("x1 + x2 + x3 + 4*x4 - 7", "x3 + 5*x5 - 6"),
        at(1, 1, 1, 1, 1),
        0.0,
        "degenerate",
        within=2e-3,
    ),
    Problem(
        "HS50",
        "(x1 - x2)**2 + (x2 - x3)**2 + (x3 - x4)**4 + (x4 - x5)**2",
        ("x1 + 2*x2 + 3*x3 - 6", "x2 + 2*x3 + 3*x4 - 6", "x3 + 2*x4 + 3*x5 - 6"),
        at(1, 1, 1, 1, 1),
        0.0,
        count=1,
    ),
    Problem(
        "HS51",
        "(x1 - x2)**2 + (x2 + x3 - 2)**2 + (x4 - 1)**2 + (x5 - 1)**2",
        ("x1 + 3*x2 - 4", "x3 + x4 - 2*x5", "x2 - x5"),
        at(1, 1, 1, 1, 1),
        0.0,
        count=1,
    ),
    Problem(
        "HS52",
        "(4*x1 - x2)**2 + (x2 + x3 - 2)**2 + (x4 - 1)**2 + (x5 - 1)**2",
        ("x1 + 3*x2", "x3 + x4 - 2*x5", "x2 - x5"),
        at(-33 / 349, 11 / 349, 180 / 349, -158 / 349, 11 / 349),
        1859 / 349,
        count=1,
    ),
    Problem(
        "HS53-without-bounds",
        "(x1 - x2)**2 + (x2 + x3 - 2)**2 + (x4 - 1)**2 + (x5 - 1)**2",
        ("x1 + 3*x2", "x3 + x4 - 2*x5", "x2 - x5"),
        at(-33 / 43, 11 / 43, 27 / 43, -5 / 43, 11 / 43),
        176 / 43,
        count=1,
    ),
    Problem(
        "HS56",
        "-x1*x2*x3",
        ("x1 - 4.2*sin(x4)**2", "x2 - 4.2*sin(x5)**2", "x3 - 4.2*sin(x6)**2", "x1 + 2*x2 + 2*x3 - 7.2*sin(x7)**2"),
        at(2.4, 1.2, 1.2, 0.857071947850, 0.563942641357, 0.563942641357, 1.570796326795),
        -3.456,
        start=at(1, 1, 1, 0.5, 0.5, 0.5, 1.5),
    ),
    Problem(
        "HS61",
        "4*x1**2 + 2*x2**2 + 2*x3**2 - 33*x1 + 16*x2 - 24*x3",
        ("3*x1 - 2*x2**2 - 7", "4*x1 - x3**2 - 11"),
        at(5.32677, -2.11900, 3.21046),
        -143.646142,
    ),
    Problem(
        "HS63",
        "1000 - x1**2 - 2*x2**2 - x3**2 - x1*x2 - x1*x3",
        ("8*x1 + 14*x2 + 7*x3 - 56", "x1**2 + x2**2 + x3**2 - 25"),
        at(3.51212, 0.216988, 3.55217),
        961.715172,
    ),
    Problem(
        "HS77",
        "(x1 - 1)**2 + (x1 - x2)**2 + (x3 - 1)**2 + (x4 - 1)**4 + (x5 - 1)**6",
        ("x1**2*x4 + sin(x4 - x5) - 2*sqrt(2)", "x2 + x3**4*x4**2 - 8 - sqrt(2)"),
        at(1.166172, 1.182111, 1.380257, 1.506036, 0.6109203),
        0.24150513,
        start=at(2, 2, 2, 2, 2),
    ),
    Problem(
        "HS78",
        "x1*x2*x3*x4*x5",
        ("x1**2 + x2**2 + x3**2 + x4**2 + x5**2 - 10", "x2*x3 - 5*x4*x5", "x1**3 + x2**3 + 1"),
        at(-1.717142, 1.595708, 1.827248, -0.7636429, -0.7636435),
        -2.91970041,
        start=at(-2, 1.5, 2, -1, -1),
    ),
    Problem(
        "HS79",
        "(x1 - 1)**2 + (x1 - x2)**2 + (x2 - x3)**2 + (x3 - x4)**4 + (x4 - x5)**4",
        ("x1 + x2**2 + x3**3 - 2 - 3*sqrt(2)", "x2 - x3**2 + x4 + 2 - 2*sqrt(2)", "x1*x5 - 2"),
        at(1.191127, 1.362603, 1.472818, 1.635017, 1.679081),
        0.0787768209,
        start=at(2, 2, 2, 2, 2),
    ),
)
"""HS26, HS46, HS47 and HS49 have degenerate solutions: along some directions the objective grows with a third power or a higher one."""
