"""Touchpoints: staying in mind, tactfully, between the interview and the answer.

The folders are the pipeline, in the order in which the data flows; `run.py` joins them.
"""

__version__ = "0.1.0"
