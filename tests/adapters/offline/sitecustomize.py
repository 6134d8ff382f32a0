"""Python starts with this in the tests of the adapters: whoever connects to anything has failed."""

import socket


def _refuse(*arguments, **keywords):
    raise OSError("the adapters work without a network")


socket.socket.connect = socket.socket.connect_ex = _refuse
socket.getaddrinfo = socket.create_connection = _refuse
