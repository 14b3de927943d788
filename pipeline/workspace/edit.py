"""Changes to feeds.yaml that leave every other line of it as the user wrote it.

Takes the text of a feeds.yaml without mistakes and what is wanted; returns the new text. Whole
lines come and go: entries of a list that has a line for each feed, and `key: value` at the end of
a group; a feed that moved gets its new address in place. Comments, order, quotes, indents and line
ends stay. The new text is read again, and has to say what the old one said but for the change.
Where that fails (a list in brackets, an alias), nothing is changed: `CannotEdit` has the lines for
the user to write, and where. Writing the file is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import CannotEdit
from pipeline.records import Config, Feed
from pipeline.workspace.config import parse_config
from pipeline.workspace.folder import FILE
from pipeline.workspace.tree import Fraction, Whole, YamlPath, read_tree, shown_path

INDENT = 2  # spaces, where the file shows no habit of its own

Section = Literal["companies", "topics"]
NameList = Literal["aliases", "not", "industry"]  # what tells a company from others
Where = tuple[Section, str, int]  # whose feed, and its place among theirs, from 0
_Edit = tuple[int, int, tuple[str, ...]]  # from which line to which, and the lines in their place


# ------------------------------------------------------------------------- what can be changed


def feeds_in(config: Config) -> Iterator[tuple[Where, Feed]]:
    """Yield every feed with its place in the file."""
    for company in config.companies:
        for number, feed in enumerate(company.feeds):
            yield ("companies", company.slug, number), feed
    for topic in config.topics:
        for number, feed in enumerate(topic.feeds):
            yield ("topics", topic.slug, number), feed


def add_feeds(text: str, root: Path, wanted: Sequence[Feed]) -> str:
    """Return the file with these feeds at the end of their company's or topic's list.

    A missing topic is made; a company has to be there.
    """
    file = _File(text)
    new: dict[YamlPath, list[Any]] = {}
    for feed in wanted:
        owner = ("companies", feed.company) if feed.company else ("topics", feed.topic)
        new.setdefault((*owner, "feeds"), []).append(_entry(feed, root))
    made = {path[1]: {"feeds": new[path]} for path in new if not file.has(path[:2])}
    parts: dict[YamlPath, Any] = {path: new[path] for path in new if file.has(path[:2])}
    if made:
        parts["topics",] = made
    values = {path: [*file.feeds(path), *feeds] for path, feeds in new.items()}
    return file.changed((file.append(*part) for part in parts.items()), values, root)


def remove_feeds(text: str, root: Path, places: Sequence[Where]) -> str:
    """Return the file without the lines of the feeds at these places."""
    file = _File(text)
    values: dict[YamlPath, Any] = {}
    for owner in dict.fromkeys(place[:2] for place in places):
        feeds = file.feeds((*owner, "feeds"))
        left = [feed for n, feed in enumerate(feeds) if (*owner, n) not in places]
        values[*owner, "feeds"] = left or None
    edits = (file.remove((*owner, "feeds", number)) for *owner, number in places)
    return file.changed(edits, values, root)


def mute(text: str, root: Path, owner: YamlPath, word: str) -> str:
    """Return the file with one more muted word: for all (`()`), a company, a topic or a feed."""
    file = _File(text)
    return _with_muted(file, root, owner, [*_muted(file, owner), word])


def unmute(text: str, root: Path, owner: YamlPath, word: str) -> str:
    """Return the file without a muted word, in whatever case and with whatever blanks."""
    file = _File(text)
    left = [one for one in _muted(file, owner) if same_word(one) != same_word(word)]
    return _with_muted(file, root, owner, left)


def same_word(word: Any) -> str:
    """Return a muted word for comparing with another."""
    return " ".join(str(getattr(word, "written", word)).split()).casefold()


def _muted(file: _File, owner: YamlPath) -> list[Any]:
    return file.feeds((*owner, "mute")) if file.has((*owner, "mute")) else []


def _with_muted(file: _File, root: Path, owner: YamlPath, words: list[Any]) -> str:
    if len(owner) < 4:
        path: YamlPath = (*owner, "mute")
        change = file.rewrite if file.has(path) else file.append
        return file.changed((change(path, words) for _ in range(1)), {path: words}, root)
    feeds, number = file.feeds(owner[:3]), int(owner[3])
    feed = feeds[number] if isinstance(feeds[number], dict) else {"url": feeds[number]}
    feed = {key: value for key, value in feed.items() if key != "mute"}
    feed |= {"mute": words} if words else {}
    feeds[number] = feed if feed.keys() != {"url"} else feed["url"]
    edits = (file.rewrite(owner, feeds[number]) for _ in range(1))
    return file.changed(edits, {owner[:3]: feeds}, root)


def add_words(text: str, root: Path, company: str, key: NameList, words: Sequence[str]) -> str:
    """Return the file with more words about a company, without those that are there."""
    file = _File(text)
    path = ("companies", company, key)
    old = file.feeds(path) if file.has(path) else []
    known = {same_word(word) for word in old}
    new = {same_word(word): " ".join(word.split()) for word in words}
    more = [word for same, word in new.items() if same and same not in known]
    if not more:
        return text
    change = file.rewrite if file.has(path) else file.append
    values = [*old, *more]
    return file.changed((change(path, values) for _ in range(1)), {path: values}, root)


def move_feeds(text: str, root: Path, moves: Mapping[Where, str]) -> str:
    """Return the file with other addresses at these places; all else about the feeds stays."""
    file = _File(text)
    values: dict[YamlPath, Any] = {}
    places: dict[YamlPath, str] = {}
    for (kind, slug, number), to in moves.items():
        path = (kind, slug, "feeds")
        feeds = values.setdefault(path, file.feeds(path))
        is_bare = isinstance(feeds[number], str)
        key = "url" if is_bare or "url" in feeds[number] else "page"
        places[(*path, number) if is_bare else (*path, number, key)] = to
        feeds[number] = to if is_bare else {**feeds[number], key: to}
    return file.changed((file.replace(*place) for place in places.items()), values, root)


def add_company(text: str, root: Path, slug: str, company: Mapping[str, Any]) -> str:
    """Return the file with one more company; as it is where there is one of that short name."""
    file = _File(text)
    path = ("companies", slug)
    if file.has(path):
        return text
    return file.changed((file.append(path, company) for _ in range(1)), {path: company}, root)


def add_name(text: str, root: Path, name: str) -> str:
    """Return the file with the user's own name, for the end of messages."""
    file, path = _File(text), ("settings", "drafts", "name")
    if file.has(path):
        return text
    return file.changed((file.append(*pair) for pair in [(path, name)]), {path: name}, root)


def as_yaml(value: Any) -> str:
    """Return a value on one line, as it may be written in a list of feeds."""
    from ruamel.yaml import YAML

    yaml, written = YAML(), StringIO()
    yaml.default_flow_style, yaml.width = True, 1_000_000
    yaml.dump([_plain(value)], written)
    return written.getvalue().strip()[1:-1]


def as_lines(value: Mapping[str, Any], column: int = 0) -> str:
    """Return a mapping as lines of YAML that begin in that column."""
    return "".join(f"{line}\n" for line in _lines(value, column, INDENT))


def line_of(feed: Feed, root: Path) -> str:
    """Return the line that adds a feed: `- https://…`."""
    return f"- {as_yaml(_entry(feed, root))}"


def _plain(value: Any) -> Any:
    """Return a value without what it knows of how it was written."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (Whole, Fraction)):
        return int(value) if isinstance(value, int) else float(value)
    return getattr(value, "written", value)


def _entry(feed: Feed, root: Path) -> Any:
    """Return a feed as the user would write it; a file in the workspace by its name there."""
    address = feed.address
    if "://" not in address and Path(address).is_relative_to(root):
        address = f"./{Path(address).relative_to(root).as_posix()}"
    more: dict[str, Any] = {}
    if feed.weight != 1.0:
        more["weight"] = int(feed.weight) if feed.weight == int(feed.weight) else feed.weight
    if feed.only:
        more["only"] = list(feed.only)
    if feed.page:
        return {"page": address, **more}
    return {"url": address, **more} if more else address


def _lines(value: Any, column: int, step: int) -> list[str]:
    """Return a mapping, or a list with a line for each entry, as lines that begin in that column"""
    space = " " * column
    if isinstance(value, list):  # `search: google` needs no braces there
        written = [as_yaml(entry) for entry in value]
        return [f"{space}- {w[1:-1] if re.fullmatch('{[^,]*}', w) else w}" for w in written]
    found: list[str] = []
    for key, item in value.items():
        is_list = isinstance(item, list) and (
            key == "feeds" or any(isinstance(entry, Mapping) for entry in item)
        )
        if item and (is_list or isinstance(item, Mapping)):
            found.append(f"{space}{as_yaml(key)}:")
            found += _lines(item, column + (INDENT if is_list else step), step)
        else:
            found.append(f"{space}{as_yaml(key)}: {as_yaml(item)}")
    return found


# ------------------------------------------------------------------------------ the file by lines


class _NotByLine(Exception):
    """What is to be changed has no lines of its own."""


class _File:
    """The text in lines, and what it says where."""

    def __init__(self, text: str) -> None:
        self._rows = text.split("\n")
        self._tree = read_tree(text, FILE)
        if not isinstance(self._tree.value, dict) or self._tree.problems:
            raise CannotEdit(f"{FILE} cannot be read: `touchpoints check` shows where.")

    def has(self, path: YamlPath) -> bool:
        """Return whether something is written under these keys."""
        return path in self._tree.keys

    def feeds(self, path: YamlPath) -> list[Any]:
        """Return the list at a path; one feed that is no list as a list of one."""
        found = self._value(path)
        return [] if found is None else list(found) if isinstance(found, list) else [found]

    def append(self, path: YamlPath, new: Any) -> _Edit:
        """Return the edit that puts entries behind those at a path, with its missing keys."""
        while path and path not in self._tree.keys:
            path, new = path[:-1], {path[-1]: new}
        old = self._value(path)
        steps = (
            column - 1
            for at, (line, column) in self._tree.keys.items()
            if len(at) == 2 and not self._rows[line - 1][: column - 1].strip()
        )
        step = next(steps, INDENT)
        if old is None:
            line, column = self._tree.keys[path]
            column += -1 + (INDENT if isinstance(new, list) else step)
        elif not old or type(old) is not type(new):
            raise _NotByLine
        else:
            first = 0 if isinstance(old, list) else next(iter(old))
            line, column = self._last_line(path), self._column((*path, first))
            inside = re.compile(rf" {{{column + 1},}}#")  # comments on what is above them
            while first and line < len(self._rows) and inside.match(self._rows[line]):
                line += 1
        return line, line, tuple(_lines(new, column, step))

    def remove(self, path: YamlPath) -> _Edit:
        """Return the edit that takes the lines of a list's entry out."""
        self._column(path)
        return self._tree.place(path)[0] - 1, self._last_line(path), ()

    def replace(self, path: YamlPath, new: str) -> _Edit:
        """Return the edit that writes another address in its place; quotes and an anchor stay."""
        line, column = self._tree.places[path]
        row, old = self._rows[line - 1], re.escape(self._value(path))
        found = re.compile(rf"((?:[&!]\S+\s+)*)(?:(['\"]){old}\2|{old})").match(row, column - 1)
        if found is None:
            raise _NotByLine
        written = f"{found[2]}{new}{found[2]}" if found[2] else as_yaml(new)
        return line - 1, line, (row[: found.end(1)] + written + row[found.end() :],)

    def rewrite(self, path: YamlPath, new: Any) -> _Edit:
        """Return the edit that writes a value in its place; a comment on its last line stays.

        A list with a line for each entry goes onto one line, in brackets, unless it has comments.
        """
        line, column = self._tree.places.get(path) or self._tree.keys[path]
        key_line = self._tree.keys.get(path, (line, column))[0]
        rows = self._rows[key_line - 1 : max(self._last_line(path), key_line)]
        if len(rows) > 1 and any("#" in row for row in rows):
            raise _NotByLine
        comment = re.search(r"\s+#.*$|\r?$", rows[0])
        end = comment[0] if comment else ""
        if path in self._tree.keys:
            found = re.match(rf"\s*{re.escape(str(path[-1]))}\s*:", rows[0])
        else:
            found = re.match(r"\s*-\s", rows[0])
        if found is None:
            raise _NotByLine
        start = found[0] if found[0].endswith(" ") else f"{found[0]} "
        return key_line - 1, key_line - 1 + len(rows), (f"{start}{as_yaml(new)}{end}",)

    def changed(self, edits: Iterable[_Edit], values: Mapping[YamlPath, Any], root: Path) -> str:
        """Return the new text, which has to have these values at these paths, and no mistake."""
        try:
            new = self._applied(edits)
        except (_NotByLine, IndexError):
            new = ""
        expected = self._tree.value
        for path, value in values.items():
            expected = _with(expected, path, value)
        if read_tree(new, FILE).value != expected:
            raise self._by_hand(values)
        for problem in parse_config(new, root)[1]:
            if problem.level == "error":
                raise CannotEdit(
                    f"Nothing was changed: {FILE} would have a mistake. "
                    f"{problem.what} {problem.todo}"
                )
        return new

    def _by_hand(self, values: Mapping[YamlPath, Any]) -> CannotEdit:
        parts = [f"{FILE} was not changed: write this by hand."]
        for path, value in values.items():
            new, known = value or [], max(len(path) - 1, 0)
            while known and not self.has(path[:known]):
                known -= 1
            for name in reversed(path[known:]):
                new = {name: new}
            line = self._tree.place(path)[0]
            where = f"Line {line}, under {shown_path(path[:known])}" if known else "At the end"
            parts += [f"{where}:", *_lines(new, INDENT * known, INDENT)]
        return CannotEdit("\n".join(parts))

    def _applied(self, edits: Iterable[_Edit]) -> str:
        """Return the text with all changes; those in one place in the order in which they came."""
        new: list[str] = []
        done = 0
        for first, last, lines in sorted(dict.fromkeys(edits), key=lambda edit: edit[0]):
            end = "\r" if self._rows[max(first - 1, 0)].endswith("\r") else ""
            new += [*self._rows[done:first], *(line.removesuffix("\r") + end for line in lines)]
            done = max(done, last)
        return "\n".join([*new, *self._rows[done:]])

    def _value(self, path: YamlPath) -> Any:
        value = self._tree.value
        for part in path:
            value = (value or {}).get(part) if isinstance(part, str) else value[part]
        return value

    def _column(self, path: YamlPath) -> int:
        """Return the column in which an entry begins: a key, or a dash with nothing before it."""
        line, column = self._tree.place(path)
        before = self._rows[line - 1][: column - 1]
        if not re.fullmatch(" *- +" if isinstance(path[-1], int) else " *", before):
            raise _NotByLine
        return len(before) - len(before.lstrip())

    def _last_line(self, path: YamlPath) -> int:
        """Return the last line in which a part of a value begins."""
        inside = (*self._tree.places.items(), *self._tree.keys.items())
        return max(place[0] for at, place in inside if at[: len(path)] == path)


def _with(value: Any, path: YamlPath, new: Any) -> Any:
    """Return a mapping with another value at a path."""
    if not path:
        return new
    return {**(value or {}), path[0]: _with((value or {}).get(path[0]), path[1:], new)}
