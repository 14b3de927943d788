"""The code that Jinja2 makes of our templates, kept beside them as Python keeps that of a module.

To make it took a twentieth of a daily run. Where nothing may be written, it is made at each run.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from pipeline import __version__

FOLDER = Path(__file__).with_name("templates") / "__pycache__"


class KeptCode(jinja2.BytecodeCache):
    """Gives Jinja2 what it made of the same template before."""

    def get_source_checksum(self, source: str) -> str:
        """Return what changes with the template, with what makes code of it and what it calls."""
        return super().get_source_checksum(f"{jinja2.__version__} {__version__} {source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, where it is of this template."""
        with suppress(Exception):  # whatever is wrong with the file, the code is made anew
            bucket.bytecode_from_string(_path(bucket).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was made."""
        path = _path(bucket)
        new = path.with_suffix(f".{os.getpid()}.new")
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                path.parent.mkdir(exist_ok=True)
                new.write_bytes(bucket.bytecode_to_string())
                new.replace(path)


def _path(bucket: Bucket) -> Path:
    return FOLDER / f"{bucket.key}.{sys.implementation.cache_tag}"
