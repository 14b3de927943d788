"""Notes and profile: from jotted Markdown to note lines, and the head to an `Interview`.

Takes the text of one file; gives records and problems. Nothing jotted is ever an error: what is
not understood is a note line of the section that it is in. The head is checked strictly.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.records import (
    Channel,
    Company,
    Interview,
    NoteLine,
    Person,
    PersonRole,
    Problem,
    Profile,
)
from pipeline.text.calendar import day_in
from pipeline.text.deadlines import days_by
from pipeline.text.names import key_of
from pipeline.text.phrasing import CHANNEL_WORDS, long_day
from pipeline.text.spelling import did_you_mean
from pipeline.text.written_days import WrittenDay, dates_inside, days_in
from pipeline.workspace.head_keys import plain_keys
from pipeline.workspace.jottings import clean_line, note_lines, pieces
from pipeline.workspace.lookup import companies_called
from pipeline.workspace.loose_head import Parts, other_dashes, parts_of, talks_in
from pipeline.workspace.mail_address import name_and_address, usable
from pipeline.workspace.mentioned import people_in
from pipeline.workspace.mistakes import note_errors, note_zone
from pipeline.workspace.tree import Tree, YamlPath, read_tree
from pipeline.workspace.who import (
    CHANNELS,
    LANGUAGES,
    ROLES,
    channel_of,
    language_of,
    role_of,
)

# no border test: far beyond real values
LONGEST_NOTE = 1_000_000  # characters; a talkative hour of interview has some 60,000

_ANY_DAY = date(2000, 1, 3)  # on which it is asked whether words tell a day at all

# ------------------------------------------------------------------------------------ whole files


def parse_note(
    text: str, file: str, companies: Mapping[str, Company], zone: ZoneInfo
) -> tuple[Interview | None, list[Problem]]:
    """Return the interview of one notes file, or None when its head has a mistake."""
    if len(text) > LONGEST_NOTE:
        return None, [_too_long(file)]
    talks = talks_in(text)
    if len(talks) > 1:
        return None, [_second_talk(file, talks[1][1])]
    parts = parts_of(text)
    if parts.head is None:
        return None, [_no_head(file)]
    if line := other_dashes(text):
        return None, [_other_dashes(file, line)]
    tree = read_tree(parts.head, file, first_line=parts.head_line)
    interview = _interview(tree, companies, zone)
    if interview is None or any(problem.level == "error" for problem in tree.problems):
        return None, tree.problems
    lines = tuple(note_lines(parts.body, file, parts.body_line, interview.people))
    mentioned = people_in(lines, interview.people)
    found = replace(interview, lines=lines, mentioned=mentioned)
    return found, [*tree.problems, *_several_days(parts, file)]


def _several_days(parts: Parts, file: str) -> list[Problem]:
    """Return a warning where the headings of a note are of two days: it may be two talks."""
    days: dict[date, int] = {}
    for piece in pieces(parts.body, parts.body_line):
        for day in dates_inside(piece.text) if piece.heading else ():
            days.setdefault(day, piece.line)
    if len(days) < 2:
        return []
    told = ", ".join(f"{day} (line {line})" for day, line in days.items())
    what = f"The headings name several days: {told}. All lines count for the day in the head."
    todo = "If these are several talks, make a note of each: `touchpoints init` does."
    return [Problem("workspace", file, what, todo, level="warning")]


def parse_profile(text: str, file: str) -> tuple[Profile, list[Problem]]:
    """Return the profile's lines; headings are left out."""
    if len(text) > LONGEST_NOTE:
        return Profile(), [_too_long(file)]
    strict = parts_of(text) if text.lstrip("\ufeff").startswith("---") else Parts(None, text)
    lines = (
        NoteLine(file, piece.line, "profile", piece.text, "", piece.marked)
        for piece in pieces(strict.body, strict.body_line)
        if not piece.heading
    )
    return Profile(tuple(lines)), []


# ------------------------------------------------------------------------------------------- head


def _interview(tree: Tree, companies: Mapping[str, Company], zone: ZoneInfo) -> Interview | None:
    from pydantic import ValidationError

    from pipeline.workspace.shape import NoteHead, adapter

    if tree.problems and tree.value is None:
        return None
    plain_keys(tree)
    try:
        head = adapter(NoteHead).validate_python({} if tree.value is None else tree.value)
    except ValidationError as error:
        note_errors(tree, error.errors(), NoteHead)
        if isinstance(tree.value, dict):  # what is wrong with the days is told, too
            days = [tree.value.get(key) for key in ("interviewed", "decision_expected")]
            _HeadReader(tree, zone).days(*(day if isinstance(day, str) else None for day in days))
        return None
    return _HeadReader(tree, zone).interview(head, companies)


class _HeadReader:
    """Reads the dates and names of a head, noting what is wrong with them."""

    def __init__(self, tree: Tree, zone: ZoneInfo) -> None:
        self._tree = tree
        self._zone = zone
        self._note = tree.note
        self._talked: date | None = None

    def interview(self, head: Any, companies: Mapping[str, Company]) -> Interview | None:
        """Return the interview, or None when its company or date is missing."""
        company = self._company(head.company, companies)
        if company and company.timezone:  # an hour is one of the company's clock
            self._zone = ZoneInfo(company.timezone)
        moment, expected = self.days(head.interviewed, head.decision_expected)
        people = self._people(head.interviewers)
        if moment is None or company is None:
            return None
        interviewed, day_only = moment
        day = day_in(self._zone, expected[0]) if expected else None
        if day and day < day_in(self._zone, interviewed):
            self._note(
                ("decision_expected",),
                "The decision is expected before the interview; the day is left out.",
                "Look at the two dates.",
                level="warning",
            )
            day = None
        return Interview(
            file=self._tree.where,
            company=company.slug,
            interviewed=interviewed,
            day_only=day_only,
            role=clean_line(head.role),
            people=people,
            decision_expected=day,
            status=head.status,
            language=self._language(head.language),
        )

    def days(
        self, interviewed: Any, expected: Any
    ) -> tuple[tuple[datetime, bool] | None, tuple[datetime, bool] | None]:
        """Return the moments of the talk and of the decision, noting what is no date."""
        moment = self._moment(interviewed, "interviewed")
        self._talked = day_in(self._zone, moment[0]) if moment else None
        return moment, self._moment(expected, "decision_expected")

    def _company(self, written: str, companies: Mapping[str, Company]) -> Company | None:
        found = companies_called(written, companies.values())
        if len(found) == 1:
            return found[0]
        todo = "Add it to feeds.yaml first: `touchpoints init` does."
        hint = did_you_mean(written, companies, todo)
        if found:
            hint = f"It may be {' or '.join(item.slug for item in found)}: write which."
        self._note(("company",), f'feeds.yaml has no company "{clean_line(written)}".', hint)
        return None

    def _moment(self, value: Any, key: str) -> tuple[datetime, bool] | None:
        """Return a moment in UTC, and whether only a day was written (then it is noon)."""
        if value is None:
            return None
        if isinstance(value, str):
            value = self._written(value, key)
        if value is None:
            return None
        if isinstance(value, datetime):
            moment = value if value.tzinfo else value.replace(tzinfo=self._zone)
            return moment.astimezone(UTC), False
        return datetime.combine(value, time(12), self._zone).astimezone(UTC), True

    def _written(self, text: str, key: str) -> datetime | date | None:
        """Return what was written for a moment; of two days that it can mean the first."""
        text = text.strip()
        try:
            return date.fromisoformat(text)  # quoted, or in a head without dashes
        except ValueError:
            pass
        try:
            return datetime.fromisoformat(text.replace(" ", "T", 1))
        except ValueError:
            found = days_in(text, None)
        if not found and key == "decision_expected":
            found = tuple(map(WrittenDay, days_by(text, self._talked or _ANY_DAY)))
            if found and not self._talked:
                return None  # it is a day, but nobody knows which
            if len(found) == 1:
                what = f'"{clean_line(text)}", said at the talk, is {_whole(found[0])}.'
                todo = f"If it is another day, write it: {found[0].day}."
                self._note((key,), what, todo, level="remark")
        if not found:
            todo = "Write 2026-11-16, or 2026-11-16 14:30."
            self._note((key,), f'"{clean_line(text)}" is not a date.', todo)
            return None
        if len(found) > 1:
            days = " or ".join(map(_whole, found))
            what = f'"{clean_line(text)}" can mean {days}; it was read as the first.'
            todo = f"Write {found[0].day}, or {found[1].day}."
            self._note((key,), what, todo, level="warning")
        day, at = found[0].day, found[0].at
        return day if at is None else datetime.combine(day, at)

    def _people(self, entries: Iterable[Any]) -> tuple[Person, ...]:
        people: list[Person] = []
        for number, entry in enumerate(entries):
            path: YamlPath = ("interviewers", number)
            bare, pasted = name_and_address(entry.name)  # as mail programs copy it
            name = clean_line(bare)
            if not name:
                self._note(
                    path,
                    "This interviewer has no name, so no message is for them alone.",
                    "Add the name.",
                    level="warning",
                )
            elif any(key_of(person.name) == key_of(name) for person in people):
                self._note(
                    path,
                    f'"{name}" appears twice among the interviewers; one of them gets no message.',
                    "Add a middle name or initial to tell them apart.",
                    level="warning",
                )
                continue
            title, email = clean_line(entry.title), self._email(entry.email or pasted, path)
            people.append(
                Person(
                    name,
                    title,
                    email,
                    entry.timezone,
                    self._role(entry, title, path),
                    clean_line(entry.greet),
                    self._channel(entry.channel, name, email, path),
                )
            )
            if entry.timezone:
                note_zone(self._tree, (*path, "timezone"), entry.timezone)
        named = tuple(person for person in people if person.name)
        return named or tuple(people[:1])

    def _role(self, entry: Any, title: str, path: YamlPath) -> PersonRole:
        role = role_of(entry.role, title)
        if role is None:
            self._note(
                (*path, "role"),
                f'"{clean_line(entry.role)}" is not known as a role, so this person is taken for '
                "an interviewer.",
                f"Known: {', '.join(ROLES)}.",
                level="warning",
            )
        return role or "interviewer"

    def _channel(self, written: str, name: str, email: str, path: YamlPath) -> Channel:
        channel = channel_of(written, name, email)
        usual = channel or channel_of("", name, email) or "email"
        if channel is None:
            self._note(
                (*path, "channel"),
                f'"{clean_line(written)}" is not known as a channel, so messages to this person '
                f"are written for {CHANNEL_WORDS[usual]}.",
                did_you_mean(written, CHANNELS, f"Known: {', '.join(CHANNELS)}."),
                level="warning",
            )
        return usual

    def _language(self, written: str) -> str:
        language = language_of(written)
        if language is None:
            self._note(
                ("language",),
                f'There are no wordings in "{clean_line(written)}"; messages are written in the '
                "language of the notes, or in English.",
                f"Known: {', '.join(LANGUAGES)}.",
                level="warning",
            )
        return language or ""

    def _email(self, written: str, path: YamlPath) -> str:
        email = usable(written)
        if written.strip() and not email:
            self._note(
                (*path, "email"),
                f'"{clean_line(written)}" is not a mail address.',
                "Write one address, such as name@example.com, or leave it out.",
            )
        return email


def _whole(one: WrittenDay) -> str:
    return f"{long_day(one.day)} {one.day.year}"


def _no_head(file: str) -> Problem:
    return Problem(
        "workspace",
        file,
        "The note does not begin with its head.",
        f"`touchpoints init --notes {shlex.quote(file)}` asks for it and writes it; or begin with "
        "a line of ---, then `company:` and `interviewed:`, then --- again.",
        line=1,
        column=1,
    )


def _other_dashes(file: str, line: int) -> Problem:
    return Problem(
        "workspace",
        file,
        "The line above the head is no line of three dashes, so its end is not known.",
        "Write three dashes, ---, on it, and on a line below the last key.",
        line=line,
        column=1,
    )


def _second_talk(file: str, line: int) -> Problem:
    return Problem(
        "workspace",
        file,
        f"A second talk begins on line {line}, with a head of its own; a note is one talk.",
        f"`touchpoints init --notes {shlex.quote(file)}` makes a note of each.",
        line=line,
    )


def _too_long(file: str) -> Problem:
    return Problem(
        "workspace", file, "The file is far too long for notes.", "Keep only your own notes in it."
    )
