"""Wengert: automatic differentiation to look at, with every number checked."""

__version__ = "0.1.0"
