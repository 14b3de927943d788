"""Which files are read: plain ones, and none to which a link leads from within to elsewhere.

A workspace may have come from somebody else, or through a shared folder: a pipe in it would keep
the program for ever, and a link would bring a file of the user's into a backup or a message. Takes
paths; looks at what they are, and reads nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISREG


def is_plain(path: Path) -> bool:
    """Return whether a plain file is there: no folder, pipe, socket or device. Raises OSError."""
    return S_ISREG(path.stat().st_mode)


def leads_out(root: Path, path: Path, linked: Iterable[str] = ()) -> str:
    """Return where a path of a workspace leads outside of it; "" where it stays within.

    `linked` are folders of the user's own into which its links may lead. The folder `data` may be
    a link itself: the program keeps everything there.
    """
    real = os.path.realpath(path)
    homes = (root, root / "data", *(root / Path(one).expanduser() for one in linked))
    is_within = any(Path(real).is_relative_to(os.path.realpath(home)) for home in homes)
    return "" if is_within else real
