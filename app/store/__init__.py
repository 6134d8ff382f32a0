"""What lasts: exercises and their versions, submissions, keys, sessions, regrades, jobs, and who changed what."""
