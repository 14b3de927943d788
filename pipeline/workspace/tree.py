"""YAML as plain values, with the line and column of every key and value.

Takes the text of a file (or of a note's head, with the line at which it begins); gives a `Tree`.
Unreadable YAML, duplicate keys and files that are bombs are problems, not errors.
No tag is obeyed: a value is text, a number, true or false, a date, a list or a mapping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pipeline.records import Problem

# no border test: far beyond real values
MOST_NODES = 50_000  # a file of 2,000 feeds has some 10,000; an alias bomb has billions
DEEPEST = 20  # feeds.yaml goes 6 deep; no border test: far beyond real values
# no border test: far beyond real values
DEEPEST_BRACKETS = 100  # counted in texts, too, where a bracket may be alone
LARGEST = 2_000_000  # characters; no border test: far beyond real values

YamlPath = tuple[str | int, ...]


@dataclass(slots=True)
class Tree:
    """What a file says, where, and every mistake found in it so far."""

    where: str = ""  # the file
    value: Any = None
    places: dict[YamlPath, tuple[int, int]] = field(default_factory=dict)  # of values
    keys: dict[YamlPath, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: YamlPath) -> tuple[int, int]:
        """Return line and column of a key (else of its value, else of what it is in)."""
        while path and path not in self.keys and path not in self.places:
            path = path[:-1]
        return self.keys.get(path) or self.places.get(path) or (0, 0)

    def note(
        self,
        path: YamlPath,
        what: str,
        todo: str = "",
        *,
        level: Literal["error", "warning", "remark"] = "error",
        at: tuple[int, int] | None = None,
    ) -> None:
        """Note a mistake, at the place of its key unless another line and column are given."""
        line, column = at or self.place(path)
        self.problems.append(
            Problem("workspace", self.where, what, todo, shown_path(path), line, column, level)
        )


class Whole(int):
    """A whole number that knows how it was written: `0x10`, `1_000`, `007`."""

    written: str


class Fraction(float):
    """A number that knows how it was written: `7E7` may be an alias, `1.50` a price."""

    written: str


class Day(date):
    """A day that knows how it was written: `2026-1-5`."""

    written: str


def _with_its_writing(value: Any, written: str) -> Any:
    """Return a number or a day that is also text, for where a text is wanted."""
    kept: Whole | Fraction | Day
    if type(value) is int:
        kept = Whole(value)
    elif isinstance(value, float):
        kept = Fraction(value)
    elif type(value) is date:
        kept = Day(value.year, value.month, value.day)
    else:
        return value
    kept.written = written
    return kept


class _TooMuch(Exception):
    """The file is larger or deeper than anything that a person writes."""


def read_tree(text: str, where: str, first_line: int = 1) -> Tree:
    """Return the tree of a YAML text whose first line is `first_line` of the file `where`."""
    tree = Tree(where)
    text = text.replace("\u00a0", " ").replace("\u200b", "")  # as a page or a chat has them
    try:
        if len(text) > LARGEST or _depth(text) > DEEPEST_BRACKETS:
            raise _TooMuch
        _read_into(tree, text, first_line)
    except (_TooMuch, RecursionError):
        tree.value = None
        tree.keys.clear()
        tree.places.clear()
        what = "The file is too large, or too deeply nested, to be read."
        tree.note((), what, "Take out what does not belong there.")
    return tree


def shown_path(path: YamlPath) -> str:
    """Return "companies › oracle › feeds › 2": entries of lists count from 1."""
    return " › ".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _read_into(tree: Tree, text: str, first_line: int) -> None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # YAML 1.2 allows it: the last one counts
    try:
        node = yaml.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        index, column = (mark.line, mark.column + 1) if mark else (0, 1)
        what, todo = _syntax_mistake(text, index, error)
        tree.note((), what, todo, at=(index + first_line, column))
        return
    except (YAMLError, ValueError) as error:
        tree.note((), f"This is not readable as YAML: {_first_line(error)}.")
        return
    if node is not None:
        walker = _Walker(tree, first_line)
        tree.value = walker.value_of(node, ())


def _depth(text: str) -> int:
    """Return how deep brackets are nested, before the YAML reader would follow them down."""
    depth = deepest = 0
    for letter in text:
        if letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


_QUOTED = re.compile(r"^[“„«‘]([^“”„«»‘’]*)[”“»’]$")
# Slips of a line, or of the one above, that stop the reader of YAML: what they are, what to do.
_SLIPS = tuple(
    (re.compile(form), what, todo)
    for form, what, todo in (
        (
            r"\s*[\w-]+\s*：",
            "There is a wide colon here.",
            "Write `key: value`.",
        ),
        (r"\s*[\w-]+:[^\s:/]", "There is no blank behind the colon.", "Write `key: value`."),
        (r"\s*\*\s", "There is an asterisk before an entry.", "Begin it with a dash: `- entry`."),
        (r"\s*(?:```|~~~)", "This is a mark of Markdown, not of YAML.", "Take the line out."),
        (r"---\s*$", "A second part begins at these dashes.", "Take the line out."),
        (
            r"\s*[\w-]+:\s+[^\"'\[{][^#]*:\s",
            "There is a colon inside a text.",
            'Put the text in quotes: name: "Acme: robots".',
        ),
    )
)


def _syntax_mistake(text: str, index: int, error: Any) -> tuple[str, str]:
    """Return what is wrong with the line of that index, and what to do."""
    lines = text.splitlines()
    written = lines[index] if 0 <= index < len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())] or "'\\t'" in str(error.problem):
        return "There is a tab here; YAML is indented with spaces.", "Put two spaces in its place."
    near = [written, lines[index - 1] if 0 < index <= len(lines) else ""]
    for form, what, todo in _SLIPS:
        if any(form.match(line) for line in near):
            return what, todo
    return (
        f"This is not readable as YAML: {error.problem or error.context}.",
        "Look at this line and the one above: a colon, quote or bracket, or the indent.",
    )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].strip().rstrip(".")


class _Walker:
    """Turns nodes to values, noting places and duplicate keys."""

    def __init__(self, tree: Tree, first_line: int) -> None:
        from ruamel.yaml import YAML

        self._tree = tree
        self._first_line = first_line
        self._count = 0
        self._constructor = YAML(typ="safe", pure=True).constructor

    def value_of(self, node: Any, path: YamlPath) -> Any:
        """Return a node's value; `path` leads to it."""
        from ruamel.yaml.nodes import MappingNode, SequenceNode

        self._count += 1
        if self._count > MOST_NODES or len(path) > DEEPEST:
            raise _TooMuch
        self._tree.places[path] = self._place(node)
        if isinstance(node, MappingNode):
            return dict(self._pairs(node, path))
        if isinstance(node, SequenceNode):
            return [self.value_of(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _pairs(self, node: Any, path: YamlPath) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node.value, str) else "?"
            line, column = self._place(key_node)
            if key in seen:
                what = f'"{key}" appears twice; the first is in line {seen[key]}.'
                self._tree.note((*path, key), what, "Keep one of them.", at=(line, column))
                continue
            seen[key] = line
            self._tree.keys[(*path, key)] = (line, column)
            yield key, self.value_of(value_node, (*path, key))
            if value_node.start_mark.index == value_node.end_mark.index:  # marked where the next is
                self._tree.places[(*path, key)] = (line, column)

    def _scalar(self, node: Any) -> Any:
        if not node.tag or not str(node.tag).startswith("tag:yaml.org,2002:"):
            return str(node.value)
        kind = str(node.tag).rpartition(":")[2]
        if kind == "str" and node.style is None:  # quotes of a word processor are none of YAML
            return _QUOTED.sub(r"\1", str(node.value))
        if kind not in ("null", "bool", "int", "float", "timestamp"):
            return str(node.value)
        written = str(node.value)
        try:
            value = self._constructor.construct_object(node)
        except (ValueError, OverflowError):  # 2026-02-31, or a number without end
            return written
        return _with_its_writing(value, written)

    def _place(self, node: Any) -> tuple[int, int]:
        return node.start_mark.line + self._first_line, node.start_mark.column + 1
