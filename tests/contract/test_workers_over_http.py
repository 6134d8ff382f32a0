"""Workers that die while the server serves, and clients that want more than their share."""

from __future__ import annotations

import concurrent.futures
import json
import os
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest
from live import GOOD, Live, check_problem, serving, wait_ready

ENDLESS = {"source": "i = 0\nwhile i >= 0:\n    i = i + 1\ny = x", "inputs": {"x": 1}}
RAISED = {"limit_steps": "1000000000", "limit_work": "100000000000", "limit_nodes": "2000000000"}


def workers(live: Live) -> list[int]:
    """The ids of the engine's workers: they are below the nursery, which is below the server."""
    return [pid for pid in live.children() if b"nursery" in Path(f"/proc/{pid}/cmdline").read_bytes() and parent(pid) != live.process.pid]


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_a_worker_killed_while_it_serves_costs_one_answer_and_nothing_more():
    with serving(workers="1", wall_seconds="20", **RAISED) as live:
        with concurrent.futures.ThreadPoolExecutor(1) as beside:
            running = beside.submit(live.trace, ENDLESS)
            time.sleep(0.4)
            for pid in workers(live):
                os.kill(pid, signal.SIGKILL)
            answer = running.result(10)
        check_problem(answer, 503, "server.stopped")
        assert int(answer.headers["retry-after"]) >= 1
        live.alive()
        assert live.metric('wengert_incidents_total{pool="engine",what="died"}') == 1


def test_a_server_under_load_survives_the_death_of_its_workers():
    with serving() as live:
        statuses: list[int] = []
        stop = threading.Event()

        def ask() -> None:
            with httpx.Client(base_url=live.address, timeout=30, trust_env=False) as client:
                while not stop.is_set():
                    statuses.append(client.post("/api/v1/trace", json=GOOD).status_code)

        askers = [threading.Thread(target=ask) for _ in range(3)]
        for asker in askers:
            asker.start()
        for _ in range(20):
            time.sleep(0.05)
            for pid in workers(live):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.3)
        stop.set()
        for asker in askers:
            asker.join()
        assert set(statuses) <= {200, 503}
        assert statuses.count(200) > 20
        live.alive()


def test_a_killed_nursery_is_replaced_and_the_server_is_ready_again():
    with serving() as live:
        for pid in live.children():
            if parent(pid) == live.process.pid:
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
        wait_ready(live, 5)
        live.alive()


def test_a_program_over_its_time_is_stopped_and_refused_when_it_did_so_twice():
    with serving(workers="1", wall_seconds="0.5", **RAISED) as live:
        for _ in range(2):
            check_problem(live.trace(ENDLESS), 503, "server.stopped")
            time.sleep(0.3)
        other_inputs = ENDLESS | {"inputs": {"x": 2}}
        check_problem(live.trace(other_inputs), 422, "program.refused")
        live.alive()
        assert live.metric('wengert_incidents_total{pool="engine",what="wall"}') == 2


def test_the_server_goes_on_answering_while_all_workers_are_busy():
    with serving(wall_seconds="4", **RAISED) as live, concurrent.futures.ThreadPoolExecutor(3) as beside:
        running = [beside.submit(live.trace, ENDLESS | {"inputs": {"x": i}}) for i in range(3)]
        time.sleep(0.3)
        for _ in range(5):
            assert live.client.get("/healthz").status_code == 200
        assert not any(job.done() for job in running), "it answered only when the workers were free again"
        assert {job.result(20).status_code for job in running} <= {503, 422}


def session_client(live: Live) -> httpx.Client:
    client = httpx.Client(base_url=live.address, timeout=30, trust_env=False)
    client.get("/")
    assert "wengert_session" in client.cookies
    return client


def test_a_session_has_one_request_running_and_one_waiting_and_others_are_not_kept_waiting():
    with serving(workers="2", wall_seconds="5", **RAISED) as live, concurrent.futures.ThreadPoolExecutor(2) as beside:
        greedy, other = session_client(live), session_client(live)
        running = beside.submit(greedy.post, "/api/v1/trace", json=ENDLESS)
        time.sleep(0.2)
        waiting = beside.submit(greedy.post, "/api/v1/trace", json=GOOD)
        time.sleep(0.2)
        third = greedy.post("/api/v1/trace", json=GOOD)
        check_problem(third, 503, "server.busy")
        assert int(third.headers["retry-after"]) >= 1
        assert other.post("/api/v1/trace", json=GOOD).status_code == 200
        assert not running.done(), "it waited for somebody else's program"
        check_problem(running.result(30), 503, "server.stopped")
        assert waiting.result(30).status_code == 200
        greedy.close()
        other.close()


def test_a_full_queue_is_answered_busy():
    with serving(workers="1", queue_length="2", wall_seconds="1.5", **RAISED) as live:
        with concurrent.futures.ThreadPoolExecutor(8) as beside:
            running = beside.submit(live.trace, ENDLESS)
            time.sleep(0.2)
            answers = [job.result(20) for job in [beside.submit(live.trace) for _ in range(6)]]
            running.result(20)
        assert sorted(answer.status_code for answer in answers) == [200, 200, 503, 503, 503, 503]
        refusal = next(answer for answer in answers if answer.status_code == 503)
        assert int(check_problem(refusal, 503, "server.busy") and refusal.headers["retry-after"]) >= 1
        live.alive()


def test_a_client_that_leaves_gives_its_place_in_the_queue_up():
    with serving(workers="1", queue_length="1", wall_seconds="2", **RAISED) as live, concurrent.futures.ThreadPoolExecutor(2) as beside:
        running = beside.submit(live.trace, ENDLESS)
        time.sleep(0.2)
        body = json.dumps(GOOD).encode()
        sock = live.connect()
        sock.sendall(
            b"POST /api/v1/trace HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )
        time.sleep(0.3)
        assert live.metric('wengert_pool{pool="engine",what="queued"}') == 1
        sock.close()
        time.sleep(0.3)
        assert live.metric('wengert_pool{pool="engine",what="queued"}') == 0
        running.result(10)


def test_a_stopping_server_finishes_what_it_has_begun():
    with serving(wall_seconds="1", **RAISED) as live, concurrent.futures.ThreadPoolExecutor(1) as beside:
        running = beside.submit(live.trace, ENDLESS)
        time.sleep(0.3)
        children = live.children()
        live.process.send_signal(signal.SIGTERM)
        check_problem(running.result(10), 503, "server.stopped")
        assert live.process.wait(10) in (0, -signal.SIGTERM)
        assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def test_nothing_outlives_a_killed_server():
    with serving() as live:
        children = live.children()
        assert children
        live.process.kill()
        live.process.wait()
        until = time.monotonic() + 60
        while [pid for pid in children if running(pid)]:
            assert time.monotonic() < until
            time.sleep(0.02)


def running(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("setting", ["port", "limit_nodes", "wall_seconds"])
def test_a_setting_that_does_not_parse_is_told(setting: str):
    with pytest.raises(AssertionError, match=f"WENGERT_{setting.upper()} is 'many'"), serving(**{setting: "many"}):
        pass
