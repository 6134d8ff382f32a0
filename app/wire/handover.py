"""A status that is no answer. It stands alone so that the web process can know it without loading the engine."""

HAND_OVER = 0
"""The request belongs to the workers that have torch."""
