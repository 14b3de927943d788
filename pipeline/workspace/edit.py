"""Changes to feeds.yaml that leave every other byte of it as the user wrote it.

Takes the text of a feeds.yaml without mistakes and what is wanted; gives the new text. The place
of a change is found with the YAML reader's own marks, and only there letters are put in or taken
out: comments, order, quotes, indents and line ends stay. (Loading the file and writing it out
again would keep comments, too, but not their columns, and moves those after the last entry of a
list.) The new text is read again, and has to say what the old one said but for the change; else
`CannotEdit` is raised, with what the user can write instead. Writing the file is left to others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import CannotEdit
from pipeline.records import Config, Feed, Topic
from pipeline.workspace.config import parse_config

INDENT = 2  # spaces, where the file shows no habit of its own
_COMMENT = re.compile(r"\r?\n( *)#[^\r\n]*")  # a line of its own

_PLAIN = re.compile(r"[^\s,\[\]{}#&*!|>'\"%@`\\?:-][^,\[\]{}\\\n]*")  # without quotes in a list

Owner = tuple[Literal["companies", "topics"], str]
Where = tuple[Literal["companies", "topics"], str, int]  # owner, and place among its feeds from 0
_Edit = tuple[int, int, str]  # from where to where, and what stands there then


# ------------------------------------------------------------------------- what can be changed


def feeds_in(config: Config) -> Iterator[tuple[Where, Feed]]:
    """Give every feed with its place in the file."""
    for company in config.companies:
        for number, feed in enumerate(company.feeds):
            yield ("companies", company.slug, number), feed
    for topic in config.topics:
        for number, feed in enumerate(topic.feeds):
            yield ("topics", topic.slug, number), feed


def add_feeds(text: str, root: Path, wanted: Sequence[Feed]) -> str:
    """Return the file with these feeds at the end of their company's or topic's list.

    A topic that is not there is made; a company has to be there.
    """
    groups: dict[Owner, list[Feed]] = {}
    for feed in wanted:
        groups.setdefault(_owner(feed), []).append(feed)
    entries = {owner: [_entry(feed, root) for feed in feeds] for owner, feeds in groups.items()}
    before = _config(text, root)
    known = {topic.slug for topic in before.topics}
    made = [Topic(slug) for kind, slug in groups if kind == "topics" and slug not in known]
    expected = _with_feeds(
        replace(before, topics=(*before.topics, *made)),
        lambda owner, feeds: (*feeds, *groups.get(owner, ())),
    )
    new = _applied(text, _additions(_document(text), text, entries))
    if not _is_same(_config(new, root), expected):
        raise _cannot(entries)
    return new


def remove_feeds(text: str, root: Path, places: Sequence[Where]) -> str:
    """Return the file without the feeds at these places, and what stands behind them in a line."""
    document = _document(text)
    edits: list[_Edit] = []
    for owner in dict.fromkeys((kind, slug) for kind, slug, _ in places):
        numbers = sorted(number for kind, slug, number in places if (kind, slug) == owner)
        edits += _removals(_feeds_node(document, owner), numbers, text)
    new = _applied(text, edits)
    expected = _with_feeds(
        _config(text, root),
        lambda owner, feeds: tuple(
            feed for number, feed in enumerate(feeds) if (*owner, number) not in places
        ),
    )
    if not _is_same(_config(new, root), expected):
        raise CannotEdit("feeds.yaml cannot be changed there: take the lines out by hand.")
    return new


def move_feeds(text: str, root: Path, moves: Mapping[Where, str]) -> str:
    """Return the file with other addresses at these places; all else about the feeds stays."""
    document = _document(text)
    edits = [
        _move(_feeds_node(document, (kind, slug)), (kind, slug, number), to, text)
        for (kind, slug, number), to in moves.items()
    ]
    new = _applied(text, edits)
    expected = _with_feeds(
        _config(text, root),
        lambda owner, feeds: tuple(
            replace(feed, address=moves.get((*owner, number), feed.address))
            for number, feed in enumerate(feeds)
        ),
    )
    if not _is_same(_config(new, root), expected):
        raise CannotEdit("feeds.yaml cannot be changed there: write the new address by hand.")
    return new


def add_company(text: str, root: Path, slug: str, company: Mapping[str, Any], search: str) -> str:
    """Return the file with one more company, and the search "google" if it has none yet."""
    new = text
    for path, value in ((("searches", "google"), search), (("companies", slug), company)):
        document = _document(new)
        if _at(document, path) is None:
            new = _applied(new, _put(document, path, value, new))
    before, after = _config(text, root), _config(new, root)
    if [c for c in after.companies if c.slug != slug] != [
        c for c in before.companies if c.slug != slug
    ] or (after.settings, after.topics) != (before.settings, before.topics):
        raise CannotEdit(f"feeds.yaml cannot be changed: add {slug} under `companies:` by hand.")
    return new


def as_yaml(value: Any) -> str:
    """Return a value on one line, as it may stand in a list of feeds."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(k)}: {as_yaml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    return _scalar(value)


def as_lines(value: Mapping[str, Any], column: int = 0) -> str:
    """Return a mapping as lines of YAML that begin in that column."""
    return "".join(f"{line}\n" for line in _lines(value, column, _Style(INDENT, INDENT, "\n")))


def line_of(feed: Feed, root: Path) -> str:
    """Return the line that adds a feed: `- https://…`."""
    return f"- {as_yaml(_entry(feed, root))}"


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
    return {"url": address, **more} if more else address


def _owner(feed: Feed) -> Owner:
    return ("companies", feed.company) if feed.company else ("topics", feed.topic)


# ----------------------------------------------------------------- is the result what was wanted?


def _config(text: str, root: Path) -> Config:
    config, problems = parse_config(text, root)
    wrong = [problem for problem in problems if problem.level == "error"]
    if wrong:
        raise CannotEdit(
            f"Nothing was changed: feeds.yaml would have a mistake. {wrong[0].what} {wrong[0].todo}"
        )
    return config


def _with_feeds(
    config: Config, change: Callable[[Owner, tuple[Feed, ...]], tuple[Feed, ...]]
) -> Config:
    """Return the config with each list of feeds changed."""
    return replace(
        config,
        companies=tuple(
            replace(item, feeds=change(("companies", item.slug), item.feeds))
            for item in config.companies
        ),
        topics=tuple(
            replace(item, feeds=change(("topics", item.slug), item.feeds)) for item in config.topics
        ),
    )


def _is_same(one: Config, other: Config) -> bool:
    """Tell whether two files say the same; whose website a feed is on follows from the rest."""

    def plain(config: Config) -> Config:
        return _with_feeds(config, lambda _, feeds: tuple(replace(f, own=False) for f in feeds))

    return plain(one) == plain(other)


def _cannot(groups: Mapping[Owner, Sequence[Any]]) -> CannotEdit:
    lines = "\n".join(
        f"  under {kind} › {slug} › feeds:  - {as_yaml(entry)}"
        for (kind, slug), entries in groups.items()
        for entry in entries
    )
    return CannotEdit(
        "feeds.yaml is written in a way that the program cannot add to without changing more. "
        f"Nothing was changed; write it by hand:\n{lines}"
    )


# ------------------------------------------------------------------------------ the file as a tree


@dataclass(slots=True)
class _Node:
    """A value, or key and value in turn, with where it stands in the text."""

    kind: str  # "scalar", "mapping", "sequence", "alias"
    start: int
    end: int = 0
    flow: bool = False
    value: str = ""
    style: str = ""
    children: list[_Node] = field(default_factory=list)

    def pairs(self) -> list[tuple[_Node, _Node]]:
        """Return keys and values of a mapping."""
        return list(zip(self.children[::2], self.children[1::2], strict=True))

    def is_null(self) -> bool:
        """Tell whether nothing is written there."""
        return self.kind == "scalar" and self.start == self.end


def _document(text: str) -> _Node:
    """Return the root of the text; `CannotEdit` when it is no mapping."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    open_nodes: list[_Node] = [_Node("sequence", 0)]
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            _take(event, open_nodes)
    except (YAMLError, RecursionError) as error:
        raise CannotEdit("feeds.yaml cannot be read: `touchpoints check` shows where.") from error
    found = open_nodes[0].children
    if len(found) != 1 or found[0].kind != "mapping":
        raise CannotEdit("feeds.yaml cannot be read: `touchpoints check` shows where.")
    return found[0]


def _take(event: Any, open_nodes: list[_Node]) -> None:
    from ruamel.yaml import events

    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, events.CollectionStartEvent):
        kind = "mapping" if isinstance(event, events.MappingStartEvent) else "sequence"
        node = _Node(kind, start, flow=bool(event.flow_style))
        open_nodes[-1].children.append(node)
        open_nodes.append(node)
    elif isinstance(event, events.CollectionEndEvent):
        node = open_nodes.pop()
        node.end = end if node.flow else node.children[-1].end
    elif isinstance(event, events.AliasEvent):
        open_nodes[-1].children.append(_Node("alias", start, end))
    elif isinstance(event, events.ScalarEvent):
        node = _Node("scalar", start, end, value=event.value, style=event.style or "")
        open_nodes[-1].children.append(node)


def _at(node: _Node | None, path: Sequence[str]) -> _Node | None:
    """Return what stands under these keys, or None."""
    for key in path:
        if node is None or node.kind != "mapping":
            return None
        node = next((value for name, value in node.pairs() if name.value == key), None)
    return node


def _feeds_node(document: _Node, owner: Owner) -> _Node:
    node = _at(document, (*owner, "feeds"))
    if node is None or node.kind == "alias":
        raise _shared(owner)
    return node


def _shared(owner: Owner) -> CannotEdit:
    return CannotEdit(
        f"The feeds of {owner[1]} are written elsewhere in feeds.yaml (an alias, *name): "
        "change them there by hand."
    )


# ------------------------------------------------------------------------------------ the changes


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    """Return the text with all changes; those at one place in the order in which they came."""
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[0]):
        parts += [text[done:start], new]
        done = max(end, start)
    return "".join([*parts, text[done:]])


def _additions(
    document: _Node, text: str, groups: Mapping[Owner, Sequence[Any]]
) -> Sequence[_Edit]:
    edits: list[_Edit] = []
    new: dict[str, dict[str, Any]] = {}  # owners that are to be made, by section
    for (kind, slug), entries in groups.items():
        if kind == "topics" and _at(document, (kind, slug)) is None:
            new.setdefault(kind, {})[slug] = {"feeds": list(entries)}
        else:
            edits += _put(document, (kind, slug, "feeds"), list(entries), text)
    for section, topics in new.items():
        edits += _put_all(document, section, topics, text)
    return edits


def _put_all(document: _Node, kind: str, owners: Mapping[str, Any], text: str) -> Sequence[_Edit]:
    section = _at(document, (kind,))
    if section is None or section.is_null():
        return _put(document, (kind,), dict(owners), text)
    return [
        edit for slug, value in owners.items() for edit in _put(document, (kind, slug), value, text)
    ]


def _put(document: _Node, path: Sequence[str], value: Any, text: str) -> Sequence[_Edit]:
    """Return the changes that put a value under a path; a list is added to the list there."""
    style = _Style.of(document, text)
    key, node = None, document
    for number, name in enumerate(path):
        if node.kind == "alias":
            raise CannotEdit(
                f"{' › '.join(path[:number])} is written elsewhere in feeds.yaml (an alias, "
                "*name): change it there by hand."
            )
        if node.is_null() or _is_empty_word(node):
            return [_fill(key, node, _nested(path[number:], value), style, text)]
        found = next((pair for pair in node.pairs() if pair[0].value == name), None)
        if found is None:
            return [_insert_pair(node, _nested(path[number:], value), style, text)]
        key, node = found
    if node.is_null() or _is_empty_word(node):
        return [_fill(key, node, value, style, text)]
    if node.kind == "sequence" and isinstance(value, list):
        return [_extend(node, value, style, text)]
    if isinstance(value, list) and (node.kind == "scalar" or node.flow):  # one instead of a list
        written = text[node.start : node.end]
        if node.style or node.kind == "mapping" or not re.search(r"[,\[\]{}]", written):
            return [(node.start, node.end, f"[{', '.join([written, *map(as_yaml, value)])}]")]
    raise CannotEdit(
        f"{' › '.join(path)} is not a list in feeds.yaml: make it one (a dash before each entry)."
    )


def _is_empty_word(node: _Node) -> bool:
    return node.kind == "scalar" and not node.style and node.value in ("~", "null")


def _nested(path: Sequence[str], value: Any) -> Any:
    for name in reversed(path):
        value = {name: value}
    return value


@dataclass(frozen=True, slots=True)
class _Style:
    """The file's own habits."""

    step: int  # columns from a key to the keys under it
    dash: int  # columns from a key to the dashes under it
    newline: str

    @staticmethod
    def of(document: _Node, text: str) -> _Style:
        steps, dashes = [], []
        for key, value in _block_pairs(document):
            if value.kind == "mapping":
                steps.append(_column(text, value.children[0].start) - _column(text, key.start))
            elif value.kind == "sequence":
                dash = _dash(text, value.children[0], key.end)
                dashes.append(_column(text, dash) - _column(text, key.start))
        return _Style(
            step=next((step for step in steps if step > 0), INDENT),
            dash=next((dash for dash in dashes if dash >= 0), INDENT),
            newline="\r\n" if "\r\n" in text else "\n",
        )


def _block_pairs(node: _Node) -> Iterator[tuple[_Node, _Node]]:
    for key, value in node.pairs() if node.kind == "mapping" else ():
        if not value.flow and value.kind in ("mapping", "sequence") and not node.flow:
            yield key, value
            yield from _block_pairs(value)


def _fill(key: _Node | None, node: _Node, value: Any, style: _Style, text: str) -> _Edit:
    """Write a value behind a key that has none."""
    if key is None:
        raise CannotEdit("feeds.yaml is empty: `touchpoints init` makes an example.")
    colon = text.find(":", key.end) + 1
    before = text[colon : node.end] if not node.is_null() else ""
    if _in_flow(text, key) or not colon:
        return (colon, colon + len(before), f" {as_yaml(value)}")
    lines = _lines(value, _column(text, key.start) + _inner(value, style), style)
    end = _line_end(text, colon)
    if before:  # "feeds: null": the word goes, a comment behind it stays
        rest = text[colon + len(before) : end].rstrip()
        return (colon, end, rest + "".join(style.newline + line for line in lines))
    return (end, end, "".join(style.newline + line for line in lines))


def _in_flow(text: str, key: _Node) -> bool:
    """Tell whether a key stands inside braces: then something stands before it in its line."""
    return bool(text[_line_start(text, key.start) : key.start].strip())


def _insert_pair(node: _Node, pair: Mapping[str, Any], style: _Style, text: str) -> _Edit:
    """Write a key and its value behind the last one of a mapping."""
    if node.flow:
        inner = as_yaml(pair)[1:-1]
        if not node.children:
            return (node.end - 1, node.end - 1, inner)
        last = _last_end(node.children[-1], text) or node.children[-2].end
        return (last, last, f", {inner}")
    column = _column(text, node.children[0].start)
    edit = _behind(node, _lines(pair, column, style), style, text)
    is_spaced = not column and style.newline * 2 in text
    return (edit[0], edit[1], style.newline + edit[2]) if is_spaced else edit


def _extend(node: _Node, entries: Sequence[Any], style: _Style, text: str) -> _Edit:
    """Write entries behind the last one of a list."""
    if node.flow:
        inner = ", ".join(map(as_yaml, entries))
        if not node.children:
            return (node.end - 1, node.end - 1, inner)
        last = _last_end(node.children[-1], text)
        return (last, last, f", {inner}")
    dash = _column(text, _dash(text, node.children[0], node.start))
    lines = [f"{' ' * dash}- {as_yaml(entry)}" for entry in entries]
    return _behind(node, lines, style, text)


def _behind(node: _Node, lines: Sequence[str], style: _Style, text: str) -> _Edit:
    """Write lines behind the line in which a block ends.

    A comment in that line stays there, and so do those below that stand further to the right.
    """
    end = _line_end(text, _last_end(node, text))
    column = len(lines[0]) - len(lines[0].lstrip())
    while found := _COMMENT.match(text, end):
        if len(found[1]) <= column:
            break
        end = found.end()
    return (end, end, "".join(style.newline + line for line in lines))


def _last_end(node: _Node, text: str) -> int:
    """Return where the last letter of a value stands, and no comment behind it.

    Where nothing is written, that is behind the colon or dash.
    """
    if node.flow or node.kind == "alias":
        return node.end
    if node.kind in ("mapping", "sequence"):
        last = node.children[-1]
        if last.is_null() and node.kind == "mapping":
            return text.find(":", node.children[-2].end) + 1
        return _last_end(last, text)
    return node.start + len(text[node.start : node.end].rstrip())


def _removals(node: _Node, numbers: Sequence[int], text: str) -> Iterator[_Edit]:
    """Give the changes that take entries out of a list."""
    if node.kind != "sequence" or (node.flow and len(numbers) == len(node.children)):
        yield (node.start, node.end, "[]")  # the only one, or all
    elif node.flow:
        for first, last in _runs(numbers):
            if last + 1 < len(node.children):
                yield (node.children[first].start, node.children[last + 1].start, "")
            else:
                yield (node.children[first - 1].end, node.children[last].end, "")
    else:
        for number in numbers:
            yield _block_removal(node, number, text)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the first and last of the numbers that follow each other."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number > last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _block_removal(node: _Node, number: int, text: str) -> _Edit:
    item = node.children[number]
    before = node.children[number - 1].end if number else node.start
    start = _line_start(text, _dash(text, item, before))
    end = _line_end(text, _last_end(item, text))
    if text.startswith("\r\n", end):
        return (start, end + 2, "")
    if text.startswith("\n", end):
        return (start, end + 1, "")
    begin = max(start - 1, 0)  # the last line of a file without a line end
    return (begin - 1 if text[begin - 1 : begin + 1] == "\r\n" else begin, end, "")


def _move(node: _Node, place: Where, to: str, text: str) -> _Edit:
    item = node.children[place[2]] if node.kind == "sequence" else node
    value = _at(item, ("url",)) if item.kind == "mapping" else item
    if value is None:
        raise _shared(place[:2])
    begin = value.start
    if prefix := re.match(r"(?:[&!]\S*\s+)+", text[value.start : value.end]):
        begin += prefix.end()  # an anchor stays
    written = f"'{to}'" if value.style == "'" and "'" not in to else as_yaml(to)
    return (begin, value.end, json.dumps(to, ensure_ascii=False) if value.style == '"' else written)


# ------------------------------------------------------------------------------------------ letters


def _inner(value: Any, style: _Style) -> int:
    return style.dash if isinstance(value, list) else style.step


def _lines(value: Any, column: int, style: _Style) -> list[str]:
    """Return a mapping or a list as lines that begin in that column."""
    space = " " * column
    if isinstance(value, list):
        return [f"{space}- {_one_of_lines(entry)}" for entry in value]
    found: list[str] = []
    for key, item in value.items():
        is_block = isinstance(item, Mapping) or (
            isinstance(item, list)
            and (key == "feeds" or any(isinstance(entry, Mapping) for entry in item))
        )
        if is_block and item:
            found.append(f"{space}{_scalar(key)}:")
            found += _lines(item, column + _inner(item, style), style)
        else:
            found.append(f"{space}{_scalar(key)}: {as_yaml(item)}")
    return found


def _one_of_lines(entry: Any) -> str:
    """Return an entry of a block list: `search: google` needs no braces there."""
    written = as_yaml(entry)
    return written[1:-1] if isinstance(entry, Mapping) and len(entry) == 1 else written


def _scalar(value: Any) -> str:
    """Return a text or number as YAML, in quotes only where it needs them."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value == value.strip():
        try:
            if YAML(typ="safe", pure=True).load(f"[{value}]") == [value]:
                return value
        except (YAMLError, ValueError):
            pass
    return json.dumps(value, ensure_ascii=False)


def _dash(text: str, item: _Node, after: int) -> int:
    """Return where the dash of an entry stands: the last one before it."""
    found = text.rfind("-", after, item.start)
    return found if found >= 0 else item.start


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    end = len(text) if found < 0 else found
    return end - 1 if text[end - 1 : end] == "\r" and found >= 0 else end


def _column(text: str, place: int) -> int:
    return place - _line_start(text, place)
