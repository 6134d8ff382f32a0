"""Dual numbers and their truncated Taylor series: what they are written as, how they go through a program, how a product expands."""
