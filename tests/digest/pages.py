# ruff: noqa: E501 - a draft is written as it is sent, a paragraph a line
"""Four mornings to render: a busy one, a quiet one, the first one, and a hostile one."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any, get_type_hints

from pipeline.digest import timeline
from pipeline.digest.mailto import mailto
from pipeline.records import (
    Company,
    CompanyRow,
    Config,
    Digest,
    DigestEntry,
    DigestItem,
    Draft,
    History,
    NextStep,
    NoteLine,
    Plan,
    Reference,
    SentMessage,
    Settings,
    Term,
    Timeline,
    TimelineMark,
    Workspace,
)
from tests.touchpoints.world import NOW

TUESDAY = date(2026, 11, 24)

THANKS = Draft(
    to="renata@example.com",
    subject="Thank you, and a boat",
    body="""\
Dear Renata,

thank you for the time yesterday. What you said about the first phone call with a nervous customer after a takeover has stayed with me: […]

I am still very interested, and glad to go deeper into the migration questions whenever it suits you.

One thing you may enjoy, as someone who knows what a boat means: "Solo sailor rounds the Horn in a boat she built herself" (Sail World)
https://sailing.example/news/solo_sailor_rounds_the_horn?from=rss

Kind regards
Ana Sousa
""",
)
OFFER = Draft(
    to="",
    subject="Your second terminal, and something that may help",
    body="""\
Dear Tom,

I read the news about Halden Freight: "Halden Freight to open second terminal in Győr" (Logistics Daily, today)
https://logistics.example/halden-second-terminal

When we opened the second line in Győr, customs papers were the bottleneck for six weeks, not the cranes. [… the one thing you learned there that they can use at once]

I am happy to send the checklist, whatever becomes of my application.

Kind regards
Ana Sousa
""",
)
BUSY = Digest(
    day=TUESDAY,
    headline="Tuesday 24 November: two things to do",
    companies=(
        CompanyRow(
            "Oracle",
            "you have not written yet",
            date(2026, 11, 23),
            (
                NextStep("thank-you to Renata Kowalczyk", number=41),
                NextStep("the decision is expected", date(2026, 12, 18)),
            ),
            is_changed=True,
        ),
        CompanyRow(
            "Merrin Labs",
            "bad news (layoffs)",
            TUESDAY,
            (
                NextStep("nothing cheerful", date(2026, 12, 1), is_silence=True),
                NextStep("a check-in", date(2026, 12, 2)),
            ),
            holds=(3,),
        ),
    ),
    entries=(
        DigestEntry(
            id=41,
            kind="thank_you",
            title="Thank-you to Renata Kowalczyk, Oracle",
            summary="Thank Renata Kowalczyk (Oracle)",
            company="Oracle",
            person="Renata Kowalczyk",
            due="today before 15:00 her time",
            because="the interview was yesterday at 14:30",
            why_now="The interview was yesterday at 14:30; a note within a day is remembered, after three days it is routine.",
            draft=THANKS,
            mailto=mailto(THANKS),
            reference=Reference(
                title="Solo sailor rounds the Horn in a boat she built herself",
                link="https://sailing.example/news/solo_sailor_rounds_the_horn?from=rss",
                note=NoteLine(
                    "data/notes/oracle.md", 14, "office", "framed photo of an ocean racing boat"
                ),
                sentence="On Sunday she brought the ocean racing boat she built herself round Cape Horn, alone.",
                terms=(Term("racing boat", 0.21), Term("ocean", 0.15), Term("boat", 0.08)),
            ),
            source="Sail World, yesterday",
            passed=("not sent to Renata Kowalczyk before", "fresh (1 day)"),
        ),
        DigestEntry(
            id=42,
            kind="contribution",
            title="A contribution for Tom Adeyemi, Halden Freight",
            summary="Offer something to Tom Adeyemi (Halden Freight)",
            company="Halden Freight",
            person="Tom Adeyemi",
            due="today",
            because="“Halden Freight to open second terminal in Győr”",
            why_now="They announced a second terminal this morning; an offer is welcome while the plans are open.",
            draft=OFFER,
            reference=Reference(
                title="Halden Freight to open second terminal in Győr",
                link="https://logistics.example/halden-second-terminal",
                note=NoteLine(
                    "data/profile.md",
                    6,
                    "profile",
                    "opened a second assembly line in Győr, customs papers included",
                ),
                sentence="The second terminal in Győr is to open in spring; customs clearance moves in with it.",
                terms=(Term("Győr", 0.24), Term("second", 0.11), Term("customs", 0.1)),
            ),
            source="Logistics Daily, today",
        ),
    ),
    held=(
        DigestItem(
            text="Nothing cheerful goes to Merrin Labs until Tuesday 1 December.",
            title="Merrin Labs cuts 120 jobs in Leeds",
            link="https://business.example/merrin-leeds",
            source="Merrin Labs",
            advice="If you know somebody there, a line in your own words is kinder than any template. Otherwise: wait.",
        ),
    ),
    upcoming=(
        DigestItem(text="Wednesday 2 December: a check-in", source="Merrin Labs"),
        DigestItem(text="Friday 18 December: the decision is expected", source="Oracle"),
    ),
    worth_a_look=(
        DigestItem(
            text="Oracle: your note “what to tell a nervous customer on day one”",
            title="Why the first hundred days decide whether customers stay after a merger",
            link="https://business.example/first-hundred-days",
            source="Business Weekly, 2 days ago",
        ),
        DigestItem(
            text="Halden Freight: your note “rail or road to the harbour”",
            title="Freight trains get the night slots back",
            link="https://logistics.example/night-slots",
            source="Logistics Daily, yesterday",
        ),
    ),
    troubles=(
        DigestItem(
            text="The feed has moved to https://halden.example/press.xml, seen three days in a row.",
            title="https://halden.example/news.xml",
            source="since Saturday 21 November",
            advice="`touchpoints feeds update --apply` changes its address.",
        ),
    ),
    footer="41 feeds, 212 new articles, 188 recent stories; 6 fitted your notes.",
    timelines=(
        Timeline(
            company="Oracle",
            since=date(2026, 11, 11),
            until=date(2026, 12, 18),
            marks=(
                TimelineMark(date(2026, 11, 23), "interview", "Interview with Renata Kowalczyk"),
                TimelineMark(
                    date(2026, 11, 23),
                    "news",
                    "Solo sailor rounds the Horn in a boat she built herself",
                    "https://sailing.example/news/solo_sailor_rounds_the_horn?from=rss",
                    "Sail World",
                ),
                TimelineMark(TUESDAY, "suggested", "Suggested: thank-you to Renata Kowalczyk"),
                TimelineMark(date(2026, 12, 18), "decision", "The decision is expected"),
            ),
            more=2,
            counted_from=date(2026, 11, 20),
            volume=(1, 0, 4, 2, 1),
        ),
        Timeline(
            company="Merrin Labs",
            since=date(2026, 11, 2),
            until=date(2026, 12, 2),
            marks=(
                TimelineMark(date(2026, 11, 2), "interview", "Interview with Jo Park"),
                TimelineMark(date(2026, 11, 3), "wrote", "You wrote to Jo Park: “Thank you”"),
                TimelineMark(date(2026, 11, 12), "wrote", "You wrote to Jo Park: “A lens”"),
                TimelineMark(date(2026, 11, 13), "heard", "Jo Park answered"),
                TimelineMark(
                    TUESDAY,
                    "bad_news",
                    "Merrin Labs cuts 120 jobs in Leeds",
                    "https://business.example/merrin-leeds",
                ),
                TimelineMark(date(2026, 12, 2), "ahead", "Check-in with Jo Park"),
            ),
        ),
    ),
    seconds=4,
)
QUIET = Digest(
    day=TUESDAY,
    headline="Tuesday 24 November: nothing worth sending today",
    quiet=("No feed could be reached, so there is nothing new today.",),
    companies=(
        CompanyRow(
            "Oracle",
            "you wrote to Renata Kowalczyk, no answer yet",
            date(2026, 11, 23),
            (NextStep("a check-in", date(2026, 12, 3)),),
        ),
        *BUSY.companies[1:],
    ),
    upcoming=BUSY.upcoming,
    worth_a_look=BUSY.worth_a_look[:1],
    footer="41 feeds, 12 new articles, 188 recent stories; 1 fitted your notes.",
    timelines=BUSY.timelines,
)
FIRST = Digest(
    day=TUESDAY,
    headline="Tuesday 24 November: nothing worth sending today",
    footer="3 feeds, 46 new articles, 41 recent stories; 0 fitted your notes.",
)

EVIL = (
    '"><script>alert(1)</script></style></title><img src=x onerror=alert(2)>'
    "[click](javascript:alert(3)) ![i](http://evil.example/i.png) <http://evil.example>\n"
    "# heading\n- [x] sent\n***\n| a | b |\n|---|---|\n```\n{{ 7*7 }} {% raw %} &lt;script&gt; "
    "[r]: javascript:alert(4)\r\n\x00\x07\x1b[31mred\x9b\u202eevil\u2066\u200b\ufeff\ud800\U000e0041 "
)
LONG_WORD = "W" * 10_000


def filled_with(text: str, day: date = TUESDAY) -> Digest:
    """Return a digest with the same text in every field that holds one."""
    note = _filled(NoteLine, text, line=1, section="office")
    entry = _filled(
        DigestEntry,
        text,
        id=7,
        kind="tidbit",
        draft=_filled(Draft, text),
        reference=_filled(Reference, text, note=note, terms=(Term(text, 0.5),)),
        passed=(text,),
        since="",
    )
    mark = _filled(TimelineMark, text, day=day, kind="news")
    line = _filled(Timeline, text, since=day, until=day, marks=(mark,), counted_from=day)
    item = _filled(DigestItem, text)
    row = _filled(CompanyRow, text, since=day, steps=(_filled(NextStep, text, day=day),))
    return Digest(
        day=day,
        headline=text,
        taken=(text,),
        questions=(text,),
        quiet=(text,),
        entries=(entry,),
        held=(item,),
        upcoming=(item,),
        sent=(SentMessage(9, text),),
        worth_a_look=(item,),
        troubles=(item,),
        notes=(text,),
        footer=text,
        companies=(row,),
        timelines=(replace(line, volume=(3,), more=1),),
        seconds=0,
    )


def _filled(record: Any, text: str, **others: Any) -> Any:
    hints = get_type_hints(record)
    texts = {item.name: text for item in fields(record) if hints[item.name] is str}
    return record(**texts | others)


CROWDED = replace(BUSY, entries=tuple(replace(BUSY.entries[0], id=n) for n in range(200)))
HOSTILE = replace(
    filled_with(EVIL), quiet=(EVIL, LONG_WORD), worth_a_look=(DigestItem(LONG_WORD, LONG_WORD),)
)


COMPANIES = Config(
    Settings(timezone="UTC"), (Company("oracle", "Oracle"), Company("halden", "Halden"))
)


def drawn(*interviews: Any, config: Config = COMPANIES, **changes: Any) -> tuple[Timeline, ...]:
    """Return the timelines of a morning."""
    values: dict[str, Any] = {
        "past": History(),
        "plan": Plan(),
        "matches": {},
        "volume": {},
        "now": NOW,
    }
    return timeline.timelines(Workspace("/w", config, interviews), **(values | changes))
