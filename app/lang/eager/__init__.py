"""Pasted PyTorch: its syntax checked, then walked statement by statement over the values of a library (ours, or torch itself)."""
