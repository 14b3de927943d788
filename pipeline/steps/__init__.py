"""The steps of the daily job, each a stage joined with the store; `run.py` has them in order."""
