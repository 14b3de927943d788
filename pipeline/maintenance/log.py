"""The log: a line for each unit of work, in data/logs; and where a bug showed.

Takes what happened, in a few words, with values; adds a line of text or JSON to a file that is
readable by its owner only and never grows beyond its limit. Nothing in a line comes from notes,
drafts, settings or the environment: a log may be shown to a stranger. Addresses are handed in as
`text.urls.shown` gives them, errors as the name of their class.

Not by `logging`: its handlers cost 9 ms of the start-up, and open files for all to read.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pipeline import __version__
from pipeline.records.record import dataclass
from pipeline.store import files
from pipeline.text.plain_files import is_plain, leads_out

# 24 runs a day with 50 feeds, each asked, write 180 kB a day: this holds a month, in 5 MB.
# no border test: the size of a log file; only how much of the past is kept depends on it
LARGEST = 1_000_000  # bytes of one file
KEPT = 4  # older files beside it: touchpoints.log.1 is the newest of them
DEEPEST = 10  # errors that led to one another; no border test: far beyond real values


P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Log:
    """Where lines go, how they are written, and the clock that they tell. No path: nowhere."""

    path: Path | None
    clock: Callable[[], datetime]
    as_json: bool = False

    def add(self, event: str, **values: Any) -> None:
        """Add a line."""
        self.add_all(event, [values])

    def add_all(self, event: str, rows: Iterable[dict[str, Any]]) -> None:
        """Add a line for each of several units of the same work."""
        if self.path is None:
            return
        at = self.clock().isoformat().replace("+00:00", "Z")
        written = as_json if self.as_json else as_text
        lines = [written(at, event, values) for values in rows]
        if lines:
            append(self.path, "".join(lines))


class Stopwatch:
    """Seconds spent in each stage, a line of the log each."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.seconds: dict[str, float] = {}
        self._begun = time.perf_counter()

    @property
    def total(self) -> float:
        """Return how long it took until now."""
        return time.perf_counter() - self._begun

    def time(self, stage: str, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do a step of a stage, and add its time to the stage's; return what the step gives."""
        begun = time.perf_counter()
        result = step(*args, **kwargs)
        took = time.perf_counter() - begun
        self.seconds[stage] = self.seconds.get(stage, 0.0) + took
        self._log.add("stage done", stage=stage, seconds=round(took, 3))
        return result


def place(root: Path, name: str) -> Path | None:
    """Return where a log lies; None where a link leads elsewhere that feeds.yaml does not name."""
    path = files.log_path(root, name)
    if leads_out(root, path):
        from pipeline.steps.opening import workspace_or_none

        workspace = workspace_or_none(root)
        if workspace is None or leads_out(root, path, workspace.config.settings.links):
            return None
    return path


def as_text(at: str, event: str, values: Mapping[str, Any]) -> str:
    """Return a line to read: the moment, what happened, and name=value."""
    found = "".join(f" {name}={_word(value)}" for name, value in values.items() if value != "")
    return f"{at} {event}:{found}\n" if found else f"{at} {event}\n"


def as_json(at: str, event: str, values: Mapping[str, Any]) -> str:
    """Return a line for other programs: one JSON object."""
    return json.dumps({"time": at, "event": event, **values}) + "\n"


def append(path: Path, text: str) -> bool:
    """Add to a file; where it would grow beyond its limit, begin another and drop the oldest.

    A log that cannot be written stops no work; returns whether it was.
    """
    content = text.encode("ascii", "backslashreplace")
    try:
        files.make_folder(path.parent)
        if path.exists() and not is_plain(path):  # a pipe would keep us for ever
            return False
        if _size(path) + len(content) > LARGEST:
            _turn_over(path)
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            return os.write(number, content[-LARGEST:]) > 0
        finally:
            os.close(number)
    except OSError:
        return False


def trace(error: BaseException, at: str) -> str:
    """Return where a bug showed, and nothing that the program was working on.

    An error's own words may quote a note, an address or a password, so they are left out.
    """
    return f"{at} Touchpoints {__version__}\n{''.join(_frames(error, DEEPEST))}\n"


def _frames(error: BaseException, deepest: int) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and deepest:
        yield from _frames(before, deepest - 1)
        yield "which led to:\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"
    if isinstance(error, BaseExceptionGroup) and deepest:
        for inner in error.exceptions:
            yield from _frames(inner, deepest - 1)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _turn_over(path: Path) -> None:
    older = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, KEPT + 1))]
    for newer, old in zip(older[-2::-1], older[:0:-1], strict=True):
        with suppress(FileNotFoundError):
            newer.replace(old)


def _word(value: Any) -> str:
    text = str(value)
    is_plain = text.isascii() and text.isprintable() and not set(text) & set(' "=')
    return text if is_plain else json.dumps(text)
