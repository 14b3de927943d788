"""Whether the page of a new day waits for the hour at which it is read.

Loads nothing of what composes it: a run that rests asks, too.
"""

from __future__ import annotations

from datetime import timedelta

from pipeline.steps.job import Job
from pipeline.store import candidate, files
from pipeline.text.calendar import time_from
from pipeline.workspace.lookup import own_zone


def waits_for_morning(job: Job) -> bool:
    """Return whether the day's page is not to be made yet: its hour is still to come.

    It is made earlier where it is there already, and where nothing says that a later run will come:
    no run of the last day was as late.
    """
    hour = time_from(job.workspace.config.settings.digest.not_before)
    zone = own_zone(job.workspace)
    local = job.now.astimezone(zone)
    if job.options.early or hour is None or local.time() >= hour:
        return False
    if files.digest_path(job.root, job.today, "json").is_file():
        return False
    lately = candidate.runs_since(job.db, job.now - timedelta(days=1))
    return any(begun.astimezone(zone).time() >= hour for begun in lately)
