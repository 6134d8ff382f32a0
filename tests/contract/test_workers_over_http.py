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
from live import GOOD, Live, check_problem, eventually, parent, serving, wait_ready

ENDLESS = {"source": "i = 0\nwhile i >= 0:\n    i = i + 1\ny = x", "inputs": {"x": 1}}
RAISED = {"limit_steps": "1000000000", "limit_work": "100000000000", "limit_nodes": "2000000000"}
PATIENT = RAISED | {"wall_seconds": "60"}


def test_a_worker_killed_while_it_serves_costs_one_answer_and_nothing_more():
    with serving(workers="1", **PATIENT) as live, concurrent.futures.ThreadPoolExecutor(1) as beside:
        endless = beside.submit(live.trace, ENDLESS)
        live.until("running", 1)
        live.kill_workers()
        answer = endless.result(10)
        check_problem(answer, 503, "server.stopped")
        assert int(answer.headers["retry-after"]) >= 1
        live.alive()
        assert live.metric('wengert_incidents_total{pool="engine",what="died"}') == 1


def test_a_server_under_load_survives_the_death_of_its_workers():
    with serving() as live:
        statuses: list[int] = []
        stop = threading.Event()

        def ask() -> None:
            with httpx.Client(base_url=live.address, timeout=60, trust_env=False) as client:
                while not stop.is_set():
                    statuses.append(client.post("/api/v1/trace", json=GOOD).status_code)

        askers = [threading.Thread(target=ask) for _ in range(3)]
        for asker in askers:
            asker.start()
        for _ in range(20):
            time.sleep(0.05)
            live.kill_workers()
        served = statuses.count(200)
        eventually(lambda: statuses.count(200) > served + 20)
        stop.set()
        for asker in askers:
            asker.join()
        assert set(statuses) <= {200, 503}
        live.alive()


def test_a_killed_nursery_is_replaced_and_the_server_is_ready_again():
    with serving() as live:
        nursery = next(pid for pid in live.children() if parent(pid) == live.process.pid)
        os.kill(nursery, signal.SIGKILL)
        eventually(lambda: live.metric('wengert_incidents_total{pool="engine",what="nursery"}') == 1)
        wait_ready(live)
        live.alive()


def test_a_program_over_its_time_is_stopped_and_refused_when_it_did_so_twice():
    with serving(workers="1", wall_seconds="0.5", **RAISED) as live:
        for strikes in (1, 2):
            check_problem(live.trace(ENDLESS), 503, "server.stopped")
            assert live.metric('wengert_incidents_total{pool="engine",what="wall"}') == strikes
            live.alive()  # by then a worker has named the program
        other_inputs = ENDLESS | {"inputs": {"x": 2}}
        check_problem(live.trace(other_inputs), 422, "program.refused")
        live.alive()


def test_the_server_goes_on_answering_while_all_workers_are_busy():
    with serving(workers="2", **PATIENT) as live, concurrent.futures.ThreadPoolExecutor(3) as beside:
        endless = [beside.submit(live.trace, ENDLESS) for _ in range(3)]
        live.until("queued", 1)
        for _ in range(20):
            assert live.client.get("/healthz").status_code == 200
        live.until("running", 2)
        for _ in range(2):
            live.kill_workers()
            live.until("queued", 0)
        eventually(lambda: live.kill_workers() or all(job.done() for job in endless))
        assert {job.result().status_code for job in endless} == {503}


def session_client(live: Live) -> httpx.Client:
    client = httpx.Client(base_url=live.address, timeout=60, trust_env=False)
    client.get("/")
    assert "wengert_session" in client.cookies
    return client


def test_a_session_has_one_request_running_and_one_waiting_and_others_are_not_kept_waiting():
    with serving(workers="2", **PATIENT) as live, concurrent.futures.ThreadPoolExecutor(2) as beside:
        greedy, other = session_client(live), session_client(live)
        endless = beside.submit(greedy.post, "/api/v1/trace", json=ENDLESS)
        live.until("running", 1)
        waiting = beside.submit(greedy.post, "/api/v1/trace", json=GOOD)
        live.until("queued", 1)
        third = greedy.post("/api/v1/trace", json=GOOD)
        check_problem(third, 503, "server.busy")
        assert int(third.headers["retry-after"]) >= 1
        assert other.post("/api/v1/trace", json=GOOD).status_code == 200
        assert not waiting.done()
        live.kill_busy_worker()
        check_problem(endless.result(20), 503, "server.stopped")
        assert waiting.result(20).status_code == 200
        greedy.close()
        other.close()


def test_a_full_queue_is_answered_busy():
    with serving(workers="1", queue_length="2", **PATIENT) as live, concurrent.futures.ThreadPoolExecutor(8) as beside:
        endless = beside.submit(live.trace, ENDLESS)
        live.until("running", 1)
        jobs = [beside.submit(live.trace) for _ in range(6)]
        eventually(lambda: sum(job.done() for job in jobs) == 4)
        refusals = [job.result() for job in jobs if job.done()]
        for refusal in refusals:
            check_problem(refusal, 503, "server.busy")
            assert int(refusal.headers["retry-after"]) >= 1
        live.kill_workers()
        endless.result(20)
        assert sorted(job.result(20).status_code for job in jobs) == [200, 200, 503, 503, 503, 503]
        live.alive()


def test_a_client_that_leaves_gives_its_place_in_the_queue_up():
    with serving(workers="1", queue_length="1", **PATIENT) as live, concurrent.futures.ThreadPoolExecutor(2) as beside:
        endless = beside.submit(live.trace, ENDLESS)
        live.until("running", 1)
        body = json.dumps(GOOD).encode()
        sock = live.connect()
        head = b"POST /api/v1/trace HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        sock.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        live.until("queued", 1)
        sock.close()
        live.until("queued", 0)
        live.kill_workers()
        endless.result(20)


def test_a_stopping_server_finishes_what_it_has_begun():
    with serving(wall_seconds="2", **RAISED) as live, concurrent.futures.ThreadPoolExecutor(1) as beside:
        endless = beside.submit(live.trace, ENDLESS)
        live.until("running", 1)
        children = live.children()
        live.process.send_signal(signal.SIGTERM)
        check_problem(endless.result(20), 503, "server.stopped")
        assert live.process.wait(20) in (0, -signal.SIGTERM)
        assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def test_nothing_outlives_a_killed_server():
    with serving() as live:
        children = live.children()
        assert children
        live.process.kill()
        live.process.wait()
        eventually(lambda: not any(map(running, children)))


def running(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_server_without_torch_says_so():
    with serving(torch_workers="0") as live:
        assert live.client.get("/readyz").json()["torch"] == "off"
        answer = live.trace(GOOD | {"verify": True})
        check_problem(answer, 503, "verify.unavailable")
        live.alive()


@pytest.mark.parametrize("setting", ["port", "limit_nodes", "wall_seconds"])
def test_a_setting_that_does_not_parse_is_told(setting: str):
    with pytest.raises(AssertionError, match=f"WENGERT_{setting.upper()} is 'many'"), serving(**{setting: "many"}):
        pass
