"""Where things stand with each company: the rows of the page's table.

Takes what the candidate wrote, the history, the plan, the weeks ahead and what earlier pages
showed; gives a `CompanyRow` for each company with an interview. Days are values, so that a row is
compared with yesterday's; `page_phrases.py` has the words of the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.digest import shown as earlier_pages
from pipeline.digest.briefing import page_name
from pipeline.records import (
    Company,
    CompanyRow,
    Guard,
    Held,
    History,
    Interview,
    Kind,
    NextStep,
    Plan,
    ShownItem,
    Suggestion,
    Upcoming,
    Workspace,
)
from pipeline.records.record import dataclass
from pipeline.text.calendar import day_in, zone_of
from pipeline.text.guard_words import advice_on, ahead_text, held_text
from pipeline.text.phrasing import (
    DECISIONS,
    PERSON_WORDS,
    TITLES,
    count_of,
    listed,
    lower_first,
)
from pipeline.text.reasons import reply_text

MOST_STEPS = 4  # a message to each of two people, the decision, and the question; our judgement


@dataclass(frozen=True, slots=True)
class TableGround:
    """All that the table is made of."""

    workspace: Workspace
    past: History = History()
    plan: Plan = Plan()
    ahead: Sequence[Upcoming] = ()  # the messages of the next weeks, if nothing better comes
    shown: Sequence[ShownItem] = ()  # by the pages of earlier days
    briefed: frozenset[str] = frozenset()  # companies that one meets again soon: slugs
    now: datetime = datetime.min

    @property
    def zone(self) -> ZoneInfo:
        """The user's time zone."""
        return zone_of(self.workspace.config.settings.timezone)

    @property
    def today(self) -> date:
        """The day of the page."""
        return self.day_of(self.now)

    def day_of(self, at: datetime) -> date:
        """Return the user's day of a moment."""
        return day_in(self.zone, at)


def rows(ground: TableGround) -> tuple[CompanyRow, ...]:
    """Return a row for each company; a decision is named for a while."""
    talks: dict[str, list[Interview]] = {}
    for talk in sorted(ground.workspace.interviews, key=lambda item: item.interviewed):
        talks.setdefault(talk.company, []).append(talk)
    held_at = {item.company for item in ground.plan.held}
    found = (
        _row(_Company(company, tuple(talks.get(company.slug, ())), ground))
        for company in ground.workspace.config.companies
        if company.slug in talks or company.slug in held_at
    )
    return tuple(earlier_pages.compared(row, ground.shown, ground.today) for row in found if row)


@dataclass(frozen=True, slots=True)
class _Company:
    company: Company
    talks: tuple[Interview, ...]  # in order of time
    ground: TableGround

    @property
    def held(self) -> list[Held]:
        return [h for h in self.ground.plan.held if h.company == self.company.slug]

    @property
    def bad_news(self) -> list[Held]:
        return [item for item in self.held if item.is_bad_news]

    @property
    def suggested(self) -> list[Suggestion]:
        return [s for s in self.ground.plan.suggestions if s.company == self.company.slug]

    def first_of(self, guard: Guard) -> Held | None:
        return next((item for item in self.held if item.guard is guard), None)


def _row(one: _Company) -> CompanyRow | None:
    ground = one.ground
    if decided := one.first_of(Guard.DECIDED):
        return _decided(decided, one)
    if unread := one.first_of(Guard.UNREAD_NOTE):
        file = unread.result.file
        todo = "nothing until it can (`touchpoints check` shows what is wrong)"
        return CompanyRow(one.company.name, f"{file} cannot be read", None, (NextStep(todo),))
    numbers = {hold.key: hold.id for hold in ground.past.holds}
    state, since = _bad_news(one) if one.bad_news else _messages(one)
    return CompanyRow(
        company=one.company.name,
        state=state,
        since=since,
        steps=tuple(_steps(one)),
        holds=tuple(sorted(numbers[h.key] for h in one.bad_news if h.key in numbers)),
    )


def _decided(held: Held, one: _Company) -> CompanyRow | None:
    ground, key = one.ground, earlier_pages.held_key(held)
    if earlier_pages.is_stale(ground.shown, key, ground.today):
        return None
    since = min((item.day for item in ground.shown if item.key == key), default=ground.today)
    state = DECISIONS[held.result.decision] if held.result.decision else "it is decided"
    cheer, advice = "congratulations! " if held.is_offer else "", advice_on(held)
    suggested = _suggested(one)
    rest = "nothing else is suggested." if suggested else f"nothing more is suggested. {advice}"
    todo = NextStep(f"{cheer}{rest}".strip())
    return CompanyRow(one.company.name, state, since, (*suggested, todo))


# ------------------------------------------------------------------------------- where it stands


def _bad_news(one: _Company) -> tuple[str, date | None]:
    kinds: dict[str, None] = {}
    told = []
    for item in one.bad_news:
        if item.guard is Guard.BAD_NEWS:
            kinds |= dict.fromkeys(item.result.bad_news)
        else:
            told.append(PERSON_WORDS[item.result.part or "doubtful"].format(who=item.person))
    if kinds or not told:
        told.append(f"bad news ({', '.join(kinds)})" if kinds else "bad news")
    keys = {item.key for item in one.bad_news}
    created = [hold.created for hold in one.ground.past.holds if hold.key in keys]
    since = one.ground.day_of(max(created)) if created else one.ground.today
    return "; ".join(dict.fromkeys(told)), since


def _messages(one: _Company) -> tuple[str, date | None]:
    ground = one.ground
    contacts = [
        c for c in ground.past.contacts if c.company == one.company.slug and c.at <= ground.now
    ]
    if not contacts:
        return _talks(one)
    last = contacts[-1]
    since = ground.day_of(last.at)
    if last.answer:
        return f"{last.person or 'they'} answered{reply_text(last.reply)}", since
    answered = [place for place, item in enumerate(contacts, 1) if item.answer]
    sent = [item.person for item in contacts[max(answered, default=0) :]]
    people = listed([name for name in dict.fromkeys(sent) if name])
    again = f"{count_of(len(sent), 'message')} without an answer"
    said = again if len(sent) > len(set(sent)) else "no answer yet"
    heard = next((item for item in reversed(contacts) if item.answer), None)
    before = f"; {heard.person or 'they'} answered{reply_text(heard.reply)}" if heard else ""
    return f"you wrote{f' to {people}' if people else ''}, {said}{before}", since


def _talks(one: _Company) -> tuple[str, date | None]:
    held = [talk for talk in one.talks if talk.interviewed <= one.ground.now]
    if not held:
        return "before the interview", None
    return "you have not written yet", one.ground.day_of(held[-1].interviewed)


# ----------------------------------------------------------------------------------- what is next


def _steps(one: _Company) -> Iterator[NextStep]:
    """Yield the next steps in their order; where nothing is planned, why."""
    ground = one.ground
    now = _suggested(one)
    silence = list(_silence(one))
    ahead = sorted(_ahead(one), key=lambda item: (item.day or date.max, item.text))
    found = [*now, *silence, *ahead]
    if found:
        yield from found[: max(MOST_STEPS, len(now) + len(silence))]
        return
    held = one.first_of(Guard.UNANSWERED) or next(iter(one.held), None)
    why = held_text(held, one.company.name, ground.today) if held else ""
    yield NextStep(lower_first(why) or "no news that is worth a message")


def _suggested(one: _Company) -> list[NextStep]:
    ground = one.ground
    numbers = {item.suggestion.key: item.id for item in ground.past.touchpoints}
    return [
        NextStep(
            _title(item.kind, item.person or one.company.name),
            max(ground.day_of(item.due), ground.today),
            number=numbers[item.key],
        )
        for item in one.suggested
        if item.key in numbers
    ]


def _silence(one: _Company) -> Iterator[NextStep]:
    cheerless = [i.result.until for i in one.bad_news if i.guard is Guard.BAD_NEWS]
    wanted = {s.person for s in one.suggested if s.is_asked_for}
    if any(cheerless):
        what = "nothing else cheerful" if wanted else "nothing cheerful"
        yield NextStep(what, max(filter(None, cheerless)), is_silence=True)
    for item in one.bad_news:
        if item.guard is Guard.OF_THE_PERSON:
            nothing = "nothing else" if item.person in wanted else "nothing"
            todo = f"{nothing} to {item.person} until you say what to do"
            yield NextStep(todo, is_silence=True)
    if invited := one.first_of(Guard.INVITED):
        said = held_text(invited, one.company.name, one.ground.today)
        yield NextStep(f"{lower_first(said)} {advice_on(invited)}", is_silence=True)


def _ahead(one: _Company) -> Iterator[NextStep]:
    slug, ground = one.company.slug, one.ground
    put_off = [
        item
        for item in ground.past.touchpoints
        if item.suggestion.company == slug
        and item.status == "snoozed"
        and item.until
        and item.until > ground.now
    ]
    for item in put_off:
        title = _title(item.suggestion.kind, item.suggestion.person or one.company.name)
        yield NextStep(f"{title}, put off", ground.day_of(item.until or ground.now))
    known = {item.suggestion.key for item in put_off}
    dates = [
        item
        for item in ground.plan.upcoming
        if item.kind in ("interview", "decision_day", "promise") or item.title
    ]
    for ahead in (*dates, *ground.ahead):
        if ahead.company == slug and ahead.key not in known:
            is_talk = ahead.kind == "interview" and slug in ground.briefed
            beside = page_name(slug, ahead.day) if is_talk else ""
            yield NextStep(ahead_text(ahead, one.company.name), ahead.day, beside=beside)


def _title(kind: Kind, who: str) -> str:
    return lower_first(TITLES[kind].format(who=who))
