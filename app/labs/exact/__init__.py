"""Programs once more with as many digits as it takes: what their operations would answer if nothing was rounded."""
