"""Builds what is published, and looks it over: `python -m tests.package` (needs build and twine).

The wheel that the source archive builds is the one that the working copy builds, byte for byte but
for the order of its files; every file of the package is in it, and the man page. What twine finds
wrong is told, too.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"


def build() -> tuple[Path, Path]:
    """Return the source archive and the wheel that it builds, in dist/."""
    shutil.rmtree(DIST, ignore_errors=True)
    _module("build", "--outdir", str(DIST), str(ROOT))
    (archive,), (wheel,) = DIST.glob("*.tar.gz"), DIST.glob("*.whl")
    return archive, wheel


def faults(wheel: Path) -> list[str]:
    """Return how a wheel differs from the working copy."""
    with TemporaryDirectory() as folder:
        _module("build", "--wheel", "--outdir", folder, str(ROOT))
        (other,) = Path(folder).glob("*.whl")
        ours, direct = _contents(wheel), _contents(other)
    differs = sorted(
        name for name in ours.keys() | direct.keys() if ours.get(name) != direct.get(name)
    )
    tracked = subprocess.run(
        ["git", "ls-files", "pipeline"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    missing = sorted({*filter(None, tracked)} - ours.keys())
    manual = [name for name in ours if name.endswith("share/man/man1/touchpoints.1")]
    return [
        *(f"{name} differs between the two wheels" for name in differs if "RECORD" not in name),
        *(f"{name} is missing" for name in missing),
        *([] if manual else ["the man page is missing"]),
    ]


def _contents(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as packed:
        return {one.filename: one.CRC for one in packed.infolist()}


def _module(name: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", name, *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    archive, wheel = build()
    _module("twine", "check", "--strict", str(archive), str(wheel))
    found = faults(wheel)
    print("\n".join(found) or f"{archive.name} and {wheel.name} are one and the same")
    sys.exit(bool(found))
