from __future__ import annotations

from app.work.queue import FairQueue, Slot

ADDRESS = Slot("203.0.113.7", exclusive=False)


def session(name: str) -> Slot:
    return Slot(name, exclusive=True)


def drain(queue: FairQueue[str]) -> list[str]:
    order = []
    while taken := queue.take():
        order.append(taken[1])
        queue.finish(taken[0])
    return order


def test_slots_take_turns_however_much_one_of_them_asks():
    queue: FairQueue[str] = FairQueue(100)
    for i in range(4):
        assert queue.put(ADDRESS, f"greedy {i}")
    assert queue.put(session("a"), "modest a")
    assert queue.put(session("b"), "modest b")
    assert drain(queue) == ["greedy 0", "modest a", "modest b", "greedy 1", "greedy 2", "greedy 3"]


def test_a_session_has_one_job_waiting_and_a_second_is_refused():
    queue: FairQueue[str] = FairQueue(100)
    assert queue.put(session("a"), "first")
    assert not queue.put(session("a"), "second")
    assert queue.count == 1


def test_a_session_with_a_job_running_keeps_its_other_one_waiting():
    queue: FairQueue[str] = FairQueue(100)
    queue.start(session("a"))
    queue.put(session("a"), "next of a")
    queue.put(session("b"), "first of b")
    assert queue.take() == (session("b"), "first of b")
    assert queue.take() is None
    queue.finish(session("a"))
    assert queue.take() == (session("a"), "next of a")


def test_an_address_may_have_several_jobs_running():
    queue: FairQueue[str] = FairQueue(100)
    queue.start(ADDRESS)
    assert queue.may_start(ADDRESS)


def test_the_queue_is_bounded_for_everybody():
    queue: FairQueue[str] = FairQueue(2)
    assert queue.put(ADDRESS, "1")
    assert queue.put(ADDRESS, "2")
    assert not queue.put(session("a"), "3")


def test_a_job_can_be_taken_back_once():
    queue: FairQueue[str] = FairQueue(2)
    queue.put(ADDRESS, "1")
    assert queue.remove(ADDRESS, "1")
    assert not queue.remove(ADDRESS, "1")
    assert queue.count == 0
    assert queue.take() is None
