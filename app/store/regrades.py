"""Regrades: every submission graded anew under another version, first on paper; then applied, and undone if need be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from app.core.diagnostic import problem
from app.store import audit, exercises
from app.store.clock import identity, now
from app.store.tables import changes, regrades, submissions

Policy = Literal["keep_higher", "replace"]
WAITING = ("queued", "running")
GRADED = ("graded_version", "result", "score", "max_score")


def plan(
    connection: Connection, exercise: str, version: int | None, policy: Policy, why: str, who: str, *, at_once: bool = False
) -> dict[str, Any]:
    """A regrade that waits to be worked out; raises ProgramError for an exercise or a version that there is not."""
    chosen = exercises.find(connection, exercise, version).version
    row: dict[str, Any] = {
        "id": identity(), "exercise_id": exercise, "version": chosen, "policy": policy, "why": why, "state": "queued",
        "apply_at_once": at_once, "asked_by": who, "asked_at": now(),
    }  # fmt: skip
    connection.execute(insert(regrades).values(row))
    audit.record(connection, who, "regrade planned", row["id"], why, after={"exercise_id": exercise, "version": chosen})
    return find(connection, row["id"])


def find(connection: Connection, regrade: str) -> dict[str, Any]:
    """One regrade; raises ProgramError where there is none."""
    row = connection.execute(select(regrades).where(regrades.c.id == regrade)).mappings().first()
    if row is None:
        raise problem("regrade.unknown", "There is no such regrade.")
    return dict(row)


def listed(connection: Connection, exercise: str | None = None) -> list[dict[str, Any]]:
    """The regrades, the latest first."""
    query = select(regrades).order_by(regrades.c.asked_at.desc()).limit(100)
    if exercise is not None:
        query = query.where(regrades.c.exercise_id == exercise)
    return [dict(row) for row in connection.execute(query).mappings()]


def waiting(connection: Connection) -> list[str]:
    """Those that nobody has worked out to the end."""
    return list(connection.execute(select(regrades.c.id).where(regrades.c.state.in_(WAITING))).scalars())


def begin(connection: Connection, regrade: str) -> list[dict[str, Any]]:
    """Start to work one out: the submissions that are not graded anew yet."""
    asked = find(connection, regrade)
    if asked["state"] not in WAITING:
        return []
    _set(connection, regrade, state="running")
    done = select(changes.c.submission_id).where(changes.c.regrade_id == regrade)
    query = select(submissions).where(submissions.c.exercise_id == asked["exercise_id"], submissions.c.id.not_in(done))
    return [dict(row) for row in connection.execute(query.order_by(submissions.c.number)).mappings()]


def note(connection: Connection, regrade: str, submission: Mapping[str, Any], found: Mapping[str, Any] | None, why_not: str | None) -> None:
    """What one submission would become: ``found`` has result, score and max_score; without it the score stays."""
    row = {"regrade_id": regrade, "submission_id": submission["id"], "problem": why_not, "applied": False}
    row |= {f"from_{name}": submission[name] for name in ("result", "score", "max_score")} | {"from_version": submission["graded_version"]}
    row |= {f"to_{name}": None if found is None else found[name] for name in ("result", "score", "max_score")}
    connection.execute(insert(changes).values(row))


def finish(connection: Connection, regrade: str) -> None:
    """All is worked out; one that was to be applied at once is."""
    asked = find(connection, regrade)
    if asked["state"] != "running":
        return
    _set(connection, regrade, state="ready")
    if asked["apply_at_once"]:
        apply(connection, regrade, None, asked["asked_by"])


def fail(connection: Connection, regrade: str, error: str) -> None:
    """It cannot be worked out."""
    _set(connection, regrade, state="failed", error=error)


def apply(connection: Connection, regrade: str, policy: Policy | None, who: str) -> dict[str, Any]:
    """Put the new scores in place; one that has changed since, or could not be found, stays. Raises ProgramError if not ready."""
    asked = _locked(connection, regrade)
    if asked["state"] not in ("ready", "undone"):
        raise problem("regrade.state", f"The regrade is {asked['state']}; only a ready one can be applied.", state=asked["state"])
    policy = policy or asked["policy"]
    for row in diff(connection, regrade):
        raises = row["to_score"] is not None and row["to_score"] > row["from_score"]
        if row["to_score"] is None or (policy == "keep_higher" and not raises):
            continue
        new = {"graded_version": asked["version"], **{name: row[f"to_{name}"] for name in GRADED[1:]}}
        _move(connection, regrade, row, _old(row), new, who, asked["why"], applied=True)
    _set(connection, regrade, state="applied", policy=policy)
    audit.record(connection, who, "regrade applied", regrade, asked["why"], after={"policy": policy})
    return find(connection, regrade)


def undo(connection: Connection, regrade: str, who: str, why: str = "") -> dict[str, Any]:
    """Put back every score that this regrade changed and nothing has changed since; raises ProgramError if it is not applied."""
    asked = _locked(connection, regrade)
    if asked["state"] != "applied":
        raise problem("regrade.state", f"The regrade is {asked['state']}; only an applied one can be undone.", state=asked["state"])
    for row in diff(connection, regrade):
        if row["applied"]:
            new = {"graded_version": asked["version"], **{name: row[f"to_{name}"] for name in GRADED[1:]}}
            _move(connection, regrade, row, new, _old(row), who, why, applied=False)
    _set(connection, regrade, state="undone")
    audit.record(connection, who, "regrade undone", regrade, why)
    return find(connection, regrade)


def diff(connection: Connection, regrade: str) -> list[dict[str, Any]]:
    """Per submission, from what to what."""
    query = select(changes, submissions.c.student, submissions.c.attempt).join(submissions, submissions.c.id == changes.c.submission_id)
    rows = connection.execute(query.where(changes.c.regrade_id == regrade).order_by(submissions.c.student, submissions.c.attempt))
    return [dict(row) for row in rows.mappings()]


def _old(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"graded_version": row["from_version"], **{name: row[f"from_{name}"] for name in GRADED[1:]}}


def _move(
    connection: Connection,
    regrade: str,
    row: Mapping[str, Any],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    who: str,
    why: str,
    *,
    applied: bool,
) -> None:
    """Change one submission from old to new, if it is still as it was."""
    here = submissions.c.id == row["submission_id"]
    unchanged = [submissions.c[name] == old[name] for name in GRADED]
    if not connection.execute(update(submissions).where(here, *unchanged).values(**new)).rowcount:
        return
    place = (changes.c.regrade_id == regrade) & (changes.c.submission_id == row["submission_id"])
    connection.execute(update(changes).where(place).values(applied=applied))
    before, after = ({"score": part["score"], "version": part["graded_version"]} for part in (old, new))
    audit.record(connection, who, "submission regraded", row["submission_id"], why, before, after)


def _locked(connection: Connection, regrade: str) -> dict[str, Any]:
    connection.execute(select(regrades.c.id).where(regrades.c.id == regrade).with_for_update())
    return find(connection, regrade)


def _set(connection: Connection, regrade: str, **values: Any) -> None:
    connection.execute(update(regrades).where(regrades.c.id == regrade).values(**values))
