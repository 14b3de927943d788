"""What failed or was written wrongly: a value that travels to the digest and stops nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pipeline.records.record import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that failed or was written wrongly, and stops nothing else."""

    stage: str  # "workspace", "news", ...
    where: str  # a file name relative to the workspace, or a feed's address without credentials
    what: str  # one sentence for a job seeker
    todo: str = ""  # what to do about it, one sentence
    path: str = ""  # the way to the place inside the file: "companies › oracle › alias"
    line: int = 0  # from 1; 0: the whole file
    column: int = 0  # from 1; 0: the whole line
    level: Literal["error", "warning", "remark"] = "error"  # a remark is shown by `check` only
    since: datetime | None = None  # for a feed: failing since
