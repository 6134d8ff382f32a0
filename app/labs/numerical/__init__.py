"""Derivatives by differences: a program evaluated again at points nearby, in float64, in float32, and off the real line."""
