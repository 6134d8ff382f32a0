"""Attacks below HTTP libraries: bytes on a socket."""

from __future__ import annotations

import json
import time

import pytest
from live import GOOD, Live, check_problem_parts, read_answer, serving

BODY = json.dumps(GOOD).encode()
HEAD = b"POST /api/v1/trace HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


def refused(answer: tuple[int, bytes, bytes], status: int, code: str) -> None:
    got, head, body = answer
    assert got == status, (head, body)
    kind = next(line.split(b": ")[1].decode() for line in head.split(b"\r\n") if line.lower().startswith(b"content-type"))
    check_problem_parts(status, kind, body.decode(), code)
    assert b"content-security-policy: default-src 'none'" in head


def test_a_good_request_by_hand_is_answered(server: Live):
    assert server.raw(HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)[0] == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"GET @google.com HTTP/1.1\r\nHost: x\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nBroken header\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        HEAD + b"Content-Length: -5\r\n\r\n",
        HEAD + b"Content-Length: five\r\n\r\n",
        HEAD + b"Content-Length: 99999999999999999999999\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nbad trailer\r\n\r\n",
        HEAD + b"Transfer-Encoding: gzip, chunked, gzip\r\n\r\n0\r\n\r\n",
    ],
)
def test_what_is_not_http_is_refused(server: Live, sent: bytes):
    refused(server.raw(sent), 400, "request.http")


@pytest.mark.parametrize("host", [b"evil/path?x", b"evil path", b"a@b", b"", b"x" * 400, b"x:99999999"])
def test_a_host_that_is_no_host_is_refused(server: Live, host: bytes):
    refused(server.raw(b"GET /healthz HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"), 400, "request.http")


def test_a_request_without_a_host_is_refused(server: Live):
    refused(server.raw(b"GET /healthz HTTP/1.1\r\n\r\n"), 400, "request.http")


def test_a_long_address_is_refused(server: Live):
    refused(server.raw(b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"), 414, "request.uri_too_long")


def test_a_long_header_is_refused(server: Live):
    refused(server.raw(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 65_536 + b"\r\n\r\n"), 431, "request.headers")


def test_a_header_without_an_end_is_refused_early(server: Live):
    refused(server.raw(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000), 431, "request.headers")


def test_ten_thousand_headers_are_refused(server: Live):
    refused(server.raw(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 10_000 + b"\r\n"), 431, "request.headers")


def test_many_small_requests_on_one_connection_are_no_large_header(server: Live):
    with server.connect() as sock:
        for _ in range(600):
            sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100 + b"\r\n\r\n")
            assert read_answer(sock)[0] == 200


def test_a_body_longer_than_announced_does_not_become_part_of_the_request(server: Live):
    status, _, body = server.raw(HEAD + b"Content-Length: 5\r\n\r\n" + b"12345" + b"GET /healthz HTTP/1.1\r\n")
    assert status == 422
    assert json.loads(body)["code"] == "request.field"


def test_a_slow_head_is_refused_in_time(server: Live):
    began = time.monotonic()
    with server.connect() as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        for _ in range(4):
            time.sleep(0.2)
            sock.sendall(b"X: y\r\n")
        refused(read_answer(sock), 408, "request.timeout")
    assert time.monotonic() - began < 10


def test_a_slow_body_is_refused_in_time(server: Live):
    began = time.monotonic()
    with server.connect() as sock:
        sock.sendall(HEAD + b"Content-Length: 500\r\n\r\n")
        for _ in range(4):
            time.sleep(0.2)
            sock.sendall(b" ")
        refused(read_answer(sock), 408, "request.timeout")
    assert time.monotonic() - began < 10


def test_a_client_that_waits_for_100_continue_is_told_to_go_on_and_then_timed(server: Live):
    with server.connect() as sock:
        sock.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: 500\r\n\r\n")
        assert sock.recv(100).startswith(b"HTTP/1.1 100")
        refused(read_answer(sock), 408, "request.timeout")


def test_a_connection_that_says_nothing_is_closed(server: Live):
    with server.connect() as sock:
        assert sock.recv(100) == b""


def test_an_answered_request_whose_body_drips_on_loses_its_connection(server: Live):
    with server.connect() as sock:
        sock.sendall(HEAD + b"Content-Length: 2000000\r\n\r\n" + b" " * 1000)
        refused(read_answer(sock), 413, "request.too_large")
        began = time.monotonic()
        while sock.recv(100):
            pass
        assert time.monotonic() - began < 10


def test_requests_sent_ahead_are_answered_in_order(server: Live):
    paths = [b"/healthz", b"/nothing", b"/api/v1/limits", b"/healthz"]
    with server.connect() as sock:
        for path in paths:
            sock.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        received = b""
        while received.count(b"HTTP/1.1 ") < len(paths):
            received += sock.recv(65536)
    assert [part[:3] for part in received.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404", b"200", b"200"]


def test_an_upgrade_that_is_not_spoken_is_ignored(server: Live):
    wish = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n"
    assert server.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + wish)[0] in (200, 400)


def test_five_hundred_slow_clients_disturb_nobody(server: Live):
    slow = [server.connect() for _ in range(500)]
    try:
        for sock in slow:
            sock.sendall(b"G")
        began = time.monotonic()
        server.alive()
        assert time.monotonic() - began < 10
    finally:
        for sock in slow:
            sock.close()


def test_idle_connections_make_room_for_new_ones():
    with serving(connections="20") as live:
        idle = []
        for _ in range(60):
            sock = live.connect()
            sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert read_answer(sock)[0] == 200
            idle.append(sock)
        live.alive()
        for sock in idle:
            sock.close()


def test_connections_above_the_limit_that_are_all_in_use_are_answered_busy():
    with serving(connections="20", header_seconds="5") as live:
        half = [live.connect() for _ in range(20)]
        for sock in half:
            sock.sendall(b"GET /healthz HTTP/1.1\r\n")
        time.sleep(0.1)
        refusals = [live.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(3)]
        assert {status for status, _, _ in refusals} <= {200, 503}
        refused(next(answer for answer in refusals if answer[0] == 503), 503, "server.busy")
        for sock in half:
            sock.close()
        time.sleep(0.1)
        live.alive()


def test_a_client_that_does_not_read_its_answer_loses_its_connection():
    with serving(write_seconds="1") as live:
        body = json.dumps({"source": "y = zeros(1000, 900) + x", "inputs": {"x": 0.123456789}, "mode": "primal"}).encode()
        with live.connect() as sock:
            sock.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            time.sleep(3)
            received = 0
            sock.settimeout(2)
            while piece := sock.recv(1 << 20):
                received += len(piece)
        assert 0 < received < 9_000_000
        live.alive()
