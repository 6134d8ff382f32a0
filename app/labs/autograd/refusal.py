"""What a program of PyTorch ends with when PyTorch refuses it."""

from __future__ import annotations


class TorchError(Exception):
    """An exception of PyTorch: the name of its class and its words."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text
