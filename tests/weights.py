"""What an installation weighs, and why: `python -m tests.weights [--write]` asks a package index.

Installs the packages that were asked for into one fresh environment and the wheel in dist/, which
`make package` makes, into another, and gives a table: each package with its megabytes and its
reason, as pyproject.toml tells it. --write puts it into docs/install.md. Also measured: the seconds
from the wheel to the end of the demo, and whether all byte code is there.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "install.md"
ASKED = ("feedparser", "httpx", "beautifulsoup4", "scikit-learn", "sqlite-utils")
# Asked of an environment's own Python: name, bytes, what it needs, whether by byte code.
_LISTED = """
import json, importlib.metadata as m, os, re
found = []
for one in m.distributions():
    files = {os.path.normcase(one.locate_file(f).resolve()) for f in one.files or ()}
    size = sum(os.path.getsize(f) for f in files if os.path.isfile(f))
    needs = [re.match(r"[\\w.-]+", r)[0] for r in one.requires or () if "extra ==" not in r]
    bare = [f for f in files if f.endswith(".py") and "site-packages" in f
            and not os.path.isfile(__import__("importlib.util").util.cache_from_source(f))]
    found.append((one.metadata["Name"], size, needs, len(bare)))
print(json.dumps(found))
"""


@dataclass(frozen=True, slots=True)
class Installed:
    """A package in an environment."""

    name: str
    size: int  # bytes, byte code and all
    needs: tuple[str, ...]
    uncompiled: int  # files without byte code


def key(name: str) -> str:
    """Return a package's name as all its spellings."""
    return re.sub(r"[-_.]+", "-", name).lower()


def reasons(text: str) -> dict[str, str]:
    """Return the comment beside or above each dependency in pyproject.toml."""
    block = text.partition("\ndependencies = [\n")[2].partition("\n]\n")[0]
    found: dict[str, str] = {}
    above: list[str] = []
    for line in map(str.strip, block.splitlines()):
        if line.startswith("#"):
            above.append(line.removeprefix("#").strip())
            continue
        name, beside = re.fullmatch(r'"([\w.-]+).*?",\s*(?:#\s*(.*))?', line).groups()  # type: ignore[union-attr]
        found[key(name)] = beside or " ".join(above)
        above = []
    return found


def table(installed: Sequence[Installed], why: Mapping[str, str]) -> str:
    """Return the packages as a table, the heaviest first, with who brings what is not named."""
    by = {key(need): one.name for one in installed for need in one.needs if key(one.name) != OURS}
    rows = [
        f"| {one.name} | {one.size / 1e6:.1f} | "
        + (
            why.get(key(one.name))
            or (f"{by[key(one.name)]} needs it" if key(one.name) in by else "Touchpoints itself")
        )
        + " |"
        for one in sorted(installed, key=lambda one: (-one.size, one.name))
    ]
    return "\n".join(["| package | MB | why |", "|---|---|---|", *rows]) + "\n"


OURS = "touchpoints"


def install(folder: Path, *what: str) -> tuple[list[Installed], float]:
    """Install into a fresh environment; return what is there, without pip, and the seconds."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    begun = time.perf_counter()
    _run(folder, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)
    seconds = time.perf_counter() - begun
    listed = json.loads(_run(folder, "-c", _LISTED))
    found = [Installed(name, size, tuple(needs), bare) for name, size, needs, bare in listed]
    return [one for one in found if key(one.name) not in ("pip", "setuptools")], seconds


def _run(folder: Path, *words: str) -> str:
    # -I: what lies in this folder is not installed there.
    command = [str(folder / "bin" / "python"), "-I", *words]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def measured(wheel: Path) -> str:
    """Return the part of docs/install.md that is measured."""
    with TemporaryDirectory() as place:
        asked, _ = install(Path(place, "asked"), *ASKED)
        ours, seconds = install(Path(place, "ours"), str(wheel))
        begun = time.perf_counter()
        _run(Path(place, "ours"), "-m", "pipeline", "demo", "--into", f"{place}/demo")
        demo = time.perf_counter() - begun
    before, after = (sum(one.size for one in group) / 1e6 for group in (asked, ours))
    why = reasons((ROOT / "pyproject.toml").read_text("utf-8"))
    version = ".".join(map(str, sys.version_info[:2]))
    bare = sum(one.uncompiled for one in ours)
    return (
        f"Python {version} on {sys.platform}, byte code and all: the five packages that were asked "
        f"for ({', '.join(ASKED)}) with what they need weigh {before:.0f} MB, Touchpoints with all "
        f"that it needs {after:.0f} MB: {after - before:.0f} MB more. `pip install` of the wheel "
        f"took {seconds:.0f} s, the demo {demo:.1f} s more. "
        f"{bare or 'No'} {'files have' if bare != 1 else 'file has'} no byte code after it.\n\n"
        + table(ours, why)
    )


def written(text: str, part: str) -> str:
    """Return the page with its measured part made anew."""
    block = f"<!-- weights -->\n{part}<!-- /weights -->\n"
    return re.sub(
        r"<!-- weights -->\n.*?<!-- /weights -->\n", lambda _: block, text, flags=re.DOTALL
    )


if __name__ == "__main__":
    (made,) = (ROOT / "dist").glob("*.whl")
    part = measured(made)
    print(part)
    if "--write" in sys.argv:
        PAGE.write_text(written(PAGE.read_text("utf-8"), part), "utf-8")
