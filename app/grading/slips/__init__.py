"""Known slips: one mutated rule each, and the value that it comes to."""
