"""The steps of the daily job, each a stage joined with the store; `run.py` tells them in order."""
