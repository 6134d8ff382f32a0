"""Grading what a student computed by hand: each value against the truth, and against the student's own work before it."""
