"""The candidate's own templates: which file in data/templates/ is for what.

Takes the workspace's folder and the companies; gives `Template`s and problems with the files'
names. What is in a template is looked at where drafts are written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import get_args

from pipeline.records import Kind, Problem, Template
from pipeline.text.spelling import did_you_mean

FOLDER = "data/templates"
ENDING = ".txt"
KINDS: tuple[str, ...] = get_args(Kind)
# no border test: far beyond real values
MOST_FILES = 500  # five hundred companies with a wording of their own

Read = Callable[[str], tuple[str | None, list[Problem]]]


def read_templates(
    root: Path, companies: Collection[str], read: Read
) -> tuple[tuple[Template, ...], list[Problem]]:
    """Return the templates in data/templates/; `read` gives a file's text."""
    templates: list[Template] = []
    problems: list[Problem] = []
    for name in sorted(_names(root))[:MOST_FILES]:
        file = f"{FOLDER}/{name}"
        found = _meant(name, companies)
        if isinstance(found, tuple):
            problems.append(Problem("workspace", file, *found))
            continue
        text, wrong = read(file)
        problems += wrong
        if text is not None:
            templates.append(Template(file, found[0], found[1], text))
    return tuple(templates), problems


def _names(root: Path) -> Iterator[str]:
    """Yield the names of the files, without an editor's copies and a README."""
    folder = root / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        name = path.name
        if not path.is_dir() and not name.startswith((".", "#", "README")) and name[-1] != "~":
            yield name


def _meant(name: str, companies: Collection[str]) -> list[str] | tuple[str, str]:
    """Return [kind, company] for a file's name, else (what is wrong, what to do)."""
    stem = name.removesuffix(ENDING)
    kind, _, company = stem.partition(".")
    if stem == name:
        kind = name.partition(".")[0]
        return f'"{name}" is not used: its name does not end in {ENDING}.', _rename(kind, "")
    if kind not in KINDS:
        return f'There is no kind of message "{kind}".', _rename(kind, company)
    if company and company not in companies:
        known = f"There are: {', '.join(companies) or 'none'}."
        hint = did_you_mean(company, companies, known, form=f"{kind}.{{}}{ENDING}")
        return f'feeds.yaml has no company "{company}".', hint
    return [kind, company]


def _rename(kind: str, company: str) -> str:
    kinds = f"Name it after a kind: {', '.join(f'{item}{ENDING}' for item in KINDS)}."
    middle = f".{company}" if company else ""
    return did_you_mean(kind.replace("-", "_"), KINDS, kinds, form=f"{{}}{middle}{ENDING}")
