from __future__ import annotations

import socket
import threading

from app.work.frames import REPLY, pack_call, receive_call, send_reply


def test_calls_come_out_as_they_went_in_whatever_their_size():
    ours, theirs = socket.socketpair()
    calls = [("trace", b""), ("a", b"x"), ("trace", bytes(range(256)) * 4096)]
    writer = threading.Thread(target=lambda: [ours.sendall(piece) for call in calls for piece in pack_call(*call)])
    writer.start()
    stream = theirs.makefile("rb")
    assert [receive_call(stream) for _ in calls] == calls
    writer.join()


def test_a_call_cut_off_in_the_middle_is_no_call():
    ours, theirs = socket.socketpair()
    head, body = pack_call("trace", b"0123456789")
    ours.sendall(head + body[:4])
    ours.close()
    assert receive_call(theirs.makefile("rb")) is None


def test_a_reply_is_its_status_its_length_and_its_content():
    ours, theirs = socket.socketpair()
    send_reply(ours, 422, b"problem")
    assert theirs.recv(100) == REPLY.pack(422, 7) + b"problem"
