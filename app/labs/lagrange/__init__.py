"""Lagrange multipliers: every stationary point of a program under constraints, found, classified and looked at from around."""
