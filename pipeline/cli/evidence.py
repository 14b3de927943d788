"""`rank` and `why`: which stories fit which interview, and the evidence."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from pipeline.cli.context import (
    Shared,
    own_zone,
    plain_term,
    say,
    say_json,
    shared_options,
    tell,
)
from pipeline.errors import NotFound
from pipeline.records import (
    Article,
    LearnedWeight,
    Match,
    PersonNews,
    Term,
    Touchpoint,
    Verdict,
    Workspace,
    to_plain,
)
from pipeline.text import publishers
from pipeline.text.calendar import day_in, zone_of
from pipeline.text.characters import printable
from pipeline.text.guard_words import (
    advice_on,
    ahead_text,
    expiry_text,
    held_text,
    passed_text,
    wrong_company_said,
)
from pipeline.text.phrasing import (
    KIND_WORDS,
    PERSON_WORDS,
    SHORTEST_ID,
    SHOWN_ID,
    STATE_WORDS,
    figure_of,
    lower_first,
    relative_day,
    shorten,
    upper_first,
)
from pipeline.text.reasons import reason_text

if TYPE_CHECKING:
    from pipeline.commands.queue import HoldNow

# no border test: a measure of drawing
LEAST_SHOWN = 0.005  # weight of a word that `why` shows: less is printed as 0.00
NARROWEST = 60  # columns: below it a table is no table; no border test: a measure of drawing
# no border test: what a list leaves out; an option shows all
MOST_LISTED = 50  # rows that a person reads; --all lists every story
QUEUES = {"contribution": "the company", "tidbit": "to read"}
SECTIONS = {
    "discussed": "what you discussed",
    "office": "seen in the office",
    "angle": "what you can do",
    "profile": "your profile",
    "other": "your notes",
}


@click.command()
@click.argument("company")
@click.option("--json", "as_json", is_flag=True, help="Print each story as JSON, one per line.")
@click.option("--all", "everything", is_flag=True, help="Also list stories that do not fit.")
@shared_options
@click.pass_obj
def rank(shared: Shared, company: str, as_json: bool, everything: bool) -> None:
    """List every story with its score for COMPANY's interview, best first."""
    from pipeline.commands import evidence

    if as_json:
        for match in evidence.rank(shared.root, company, shared.now):
            say_json(match_plain(match))
        return
    most = None if everything else MOST_LISTED
    ranking = evidence.ranked(shared.root, company, shared.now, most)
    say(_table(ranking.matches))
    left = ranking.stories - len(ranking.matches)
    more = f"; {left} more fit less (use --all to list them)" if left else ""
    say(f"{figure_of(ranking.stories, 'story', 'stories')}, {ranking.shown} worth showing{more}.")
    if ranking.matches:
        tell("`touchpoints why` takes the letters before a title, or words of it.")


@click.command()
@click.argument("what", metavar="WHAT")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@shared_options
@click.pass_obj
def why(shared: Shared, what: str, as_json: bool) -> None:
    """Show the evidence for a suggestion or a story.

    WHAT is a suggestion's number or whose it is, the number of bad news (h1), a story's address,
    its id as `rank` and the page show it, or words of its title. For a story that is not shown,
    gives the first reason that stopped it.
    """
    from pipeline.commands import evidence, queue
    from pipeline.steps.opening import read_workspace

    today = day_in(own_zone(shared), shared.now)
    if re.fullmatch(r"[hH]\d{1,9}", what):
        _say_hold(shared, int(what[1:]), as_json=as_json)
        return
    number = _suggestion_called(shared, what)
    if number is not None:
        touchpoint = queue.touchpoint(shared.root, number)
        if as_json:
            say_json(to_plain(touchpoint))
        else:
            say(suggestion_text(touchpoint, read_workspace(shared.root), today))
        return
    try:
        stories = evidence.why_story(shared.root, what, shared.now)
    except NotFound:
        if as_json or not _say_of_person(shared, what):
            raise
        return
    for match, became in stories:
        if as_json:
            say_json(match_plain(match) | {"became": list(became)})
        else:
            say(_match_text(match, became, today))


def _say_of_person(shared: Shared, whom: str) -> bool:
    """Say what is held back from somebody, or what they were sent; return whether there is any."""
    from pipeline.commands import queue

    today = day_in(own_zone(shared), shared.now)
    held = queue.held_from(shared.root, whom, shared.now)
    past = queue.suggestions_called(shared.root, whom, queue.PAST)
    ahead = queue.ahead_for(shared.root, whom, shared.now)
    if not held and not past and not ahead:
        return False
    say(f"Nothing is suggested for {whom} at the moment.\n")
    names = queue.company_names(shared.root)
    for item in held:
        name = names[item.company]
        kind = KIND_WORDS[item.kind] if item.kind else ""
        say(f"  {kind} for {item.person or name} ({item.guard}): {held_text(item, name, today)}")
    for step in ahead:
        when = upper_first(relative_day(step.day, today))
        say(f"  {when}: {ahead_text(step, names[step.company])}")
    for touchpoint in past:
        kind, done = KIND_WORDS[touchpoint.suggestion.kind], STATE_WORDS[touchpoint.status]
        say(f"  Number {touchpoint.id}, {kind.lower()}: {done} (`touchpoints why {touchpoint.id}`)")
    return True


def _say_hold(shared: Shared, number: int, *, as_json: bool) -> None:
    """Print what bad news holds back, until when, and what the story says."""
    from pipeline.commands import evidence, queue

    found = queue.hold_now(shared.root, number, shared.now)
    zone = own_zone(shared)
    if as_json:
        say_json(
            to_plain(found.hold) | {"id": f"h{number}", "held": found.held and to_plain(found.held)}
        )
        return
    say(hold_text(found, zone, day_in(zone, shared.now)))
    try:
        stories = evidence.why_story(shared.root, found.hold.story, shared.now)
    except NotFound:
        return  # it was read long ago, and is not stored any more
    for match, _ in stories:
        if match.company == found.hold.company:
            say(f"\n{_match_text(match, (), day_in(zone, shared.now))}")
            return


def hold_text(found: HoldNow, zone: ZoneInfo, today: date) -> str:
    """Return what a hold is, as `why` prints it."""
    hold, held = found.hold, found.held
    lines = [f"h{hold.id}: {hold.title}", ""]
    lines.append(f"  found       {relative_day(day_in(zone, hold.created), today)}")
    if held:
        lines.append(f"  holds back  {held_text(held, found.company, today)}")
        waiting = (
            f"{KIND_WORDS[m.kind].lower()} for {m.person or found.company}"
            for m in found.messages
            if m.kind
        )
        if waits := ", ".join(dict.fromkeys(waiting)):
            lines.append(f"  waits       {waits}")
        if advice := advice_on(held):
            lines.append(f"  advice      {advice}")
        otherwise = "to go on as before" if hold.person else "if it isn't bad news"
        lines.append(f"  ends        {otherwise}: `touchpoints release h{hold.id}`")
        lines.append(f"              {lower_first(wrong_company_said(hold.id))}")
    elif hold.released:
        day = relative_day(day_in(zone, hold.released), today)
        lines.append(f"  holds back  nothing: you released it {day}")
    else:
        lines.append("  holds back  nothing any more: its time is over, or other news is newer")
    return "\n".join(lines)


def _suggestion_called(shared: Shared, what: str) -> int | None:
    """Return the number of a suggestion; None where a story is meant."""
    from pipeline.commands import queue

    if what.isdecimal() and len(what) < SHORTEST_ID:
        return int(what)
    if "://" in what or re.fullmatch(rf"[0-9a-f]{{{SHORTEST_ID},16}}", what):
        return None
    if not queue.suggestions_called(shared.root, what):
        return None
    return queue.number_of(shared.root, what)


@click.command()
@click.option("--forget", metavar="KEY", help="Forget one entry, by its key in the list.")
@click.option("--json", "as_json", is_flag=True, help="Print each entry as JSON, one per line.")
@shared_options
@click.pass_obj
def learned(shared: Shared, forget: str | None, as_json: bool) -> None:
    """List what your answers have taught, or forget part of it.

    What you sent counts in favour of what spoke for the story (words of a note, nearness in
    meaning ...), for company news, topics and hobbies apart, and of the words of its title; what
    you dismissed as not for you counts against them. What was the wrong company, and good news that
    was not for you, also make the program more careful with the like. Bad news of a kind that you
    release twice at a company hold messages there for half as long.
    """
    from pipeline.commands import evidence

    if forget:
        weight = evidence.forget_weight(shared.root, forget, shared.now)
        tell(
            f"Forgotten: {weight.about}. Only your answers from now on count; "
            "`touchpoints undo` brings it back."
        )
        return
    preferences = evidence.learned(shared.root)
    weights = sorted(preferences.weights.values(), key=lambda item: (-abs(item.bias), item.key))
    if as_json:
        for weight in weights:
            say_json(to_plain(weight))
        return
    for weight in weights:
        say(_weight_text(weight))
    if weights:
        say("\nUse `touchpoints learned --forget KEY` to remove a line.")
    else:
        answers = figure_of(preferences.answers, "answer")
        say(f"Nothing learned yet: {answers} so far, {evidence.answers_needed()} needed.")


def _weight_text(weight: LearnedWeight) -> str:
    counts = f"{weight.liked} sent, {weight.disliked} dismissed"
    if weight.kind == "hold":
        counts = f"{weight.disliked} released"
    bias = f"{weight.bias:+.0%}" if weight.kind == "part" else f"{weight.bias:+.2f}"
    return f"{bias:>5}  {shorten(weight.about, 70):70}  {counts:24}  {weight.key}"


def match_plain(match: Match) -> dict[str, Any]:
    """Return a match with the fields that `rank --json` promises."""
    lead, best = match.story.lead, match.best
    return {
        "score": round(match.score, 6),
        "shown": match.shown,
        "reason": match.reason,
        "kind": match.kind,
        "section": best.note.section if best else None,
        "title": lead.title,
        "link": lead.link,
        "published": lead.published.isoformat(),
        "company": match.mention.about,
        "verdict": match.verdict.tone if match.verdict else "",
        "news": _news_of(match),
        "people": [item.person for item in match.people if item.sure],
        "event": match.what_happened,
        "events": [event.kind for event in match.events],
        "sensitive": match.sensitive,
        "terms": [plain_term(term) for term in best.terms] if best else [],
        "parts": [
            {"name": part.name, "amount": round(part.amount, 6), "words": list(part.words)}
            for part in match.parts
        ],
        "note": {"file": best.note.file, "line": best.note.line, "text": best.note.text}
        if best
        else None,
        "sentence": best.sentence if best else "",
        "also_in": [_also(article) for article in match.story.others],
        "id": match.story.id,
        "guid": lead.guid,
        "source": lead.source,
        "publisher": publishers.of(lead),
        "paywalled": lead.page == "paywalled",
        "mention": to_plain(match.mention),
        "interview": match.interview,
    }


def _also(article: Article) -> dict[str, str]:
    return {"title": article.title, "link": article.link, "source": article.source}


def _table(matches: Sequence[Match]) -> str:
    """Return the matches as a table, as wide as the terminal; in a pipe a line for each."""
    if not sys.stdout.isatty():
        return "\n".join(map(_line, matches))
    from shutil import get_terminal_size

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("score", justify="right", no_wrap=True, width=5)
    table.add_column("", no_wrap=True, width=1)
    table.add_column("queue", no_wrap=True, width=11)
    table.add_column("why …", no_wrap=True, width=SHOWN_ID)
    table.add_column("story", ratio=5)
    table.add_column("why, or why not", ratio=4)
    for match in matches:
        title = shorten(match.story.lead.title, 100)
        cells = (
            f"{match.score:.2f}",
            "✓" if match.shown else "",
            QUEUES[match.kind],
            match.story.id[:SHOWN_ID],
            f"{title} ({publishers.of(match.story.lead)})",
            _because(match),
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))  # Text: no markup is obeyed
    width = max(get_terminal_size((110, 24)).columns, NARROWEST)
    console = Console(width=width, no_color=True, highlight=False)
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _line(match: Match) -> str:
    sign = "✓" if match.shown else " "
    title = shorten(match.story.lead.title, 100)
    start = f"{match.score:5.2f} {sign} {QUEUES[match.kind]:11}  {match.story.id[:SHOWN_ID]}"
    return f"{start}  {title}  |  {_because(match)}"


def _because(match: Match) -> str:
    if not match.shown:
        return match.reason
    if match.best and match.best.terms:
        words = " · ".join(term.told for term in match.best.terms[:4])
        return f"{match.best.note.file.rpartition('/')[2]}:{match.best.note.line}  {words}"
    return match.reason


def suggestion_text(item: Touchpoint, workspace: Workspace, today: date) -> str:
    """Return all that speaks for a suggestion, as `why` prints it."""
    what, config = item.suggestion, workspace.config
    floor = config.settings.relevance.floor
    company = config.name_of(what.company)
    who = f"{what.person}, {company}" if what.person else company
    story = what.reference
    score = f"score {story.score:.2f}, floor {floor:.2f}" if story.score else ""
    head = f"{KIND_WORDS[what.kind]} for {who} ({STATE_WORDS[item.status]})"
    lines = [f"{head:68} {score}".rstrip(), ""]
    lines.append(f"  why now     {upper_first(reason_text(what.reason, today))}")
    if because := item.because or expiry_text(item, company, today):
        lines.append(f"  because     {because}")
    if note := story.note:
        lines.append(_note_line(note.text, note.file, note.line, note.section))
    if story.title:
        lines.append(f"  the story   {story.title}  {story.link}")
    if story.sentence and story.sentence != story.title:
        lines.append(f"              “{shorten(story.sentence, 200)}”")
    if story.terms:
        lines.append(f"  in common   {_terms(story.terms)}")
    zone = zone_of(config.settings.timezone)
    if passed := passed_text(what, company, zone, today):
        lines.append(f"  passed      {' · '.join(passed)}")
    return "\n".join(lines)


def _news_of(match: Match) -> str:
    """Return the kind of news: "launch", or what it is instead: "deal"."""
    if match.genre.kind != "news":
        return match.genre.kind
    return match.verdict.kind if match.verdict else ""


def _verdict_text(verdict: Verdict) -> str:
    words = " · ".join(f"{term.term} {term.weight:+.2f}" for term in verdict.words)
    return f"{verdict.tone} ({verdict.kind})" + (f": {words}" if words else "")


def _match_text(match: Match, became: Sequence[str], today: date) -> str:
    lead = match.story.lead
    days = (today - lead.published.date()).days
    head = "Shown" if match.shown else "Not shown"
    lines = [
        f"{lead.title}",
        f"  for {match.company} ({match.interview})",
        "",
        f"  {head}: {match.reason}",
        *(f"  {sentence}" for sentence in became),
        f"  score       {_sum(match)}",
        f"  queue       {QUEUES[match.kind]}",
        f"  the company {match.mention.about}"
        + (f": {', '.join(match.mention.words)}" if match.mention.words else "")
        + (f": {match.mention.reason}" if match.mention.reason else ""),
        f"  published   {lead.published.date().isoformat()} ({figure_of(max(days, 0), 'day')} ago)"
        + ("" if lead.dated == "feed" else ", the day it was first seen")
        + f", {publishers.of(lead)}",
    ]
    lines += [_person_line(item) for item in match.people]
    if match.own_field:
        lines.append(f"  your field  somebody new there for {', '.join(match.own_field)}")
    if match.verdict:
        lines.append(f"  verdict     {_verdict_text(match.verdict)}")
    if match.events:
        told = (f"{event.kind} (“{event.words[0]}”)" for event in match.events)
        lines.append(f"  news of     {', '.join(told)}")
    if match.best:
        note = match.best.note
        lines.append(_note_line(note.text, note.file, note.line, note.section))
        lines.append(f"  the story   “{shorten(match.best.sentence, 200)}”")
        if match.best.terms:
            lines.append(f"  in common   {_terms(match.best.terms)}")
    lines += [f"  {part.name:11} {', '.join(part.words)}" for part in match.parts if part.words]
    if match.story.others:
        names = dict.fromkeys(map(publishers.of, match.story.others))
        lines.append(f"  also in     {', '.join(names)}")
    if match.told_by:
        titles = (
            f"“{shorten(story.lead.title, 80)}” ({publishers.of(story.lead)})"
            for story in match.told_by
        )
        lines.append(f"  one event   with {', '.join(titles)}")
    return "\n".join(lines) + "\n"


def _person_line(news: PersonNews) -> str:
    what = PERSON_WORDS[news.part].format(who=news.person)
    words = f" (“{news.words[0]}”)" if news.words else ""
    doubt = "" if news.sure else "; it may be somebody else of that name"
    return f"  names       {what}{words}{doubt}"


def _note_line(text: str, file: str, line: int, section: str) -> str:
    return f"  your note   “{shorten(text, 160)}”  {file}:{line}, {SECTIONS[section]}"


def _sum(match: Match) -> str:
    """Return the score and what its log-odds add up from: "0.62: log-odds 0.49 = …"."""
    told = [(part.name, part.amount) for part in match.parts if round(part.amount, 2)]
    if not told:
        return f"{match.score:.2f}: nothing in common"
    (name, amount), *rest = told
    signs = (f" {'-' if more < 0 else '+'} {abs(more):.2f} {what}" for what, more in rest)
    odds = sum(part.amount for part in match.parts)
    return (
        f"{match.score:.2f} likely to be useful: log-odds {odds:.2f} = "
        f"{amount:.2f} {name}" + "".join(signs)
    )


def _terms(terms: tuple[Term, ...]) -> str:
    told = [term for term in terms if term.weight >= LEAST_SHOWN]
    if not told:  # where the company's name carries the story
        return " · ".join(term.told for term in terms[:4])
    return " · ".join(f"{term.told} {term.weight:.2f}" for term in told)
