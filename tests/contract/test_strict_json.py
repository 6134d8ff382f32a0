from __future__ import annotations

import json
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.diagnostic import ProgramError
from app.wire.json import parse, too_deep
from app.wire.tensors import tensor

PLAIN = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=30)


def depth(value) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inside is None else 1 + max(map(depth, inside), default=0)


@settings(max_examples=50, deadline=None)
@given(VALUES, st.booleans())
def test_valid_json_is_read_as_the_standard_library_reads_it(value, escaped: bool):
    try:
        body = json.dumps(value, ensure_ascii=escaped).encode()
    except UnicodeEncodeError:
        return
    if b"\\ud" not in body:
        assert parse(body, 64) == json.loads(body)


@settings(deadline=None)
@given(VALUES, st.integers(0, 6))
def test_the_depth_is_counted_without_a_parser(value, limit: int):
    body = json.dumps(value).encode()
    assert too_deep(body, limit) == (depth(value) > limit)


def code_of(body: bytes) -> str | None:
    try:
        parse(body, 8)
    except ProgramError as error:
        return error.diagnostic.code
    return None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | st.text('{}[]",:\\ 0eE+-.truefalsnu', max_size=40).map(str.encode))
def test_whatever_comes_is_read_or_refused_with_a_code(body: bytes):
    assert code_of(body) in (None, "request.json", "request.duplicate_key")


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 70 + b'"' + b'\\"' * 500_000,
        b"[" * 70 + b'"' * 1_000_000,
        b"[]" * 500_000,
        b"[" * 1_000_000,
        b"[" * 500_000 + b"]" * 500_000,
        b'{"a":' * 200_000,
        b'["' + b"\\" * 1_000_000,
        b"[" + b"1," * 500_000,
        b"9" * 1_000_000,
        b"-" * 1_000_000,
        b'"\\ud800' * 100_000,
    ],
)
def test_no_megabyte_takes_long_to_refuse(body: bytes):
    began = time.perf_counter()
    with pytest.raises(ProgramError):
        parse(body, 64)
    assert time.perf_counter() - began < 20  # what is not linear takes minutes


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**15), 10**15) | st.booleans(), min_size=2, max_size=2)
    )
)
def test_rectangular_lists_become_arrays(rows: list):
    value = tensor(rows, "x")
    assert value.shape == np.array(rows, dtype=float).shape
    assert value.dtype in (np.float64, np.bool_)
    assert value.tolist() == np.array(rows, dtype=value.dtype).tolist()


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (2, 2.0),
        (True, True),
        ("-Infinity", -np.inf),
        ([1, "Infinity"], [1.0, np.inf]),
        ([True, False], [True, False]),
        ([True, 2], [1.0, 2.0]),
        ([], []),
        ([[], []], [[], []]),
    ],
)
def test_numbers_booleans_and_words_are_read(raw, value):
    got = tensor(raw, "x")
    assert (got.tolist() if isinstance(got, np.ndarray) else got) == value
    assert type(got) in (float, bool, np.ndarray)


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (None, "x"),
        ("1", "x"),
        ("infinity", "x"),
        ({}, "x"),
        ([None], "x[0]"),
        ([1, [2]], "x[1]"),
        ([[1], 2], "x[1]"),
        ([[1, 2], [3]], "x[1]"),
        ([[[1], [2]], [[3], [4, 5]]], "x[1][1]"),
        ([[1, 2], [3, "4"]], "x[1][1]"),
        ([1, {}], "x[1]"),
        ([10**400], "x[0]"),
        ([1e308, float("inf")], "x[1]"),
    ],
)
def test_what_is_no_tensor_is_refused_at_its_place(raw, place: str):
    with pytest.raises(ProgramError) as refusal:
        tensor(raw, "x")
    assert refusal.value.diagnostic.code == "input.invalid"
    assert refusal.value.diagnostic.extra["place"] == place


def test_a_list_nested_beyond_any_rank_is_refused():
    raw: list = []
    for _ in range(60):
        raw = [raw]
    with pytest.raises(ProgramError, match="levels deep"):
        tensor(raw, "x")
