"""A season in memory: ninety days, six companies, news by the dice, and a user with a temper.

    COMPANIES, talks_of, news_of    what there is: places, interviews, stories, bad news, copies
    Temper                          who the user is: how eager, how picky, how forgetful
    Desk                            what the store does, in memory: moves, contacts, undo
    act                             what the user does after a page, at the desk or on the disk
    live                            day by day: run, read, answer; gives a `Moment` for each run

Everything follows from a `Temper`, whose `seed` stands for all dice: the same temper lives the
same season. What must hold on every day stands in `test_touchpoints_season.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from pipeline.records import (
    Article,
    Company,
    Config,
    Contact,
    DigestSettings,
    Evidence,
    History,
    Hold,
    Interview,
    Match,
    Mention,
    NoteLine,
    OwnWork,
    PaceSettings,
    Person,
    Plan,
    Reply,
    Settings,
    Story,
    Suggestion,
    Term,
    Tone,
    Touchpoint,
    Verdict,
    Workspace,
)
from pipeline.steps.moves import UserMove
from pipeline.touchpoints import lifecycle
from pipeline.touchpoints.plan import suggest
from pipeline.touchpoints.settling import settle

HOME = ZoneInfo("Europe/Paris")
DAYS = 90
KEPT_DAYS = 17  # stories are looked at while they may matter, and a week longer

# ------------------------------------------------------------------------------- the companies

COMPANIES = (
    Company("ghats", "Ghats Software", timezone="Asia/Kolkata"),
    Company("halden", "Halden Freight", timezone="Europe/Berlin", holidays="DE-BY"),
    Company("merrin", "Merrin", timezone="America/New_York"),
    Company("norvik", "Norvik Lines", timezone="Europe/Oslo"),
    Company("pueblo", "Pueblo Energy"),
    Company("sato", "Sato Optics", timezone="Asia/Tokyo"),
)
KIM = Person("Kim Novak")
PEOPLE: dict[str, tuple[Person, ...]] = {
    "ghats": (
        Person("Arun Rao", email="arun@ghats.example"),
        Person("Priya Nair", email="priya@ghats.example", timezone="America/St_Johns"),
    ),
    "halden": (
        Person("Tom Adeyemi", email="tom@halden.example"),
        Person("Jo Berg", email="jo@halden.example"),
        Person("Lea Brandt"),
    ),
    "merrin": (
        Person("Jo Berg", email="jo@merrin.example"),
        replace(KIM, email="kim@merrin.example"),
    ),
    "norvik": (Person("Aud Lunde", email="aud@norvik.example"), KIM),
    "pueblo": (Person("Inés Vega", email="ines@pueblo.example"), Person("Raúl Gil")),
    "sato": (),  # the notes name nobody
}
# Who is who, by (company, name): Kim is one person at two companies, the two Jo Bergs are not.
WHO: dict[tuple[str, str], str] = {
    (slug, person.name): f"{person.name} of {slug}" if person.name != KIM.name else KIM.name
    for slug, people in PEOPLE.items()
    for person in (*people, Person(""))
}
# Where they sit, and whose holidays they keep; "": as the user's settings say.
PLACES: dict[tuple[str, str], tuple[str, str]] = {
    ("ghats", "Priya Nair"): ("America/St_Johns", "CA"),
    ("ghats", ""): ("Asia/Kolkata", "IN"),
    ("halden", ""): ("Europe/Berlin", "DE-BY"),
    ("merrin", ""): ("America/New_York", "US"),
    ("norvik", ""): ("Europe/Oslo", "NO"),
    ("pueblo", ""): ("Europe/Paris", ""),
    ("sato", ""): ("Asia/Tokyo", "JP"),
}

PACES = (
    PaceSettings(),
    PaceSettings(),
    PaceSettings(holidays="CH"),
    PaceSettings(holidays="none", quiet=("fri", "sat", "sun"), hours=(8, 12)),
    PaceSettings(sensitive_days=3, cool_down_days=3, monthly=5, gaps=(5, 9, 16)),
    PaceSettings(sensitive_days=14, cool_down_days=10, monthly=2, unanswered_stop=2),
    PaceSettings(colleague_days=5, dismissed_days=30, decision_after_days=4, decision_at_most=1),
)


@dataclass(frozen=True, slots=True)
class Temper:
    """Who the user is this season, what the news are like, and how the dice fall."""

    seed: int = 1
    start: date = date(2026, 10, 12)  # in 90 days: the end of summer time, Thanksgiving, New Year
    eager: float = 0.5  # sends what is due, of ten suggestions so many tenths
    picky: float = 0.15  # dismisses
    lazy: float = 0.15  # puts off
    regret: float = 0.05  # takes back what was recorded last
    chatty: float = 0.04  # a contact elsewhere, for each company and day
    liked: float = 0.3  # messages that are answered
    news: float = 0.2  # stories for each company and day
    bad: float = 0.015  # bad news, likewise
    away: int = 40  # the day on which two weeks of forgetting begin
    runs_while_away: bool = True  # cron goes on; else the computer is off
    at_most: int = 5
    pace: PaceSettings = field(default_factory=PaceSettings)

    def dice(self, *about: object) -> Random:
        """Return dice of their own for one matter, so that other matters don't move them."""
        return Random(f"{self.seed}:{':'.join(map(str, about))}")


# --------------------------------------------------------------------------- what is written down


@dataclass(frozen=True, slots=True)
class Talk:
    """An interview, and since when its notes file is there."""

    interview: Interview
    known: datetime


def place_of(slug: str, name: str) -> ZoneInfo:
    """Return where somebody sits."""
    return ZoneInfo(where(slug, name)[0])


def where(slug: str, name: str) -> tuple[str, str]:
    """Return somebody's time zone and country; of companies not listed here, the user's."""
    return PLACES.get((slug, name)) or PLACES.get((slug, ""), (HOME.key, ""))


def talks_of(temper: Temper, slug: str) -> tuple[Talk, ...]:
    """Return one to three interviews: long ago, in the season, or written down before they are."""
    dice = temper.dice("talks", slug)
    day = temper.start + timedelta(days=dice.randint(-45, 25))
    people = PEOPLE[slug]
    found: list[Talk] = []
    for number in range(dice.choice((1, 1, 2, 2, 3))):
        zone = place_of(slug, "")
        day_only = dice.random() < 0.25
        at = datetime.combine(day, time(12), HOME) if day_only else _hour(day, zone, dice)
        present = people if number == 0 else tuple(p for p in people if dice.random() < 0.6)
        expected = day + timedelta(days=dice.randint(5, 35)) if dice.random() < 0.7 else None
        ahead = timedelta(days=dice.randint(0, 14)) if dice.random() < 0.6 else timedelta(0)
        file = f"data/notes/{slug}-{number + 1}.md"
        talk = Interview(
            file,
            slug,
            at.astimezone(UTC),
            day_only,
            role="Engineer",
            people=present,
            decision_expected=expected,
            lines=_lines(file, slug, present),
        )
        found.append(Talk(talk, at.astimezone(UTC) - ahead))
        day += timedelta(days=dice.randint(4, 40))
    return tuple(found)


def _hour(day: date, zone: ZoneInfo, dice: Random) -> datetime:
    return datetime.combine(day, time(dice.randint(8, 17), dice.choice((0, 30))), zone)


def _lines(file: str, slug: str, people: tuple[Person, ...]) -> tuple[NoteLine, ...]:
    own = [
        NoteLine(file, 20 + n, "office", f"a photo of the boat of {person.name}", person.name)
        for n, person in enumerate(people)
    ]
    return (
        NoteLine(file, 10, "discussed", f"how {slug} moves its warehouses"),
        NoteLine(file, 11, "office", "a chess board by the window"),
        NoteLine(file, 12, "angle", "ran the move of two warehouses"),
        *own,
    )


def statuses_of(temper: Temper) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return, for the companies that decide in the season, on which day the notes say what."""
    dice = temper.dice("outcomes")
    one, two, three = dice.sample([company.slug for company in COMPANIES], 3)
    offer = dice.randint(45, 75)
    return {
        one: ((offer, "offer"), (offer + 7, dice.choice(("accepted", "declined")))),
        two: ((dice.randint(20, 80), "rejected"),),
        three: ((dice.randint(50, 85), dice.choice(("rejected", "withdrawn"))),),
    }


def notes_at(
    temper: Temper, talks: tuple[Talk, ...], decisions: dict[str, Any], now: datetime
) -> tuple[Interview, ...]:
    """Return the notes as they stand at a moment; a decision is written into the latest ones."""
    day = (now.date() - temper.start).days
    known = [talk.interview for talk in talks if talk.known <= now]
    found: list[Interview] = []
    for talk in known:
        last = max(
            (t for t in known if t.company == talk.company),
            key=lambda item: (item.interviewed, item.file),
        )
        said = [status for since, status in decisions.get(talk.company, ()) if since <= day]
        found.append(replace(talk, status=said[-1]) if said and talk is last else talk)
    return tuple(sorted(found, key=lambda item: item.file))


# ------------------------------------------------------------------------------------- the news


@dataclass(frozen=True, slots=True)
class Item:
    """A story, and what it is to a company: company news, something to read, or bad news."""

    company: str
    kind: str  # "contribution", "tidbit", "bad", "lesser" (bad, too), "doubtful"
    story: Story
    score: float
    person: str = ""  # whose note line it fits; "" everybody's
    section: str = "office"


def news_of(temper: Temper) -> tuple[Item, ...]:
    """Return all the news of a season, by day: with copies, follow-ups and shared stories."""
    found: list[Item] = []
    for day in range(-10, DAYS):
        for company in COMPANIES:
            found += _news_on(temper, company.slug, day, found)
    return tuple(found)


def _news_on(temper: Temper, slug: str, day: int, before: list[Item]) -> Iterator[Item]:
    dice = temper.dice("news", slug, day)
    at = datetime.combine(temper.start, time(), UTC) + timedelta(days=day)
    old = [item for item in before if item.company == slug]
    if dice.random() < temper.news:
        kind = dice.choice(("contribution", "contribution", "doubtful"))
        yield _item(slug, kind, f"{slug}-n{day}", at, dice)
    if dice.random() < temper.news:
        yield _item(slug, "tidbit", f"{slug}-t{day}", at, dice)
    if dice.random() < temper.bad:
        yield _item(slug, "bad", f"{slug}-b{day}", at, dice)
    if slug == "merrin" and dice.random() < temper.bad * 25:  # always in court
        yield _item(slug, "lesser", f"{slug}-l{day}", at, dice)
    recent = [item for item in old if at - item.story.lead.published < timedelta(days=12)]
    trouble = [item for item in recent if item.kind == "bad"]
    if trouble and dice.random() < 0.06:
        yield _item(slug, "bad", f"{slug}-f{day}", at, dice)  # what became of it
    if recent and dice.random() < 0.15:
        yield _copy(dice.choice(recent), f"{slug}-c{day}", at, dice)
    others = [i for i in before if i.kind == "tidbit" and i.company != slug and i.person == ""]
    if others and dice.random() < 0.1:
        shared = others[-1]
        if at - shared.story.lead.published < timedelta(days=5):
            yield replace(shared, company=slug)


def _item(slug: str, kind: str, name: str, at: datetime, dice: Random) -> Item:
    published = at + timedelta(minutes=dice.randint(0, 1439))
    link = f"https://news.example/{name}?utm_source=wire"
    title = f"What {slug} does about matter {name} and why"
    article = Article(
        name, "https://f.example", title, link, link.partition("?")[0], title,
        published, "feed", published, "Wire",
    )  # fmt: skip
    people = [person.name for person in PEOPLE[slug]]
    person = dice.choice([*people, "", ""])
    section = dice.choice(("office", "discussed")) if not person else "office"
    return Item(slug, kind, Story(name, article), dice.uniform(0.3, 1), person, section)


def _copy(item: Item, name: str, at: datetime, dice: Random) -> Item:
    """Return the story under another id: the same title elsewhere, or the same page retitled."""
    published = at + timedelta(minutes=dice.randint(0, 1439))
    lead = item.story.lead
    changed = replace(lead, id=name, published=published, source="Post")
    if dice.random() < 0.5:
        link = f"https://post.example/{name}"
        changed = replace(changed, link=link, canonical=link)
    else:
        changed = replace(changed, title=f"Update: {lead.title} after all")
    return replace(item, story=Story(name, changed), score=min(item.score + 0.1, 1.0))


def matches_at(
    items: tuple[Item, ...], notes: tuple[Interview, ...], now: datetime
) -> dict[str, tuple[Match, ...]]:
    """Return each interview's matches with what was published so far and is not too old."""
    since = now - timedelta(days=KEPT_DAYS)
    fresh = [item for item in items if since <= item.story.lead.published <= now]
    return {
        note.file: tuple(
            _match(item, note)
            for item in fresh
            if item.company == note.company
            and (not item.person or any(item.person == person.name for person in note.people))
        )
        for note in notes
    }


def _verdict(kind: str) -> Verdict:
    tones: dict[str, tuple[Tone, str]] = {
        "bad": ("bad", "layoffs"),
        "lesser": ("bad", "lawsuit"),
        "doubtful": ("unsure", "lawsuit"),
    }
    tone, news = tones.get(kind, ("good", "order"))
    return Verdict(tone, news, 0.0)


def _match(item: Item, note: Interview) -> Match:
    discussed, chess, angle, *own = note.lines
    line = next((own_line for own_line in own if own_line.person == item.person), chess)
    line = discussed if item.section == "discussed" else line
    about = item.kind != "tidbit"
    best = _evidence(angle if about else line)
    bad = item.kind in ("bad", "lesser")
    return Match(
        interview=note.file,
        company=note.company,
        story=item.story,
        kind="contribution" if about else "tidbit",
        score=item.score,
        shown=not bad,
        reason="bad news" if bad else "",
        mention=Mention("about", 1.0, (note.company,)) if about else Mention("none", 0.0),
        verdict=_verdict(item.kind) if about else None,
        best=best,
        skill=best if about else None,
        for_people=() if about else (best,),
    )


def _evidence(line: NoteLine) -> Evidence:
    return Evidence(line, "A sentence of the story.", (Term("boat", 0.3), Term("move", 0.2)), 0.5)


# --------------------------------------------------------------------------- the store, in memory


class User(Protocol):
    """Whose seat `act` takes: the desk in memory, or somebody with a workspace on the disk."""

    @property
    def past(self) -> History: ...
    @property
    def notes(self) -> tuple[Interview, ...]: ...
    def change(self, old: Touchpoint, did: UserMove, at: datetime) -> None: ...
    def log(self, contact: Contact, at: datetime) -> None: ...
    def release(self, hold: Hold, at: datetime) -> None: ...
    def undo(self) -> None: ...


class Desk:
    """Keeps what was suggested and what the user did, as the database does."""

    def __init__(self) -> None:
        self.past = History()
        self.notes: tuple[Interview, ...] = ()  # as they are today
        self._undo: list[tuple[Touchpoint | Hold | None, Contact | None]] = []

    def keep(self, plan: Plan, now: datetime) -> tuple[tuple[Touchpoint, Touchpoint], ...]:
        """Keep a plan's suggestions and holds, and settle the older ones; return the moves."""
        kept = lifecycle.with_suggestions(self.past, plan, now)
        moves = settle(kept.touchpoints, plan, now)
        for old, new in moves:
            lifecycle.check_move(old, new.status)
        self.past = lifecycle.with_moves(kept, moves)
        return moves

    def change(self, old: Touchpoint, did: UserMove, at: datetime) -> None:
        """Record what the user did with a suggestion."""
        lifecycle.check_move(old, did.status)
        contact = None
        if did.status in ("sent", "answered"):
            what, answer = old.suggestion, did.status == "answered"
            contact = Contact(what.company, what.person, at, "a mail", answer, old.id, did.reply)
            self._add(contact)
        self._undo.append((old, contact))
        new = lifecycle.moved(old, did.status, at, because=did.because, until=did.until)
        self.past = lifecycle.with_moves(self.past, [(old, new)])

    def log(self, contact: Contact, at: datetime) -> None:
        """Record a contact that happened elsewhere."""
        self._add(contact)
        self._undo.append((None, contact))

    def release(self, hold: Hold, at: datetime) -> None:
        """End a hold."""
        self._put_hold(replace(hold, released=at))
        self._undo.append((hold, None))

    def undo(self) -> None:
        """Take back the user's last move."""
        if not self._undo:
            return
        before, contact = self._undo.pop()
        if contact:
            left = tuple(one for one in self.past.contacts if one is not contact)
            self.past = replace(self.past, contacts=left)
        if isinstance(before, Hold):
            self._put_hold(before)
        elif before:
            now = next(item for item in self.past.touchpoints if item.id == before.id)
            back = replace(before, suggestion=now.suggestion)
            self.past = lifecycle.with_moves(self.past, [(now, back)])

    def _add(self, contact: Contact) -> None:
        contacts = sorted((*self.past.contacts, contact), key=lambda one: one.at)
        self.past = replace(self.past, contacts=tuple(contacts))

    def _put_hold(self, hold: Hold) -> None:
        holds = tuple(hold if one.key == hold.key else one for one in self.past.holds)
        self.past = replace(self.past, holds=holds)


# ------------------------------------------------------------------------------------- the season


@dataclass(frozen=True, slots=True)
class Moment:
    """One run: what it was given, what it decided, and how the desk looked before and after."""

    now: datetime
    workspace: Workspace
    matches: dict[str, tuple[Match, ...]]
    before: History
    plan: Plan
    moves: tuple[tuple[Touchpoint, Touchpoint], ...]
    after: History
    work: Mapping[str, OwnWork] = field(default_factory=dict)  # the candidate's, that fits

    def touchpoint(self, suggestion: Suggestion) -> Touchpoint:
        """Return what was kept of a suggestion."""
        return next(t for t in self.after.touchpoints if t.suggestion.key == suggestion.key)


def live(temper: Temper) -> Iterator[Moment]:
    """Live one season; give a moment for each run, before the user reacts to it."""
    talks = tuple(talk for company in COMPANIES for talk in talks_of(temper, company.slug))
    decisions, items, desk = statuses_of(temper), news_of(temper), Desk()
    free = datetime.min.replace(tzinfo=UTC)  # when the user has done with the last page
    digest = DigestSettings(at_most=temper.at_most)
    settings = Settings(timezone=HOME.key, digest=digest, pace=temper.pace)
    for day in range(DAYS):
        dice = temper.dice("day", day)
        away = temper.away <= day < temper.away + 14
        runs = dice.choice((0, 1, 1, 1, 1, 2, 3)) if not away or temper.runs_while_away else 0
        midnight = datetime.combine(temper.start + timedelta(days=day), time(), UTC)
        moments = [midnight + timedelta(minutes=n) for n in dice.sample(range(1440), runs)]
        for met in [talk.interview.interviewed for talk in talks]:
            if runs and timedelta(0) <= met - midnight < timedelta(days=1):
                moments.append(met + timedelta(minutes=dice.randint(20, 180)))  # on the way home
        for now in sorted(moments):
            if now < free:
                continue
            notes = notes_at(temper, talks, decisions, now)
            desk.notes = notes
            workspace = Workspace("/nowhere", Config(settings, COMPANIES), notes)
            matches, before = matches_at(items, notes, now), desk.past
            plan = suggest(workspace, matches, before, now)
            moves = desk.keep(plan, now)
            yield Moment(now, workspace, matches, before, plan, moves, desk.past)
            if not away:
                free = act(temper, desk, now, dice)


def act(temper: Temper, user: User, now: datetime, dice: Random) -> datetime:
    """Do what the user does after reading a page, one thing after the other; return the end."""
    at = now
    for item in [one for one in user.past.touchpoints if one.is_open]:
        at += timedelta(minutes=dice.randint(1, 20))
        chance = dice.random()
        if item.status == "snoozed":
            chance *= 8  # what is put off is seldom touched
        if chance < temper.eager * 0.6:
            user.change(item, UserMove("sent"), at)
        elif chance < temper.eager * 0.6 + temper.picky:
            reason = dice.choice(("not-for-me", "wrong-company", "bad-timing", "seen it before"))
            user.change(item, UserMove("dismissed", reason), at)
        elif chance < temper.eager * 0.6 + temper.picky + temper.lazy:
            until = _morning_in(at, dice.randint(1, 12))
            user.change(item, UserMove("snoozed", until=until), at)
        if dice.random() < temper.regret:
            user.undo()
    for item in [one for one in user.past.touchpoints if one.status == "sent"]:
        waited = at - item.changed
        if waited < timedelta(days=14) and dice.random() < temper.liked / 8:
            reply = _said(user.notes, item.suggestion, at, dice)
            user.change(item, UserMove("answered", reply=reply), at)
    met = {talk.company: [person.name for person in talk.people] for talk in user.notes}
    for slug, names in sorted(met.items()):
        if dice.random() < temper.chatty:
            back = timedelta(days=dice.choice((0, 0, 1, 3)))
            name, answer = dice.choice([*names, ""]), dice.random() < 0.4
            user.log(Contact(slug, name, at - back, "a call", answer), at)
    for hold in [one for one in user.past.holds if one.released is None]:
        if dice.random() < 0.05:
            user.release(hold, at)
    if dice.random() < temper.regret:
        user.undo()
    return at + timedelta(minutes=1)


def _said(
    notes: tuple[Interview, ...], what: Suggestion, at: datetime, dice: Random
) -> Reply | None:
    """Return what half of the answers say: a day, a promise, an invitation, and seldom a no."""
    said = dice.choice((None, None, None, "new_date", "new_date", "promise", "invitation", "no"))
    day = at.date() + timedelta(days=dice.randint(1, 45))
    if said is None or (said == "no" and dice.random() < 0.6):
        return None
    old = {talk.file: talk.decision_expected for talk in notes}.get(what.interview)
    by = day if said == "promise" else None
    return Reply(said, day if said != "promise" else None, old, "a text" if by else "", by)


def _morning_in(at: datetime, days: int) -> datetime:
    local = at.astimezone(HOME).date() + timedelta(days=days)
    return datetime.combine(local, time(), HOME).astimezone(UTC)
