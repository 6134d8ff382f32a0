"""The speed suite: ours beside its peers, in one process and one run, results checked against torch first."""
