"""The calls that keep something: exercises, submissions, the gradebook, regrades, sessions."""
