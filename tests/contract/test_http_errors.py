"""Every status that the framework answers is a problem, and the next request is served as if nothing had happened."""

from __future__ import annotations

import json

import httpx
import pytest
from live import GOOD, Live, check_problem

SECURITY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "request.json"),
        (b" \n\t", 400, "request.json"),
        (b'{"source": ', 400, "request.json"),
        (b"{'source': 'y = x'}", 400, "request.json"),
        (b'{"source": "y = x",}', 400, "request.json"),
        (b'{"source": "y = x"} {}', 400, "request.json"),
        (b"\xff\xfe", 400, "request.json"),
        (b'\xef\xbb\xbf{"source": "y = x"}', 400, "request.json"),
        ('{"source": "y = x"}'.encode("utf-16"), 400, "request.json"),
        (b'{"source": "y = x\xc3"}', 400, "request.json"),
        (b'{"source": "\\ud800"}', 400, "request.json"),
        (b'{"source": "y = x\n"}', 400, "request.json"),
        (b'{"inputs": {"x": NaN}}', 400, "request.json"),
        (b'{"inputs": {"x": Infinity}}', 400, "request.json"),
        (b'{"inputs": {"x": -Infinity}}', 400, "request.json"),
        (b'{"inputs": {"x": 1.}}', 400, "request.json"),
        (b'{"inputs": {"x": ' + b"9" * 5000 + b"}}", 400, "request.json"),
        (b'{"a":' * 60_000 + b"1" + b"}" * 60_000, 400, "request.json"),
        (b"[" * 500_000, 400, "request.json"),
        (b'{"source": "y=x", "source": "y=1"}', 400, "request.duplicate_key"),
        (b'{"source": "y=x", "inputs": {"x": 1, "x": 2}}', 400, "request.duplicate_key"),
        (b'{"source": "y=x", "\\u0073ource": "y=1"}', 400, "request.duplicate_key"),
        (b"[]", 422, "request.field"),
        (b"null", 422, "request.field"),
        (b'"y = x"', 422, "request.field"),
        (b"{}", 422, "request.field"),
    ],
)
def test_a_body_that_is_no_request_is_refused(server: Live, body: bytes, status: int, code: str):
    check_problem(server.post(body), status, code)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"shape": 1}, "request.field"),
        ({"source": None}, "request.field"),
        ({"source": 1}, "request.field"),
        ({"mode": "backward"}, "request.field"),
        ({"mode": None}, "request.field"),
        ({"wrt": "x"}, "request.field"),
        ({"wrt": [1]}, "request.field"),
        ({"outputs": []}, "request.field"),
        ({"verify": 1}, "request.field"),
        ({"verify": "true"}, "request.field"),
        ({"verify": {"device": "tpu"}}, "request.field"),
        ({"verify": {"device": "cpu", "more": 1}}, "request.field"),
        ({"values": "all"}, "request.field"),
        ({"include": ["everything"]}, "request.field"),
        ({"format": "rows"}, "request.field"),
        ({"inputs": []}, "request.field"),
        ({"inputs": {"x": "1"}}, "input.invalid"),
        ({"inputs": {"x": None}}, "input.invalid"),
        ({"inputs": {"x": {}}}, "input.invalid"),
        ({"inputs": {"x": "nan"}}, "input.invalid"),
        ({"inputs": {"x": [1, [2]]}}, "input.invalid"),
        ({"inputs": {"x": [[1, 2], [3]]}}, "input.invalid"),
        ({"inputs": {"x": [[1, 2], 3]}}, "input.invalid"),
        ({"inputs": {"x": [1, None]}}, "input.invalid"),
        ({"inputs": {"x": 10**400}}, "input.invalid"),
        ({"inputs": {"": 1}}, "input.invalid"),
        ({"seed": "1"}, "input.invalid"),
        ({"seed": {"y": None}}, "input.invalid"),
    ],
)
def test_a_wrong_field_is_refused_and_named(server: Live, change: dict, code: str):
    problem = check_problem(server.post(json.dumps(GOOD | change).encode()), 422, code)
    assert next(iter(change)) in problem["detail"] + problem.get("hint", "")


def test_an_unknown_field_is_told_its_nearest_relative(server: Live):
    assert "'source'" in check_problem(server.post(b'{"sauce": "y = x"}'), 422, "request.field")["hint"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/json; charset=latin-1"]
)
def test_other_content_types_are_refused(server: Live, kind: str):
    check_problem(server.post(json.dumps(GOOD).encode(), **{"content-type": kind}), 415, "request.media_type")


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "gzip, gzip"])
def test_compressed_bodies_are_not_opened(server: Live, coding: str):
    check_problem(server.post(b"\x1f\x8b" + b"\0" * 100, **{"content-encoding": coding}), 415, "request.media_type")


def test_a_content_type_with_its_charset_is_accepted(server: Live):
    assert server.post(json.dumps(GOOD).encode(), **{"content-type": "Application/JSON; charset=UTF-8"}).status_code == 200


def test_a_body_above_one_mebibyte_is_refused(server: Live):
    check_problem(server.post(b" " * (1024 * 1024 + 1)), 413, "request.too_large")


def test_a_body_of_one_mebibyte_is_read(server: Live):
    good = json.dumps(GOOD).encode()
    assert server.post(good + b" " * (1024 * 1024 - len(good))).status_code == 200


def test_a_chunked_body_above_one_mebibyte_is_refused(server: Live):
    pieces = (b" " * 65536 for _ in range(40))
    check_problem(
        server.client.post("/api/v1/trace", content=pieces, headers={"content-type": "application/json"}), 413, "request.too_large"
    )


def test_a_chunked_body_is_read(server: Live):
    good = json.dumps(GOOD).encode()
    pieces = (good[i : i + 7] for i in range(0, len(good), 7))
    assert server.client.post("/api/v1/trace", content=pieces, headers={"content-type": "application/json"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/v1/trace/", "/api/v2/trace", "/static/nothing.js", "/static/", "/%00", "/api/v1/trace%0a"]
)
def test_what_is_not_there_is_not_found(server: Live, path: str):
    check_problem(server.client.get(path), 404, "request.not_found")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pyproject.toml",
        "/static/..%2fpyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/static/js/../../pyproject.toml",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/js%5c..%5c..%5cpyproject.toml",
        "/static/js/main.js%00.css",
        "/static/.gitignore",
    ],
)
def test_nothing_outside_the_static_folder_is_served(server: Live, path: str):
    status, _, body = server.raw(b"GET " + path.encode() + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert status in (400, 404)
    assert b"[project]" not in body


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
def test_a_trace_is_asked_for_with_post_only(server: Live, method: str):
    answer = server.client.request(method, "/api/v1/trace")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/api/v1/examples", "/api/v1/limits", "/healthz", "/static/js/main.js"])
def test_what_is_only_read_refuses_to_be_written(server: Live, path: str):
    answer = server.client.post(path, json={})
    check_problem(answer, 405, "request.method")
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/limits", "/static/js/main.js"])
def test_head_answers_as_get_without_the_body(server: Live, path: str):
    get, head = server.client.get(path), server.client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/docs/errors", "/nothing", "/healthz", "/api/v1/limits", "/static/js/main.js", "/api/v1/trace", "/openapi.json"]
)
def test_every_answer_carries_the_security_headers(server: Live, path: str):
    headers = server.client.get(path).headers
    assert {name: headers[name] for name in SECURITY} == SECURITY
    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert "unsafe" not in headers["content-security-policy"]


def test_the_answer_to_a_good_trace_carries_them_too(server: Live):
    headers = server.trace().headers
    assert {name: headers[name] for name in SECURITY} == SECURITY
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("origin", ["null", "https://evil.example"])
def test_no_other_origin_is_ever_allowed(server: Live, origin: str):
    answers = [
        server.trace(headers={"origin": origin}),
        server.client.options("/api/v1/trace", headers={"origin": origin, "access-control-request-method": "POST"}),
        server.client.get("/api/v1/examples", headers={"origin": origin}),
    ]
    for answer in answers:
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_form_of_another_site_cannot_ask_for_a_trace(server: Live):
    sent = json.dumps(GOOD).encode()
    answer = server.client.post("/api/v1/trace", content=sent, headers={"content-type": "text/plain", "origin": "https://evil.example"})
    check_problem(answer, 415, "request.media_type")


def test_a_thousand_ranges_are_ignored(server: Live):
    ranges = "bytes=" + ",".join("0-" for _ in range(1000))
    answer = server.client.get("/static/js/main.js", headers={"range": ranges})
    assert answer.status_code == 200
    assert answer.content == server.client.get("/static/js/main.js").content


def test_problems_tell_where_they_are_documented(server: Live):
    problem = check_problem(server.client.get("/nothing"), 404, "request.not_found")
    page = server.client.get(httpx.URL(server.address).join(problem["type"]))
    assert page.status_code == 200
    assert 'id="request.not_found"' in page.text
