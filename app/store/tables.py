"""The tables. Times are UTC as text that sorts, documents are JSON as text: the same on SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Name = String(200)
Instant = String(32)
Number = BigInteger().with_variant(Integer, "sqlite")
"""Counts up by itself, which on SQLite only its own integers do."""

exercises = Table(
    "exercises",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("version", Integer, nullable=False),  # the one that is answered now
    Column("link", String(64), nullable=False, unique=True),  # what a class link proves that it knows
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("deleted_at", Instant),
)
versions = Table(
    "versions",
    metadata,
    Column("exercise_id", String(100), ForeignKey("exercises.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Name, nullable=False),
)
attempts = Table(
    "attempts",
    metadata,
    Column("exercise_id", String(100), ForeignKey("exercises.id"), primary_key=True),
    Column("student", Name, primary_key=True),
    Column("used", Integer, nullable=False),
)
submissions = Table(
    "submissions",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("exercise_id", String(100), nullable=False),
    Column("version", Integer, nullable=False),  # under which it was answered
    Column("graded_version", Integer, nullable=False),  # under which its score was found
    Column("student", Name, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("answers", Text, nullable=False),
    Column("answers_digest", String(64), nullable=False),
    Column("result", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("max_score", Float, nullable=False),
    Column("request_by", Name, nullable=False),
    Column("request_key", Name),
    Column("request_digest", String(64), nullable=False),
    Column("submitted_at", Instant, nullable=False),
    ForeignKeyConstraint(["exercise_id", "version"], ["versions.exercise_id", "versions.version"]),
    ForeignKeyConstraint(["exercise_id", "graded_version"], ["versions.exercise_id", "versions.version"]),
    Unique("request_by", "request_key"),
    Unique("exercise_id", "student", "attempt"),
    Index(None, "student"),
)
keys = Table(
    "keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", Name, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scopes", String(100), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)
sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("key_id", String(16), ForeignKey("keys.id")),
    Column("student", Name),
    Column("exercises", Text, nullable=False),  # those whose links the student has brought
    Column("ends_at", Instant, nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("who", Name, nullable=False),
    Column("what", String(40), nullable=False),
    Column("subject", Name, nullable=False),
    Column("why", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Index(None, "subject"),
)
regrades = Table(
    "regrades",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("exercise_id", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("policy", String(20), nullable=False),
    Column("why", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("apply_at_once", Boolean, nullable=False),
    Column("asked_by", Name, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("error", Text),
    ForeignKeyConstraint(["exercise_id", "version"], ["versions.exercise_id", "versions.version"]),
)
changes = Table(
    "changes",
    metadata,
    Column("regrade_id", String(32), ForeignKey("regrades.id"), primary_key=True),
    Column("submission_id", String(32), ForeignKey("submissions.id"), primary_key=True),
    Column("from_version", Integer, nullable=False),
    Column("from_result", Text, nullable=False),
    Column("from_score", Float, nullable=False),
    Column("from_max_score", Float, nullable=False),
    Column("to_result", Text),
    Column("to_score", Float),
    Column("to_max_score", Float),
    Column("problem", Text),  # why it could not be graded anew: its score then stays
    Column("applied", Boolean, nullable=False),
)
jobs = Table(
    "jobs",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("kind", String(40), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("state", String(20), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("error", Text),
    Column("changed_at", Instant, nullable=False),
    Index(None, "state"),
)
secrets = Table("secrets", metadata, Column("name", String(40), primary_key=True), Column("value", String(100), nullable=False))
