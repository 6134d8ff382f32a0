"""Views of a program, each a pure function of it."""
