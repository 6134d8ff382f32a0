"""The schemas of what is kept: exercises, submissions, grades, regrades, sessions."""

from __future__ import annotations

from app.web.schemas.parts import COUNT, NUMBER, TEXT, YES, Schema, listed, mapped, or_null, record, ref

POSED: Schema = {"type": "object", "description": "What a grader takes: source, inputs, variants, mode, ask, tolerance, policy …"}
REGRADE = "id exercise_id version policy why state asked_by asked_at error"
SCORED = record("score max_score version", score=NUMBER, max_score=NUMBER, version=COUNT)

SCHEMAS: dict[str, Schema] = {
    "PosedExercise": record(
        "id title topic level minutes statement exercise own version",
        "note link current made_at",
        id=TEXT,
        title=or_null(TEXT),
        topic=or_null(TEXT),
        level=or_null(TEXT),
        minutes=or_null(COUNT),
        statement=or_null(TEXT),
        note=or_null(TEXT),
        exercise=POSED,
        own=YES,
        version=or_null(COUNT),
        current=COUNT,
        link=TEXT,
        made_at=TEXT,
    ),
    "ExerciseSent": {
        "description": "An exercise as a grader takes it, and what it says of itself; docs/exercises.md tells the fields.",
        **record(
            "source",
            "id title topic level minutes statement note",
            source=TEXT,
            id=TEXT,
            title=TEXT,
            topic=TEXT,
            level=TEXT,
            minutes=COUNT,
            statement=TEXT,
            note=TEXT,
        ),
    },
    "Exercises": record("exercises", exercises=listed(ref("PosedExercise"))),
    "Submission": record(
        "id exercise_id version graded_version student attempt late score max_score submitted_at answers result",
        "attempts_left",
        id=TEXT,
        exercise_id=TEXT,
        version=COUNT,
        graded_version=COUNT,
        student=TEXT,
        attempt=COUNT,
        late=YES,
        score=NUMBER,
        max_score=NUMBER,
        submitted_at=TEXT,
        answers={"type": "object"},
        result=ref("Grade"),
        attempts_left=or_null(COUNT),
    ),
    "Submissions": record("submissions next", submissions=listed(ref("Submission")), next=or_null(COUNT)),
    "Gradebook": record(
        "grades",
        grades=listed(
            record(
                "exercise_id student score max_score attempts late submitted_at last_at version graded_version",
                exercise_id=TEXT,
                student=TEXT,
                score=NUMBER,
                max_score=NUMBER,
                attempts=COUNT,
                late=YES,
                submitted_at=TEXT,
                last_at=TEXT,
                version=COUNT,
                graded_version=COUNT,
            )
        ),
    ),
    "Progress": record(
        "exercise_id version students attempts finished scores max_score last_at spots",
        exercise_id=TEXT,
        version=COUNT,
        students=COUNT,
        attempts=COUNT,
        finished=COUNT,
        scores=listed(NUMBER),
        max_score=or_null(NUMBER),
        last_at=or_null(TEXT),
        spots=listed(
            record(
                "node id quantity slot verdicts diagnoses slips",
                node=TEXT,
                id=COUNT,
                quantity=TEXT,
                slot=or_null(COUNT),
                verdicts=mapped(COUNT),
                diagnoses=mapped(COUNT),
                slips=COUNT,
            )
        ),
    ),
    "Regrade": record(
        REGRADE,
        "diff",
        id=TEXT,
        exercise_id=TEXT,
        version=COUNT,
        policy={"enum": ["keep_higher", "replace"]},
        why=TEXT,
        state={"enum": ["queued", "running", "ready", "applied", "undone", "failed"]},
        asked_by=TEXT,
        asked_at=TEXT,
        error=or_null(TEXT),
        diff=listed(
            record(
                "submission_id student attempt from_ to change problem applied",
                submission_id=TEXT,
                student=TEXT,
                attempt=COUNT,
                from_=SCORED,
                to=or_null(SCORED),
                change=or_null(NUMBER),
                problem=or_null(ref("Problem")),
                applied=YES,
            )
        ),
    ),
    "Regrades": record("regrades", regrades=listed(ref("Regrade"))),
    "Session": record(
        "role",
        "name scopes student exercise_id exercises",
        role={"enum": ["teacher", "student", "anybody"]},
        name=TEXT,
        scopes=listed(TEXT),
        student=TEXT,
        exercise_id=TEXT,
        exercises=listed(TEXT),
    ),
    "Changes": record(
        "changes next",
        changes=listed(
            record(
                "number at who what subject why before after",
                number=COUNT,
                at=TEXT,
                who=TEXT,
                what=TEXT,
                subject=TEXT,
                why=TEXT,
                before={},
                after={},
            )
        ),
        next=or_null(COUNT),
    ),
    "Forgotten": record("submissions", submissions=COUNT),
}
