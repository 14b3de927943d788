"""What can go wrong in a way that the candidate can fix: one class for each.

A message is a whole sentence to a job seeker: what is wrong, where, and what to do. The cli
prints it and exits with `exit_code`. Everything else that is raised is our bug (exit code 3).
What fails without stopping the run is not an error but a value: see `records.Problem`.
"""

from __future__ import annotations

from datetime import datetime


class TouchpointsError(Exception):
    """Base of all of them; never raised itself."""

    exit_code = 1


class WorkspaceMissing(TouchpointsError):
    """No feeds.yaml in the folder that was named, nor in the current folder or its parents."""


class WorkspaceWrong(TouchpointsError):
    """feeds.yaml has mistakes, so nothing can be run; the message lists them all."""


class NotFound(TouchpointsError):
    """The user named a company, suggestion or story that is not there."""


class MoveNotAllowed(TouchpointsError):
    """The lifecycle has no such move, for instance `answered` on what was never sent."""


class CannotEdit(TouchpointsError):
    """feeds.yaml is written in a way that the program cannot change without harm."""


class NotAMail(TouchpointsError):
    """The message is for another channel, so no mail program can open it."""


class ReplyUnclear(TouchpointsError):
    """What an answer said lacks something, or its day has gone by: nothing was recorded."""


class TooLate(TouchpointsError):
    """A message would come when it is of no use any more: nothing was recorded."""


class ChangedMeanwhile(TouchpointsError):
    """What the user saw and answered is no longer what is there: nothing was recorded."""


class CannotServe(TouchpointsError):
    """The address for the page's server cannot be used."""


class CannotSchedule(TouchpointsError):
    """What would start the daily job is not there, or does not take what it is given."""


class SchedulerMissing(TouchpointsError):
    """Dask is not installed, or its scheduler cannot be reached, or has no workers."""


class CannotWrite(TouchpointsError):
    """The disk is full, or the folder may not be written to."""


class NotDelivered(TouchpointsError):
    """The user asked for the digest to be sent to them, and it was not."""


class ModelDamaged(TouchpointsError):
    """A file of fitted weights, which belongs to the program, is missing or cannot be read."""


class StoreDamaged(TouchpointsError):
    """data/touchpoints.db is there, but SQLite cannot read it."""


class OtherStoreVersion(TouchpointsError):
    """data/touchpoints.db was written by a newer program, or one from before the first release."""


class NotABackup(TouchpointsError):
    """The file that is to be restored is not one of our backups, or was changed."""


class RunInProgress(TouchpointsError):
    """Another run holds the lock of this workspace, since the time given, where that is known."""

    exit_code = 4

    def __init__(self, message: str, since: datetime | None = None) -> None:
        super().__init__(message)
        self.since = since
