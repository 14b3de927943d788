"""News of the notes' people themselves: who is congratulated, and what is asked of the candidate.

Takes matches, holds and cases; gives the stories that are somebody's own, and a `Held` for each one
that is the candidate's to judge. Who leaves, died, is accused or is named beside something bad gets
nothing until the candidate releases it; of somebody who may be a namesake the candidate is asked.
What becomes of others whom the notes mention is told once, and holds nothing.
What a story says of a person is decided in `relevance.person_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.records import Guard, GuardResult, Held, Hold, Interview, Match
from pipeline.touchpoints.case import Case, OwnNews, marks_of, title_mark


def own_news(name: str, matches: Iterable[Match], ended: Iterable[Hold]) -> tuple[OwnNews, ...]:
    """Return what stories say of a person, newest first, without what the user released."""
    released = {mark for hold in ended for mark in (hold.story, title_mark(hold.title))} - {""}
    found = {
        match.story.id: OwnNews(match, news)
        for match in matches
        for news in match.people
        if news.person == name and news.part != "unclear" and not marks_of(match) & released
    }
    return tuple(
        sorted(
            found.values(),
            key=lambda item: (item.match.story.lead.published, item.match.story.id),
            reverse=True,
        )
    )


def others_news(talks: Iterable[Interview], matches: Sequence[Match]) -> tuple[OwnNews, ...]:
    """Return what stories surely say of those whom the notes mention: no message is for them."""
    talks = tuple(talks)
    met = {person.name for talk in talks for person in talk.people}
    names = dict.fromkeys(person.name for talk in talks for person in talk.mentioned)
    found = (own_news(name, matches, ()) for name in names if name not in met)
    told = (item for news in found for item in news)
    return tuple(item for item in told if item.news.sure and item.news.part != "named")


def held_people(cases: Sequence[Case]) -> list[Held]:
    """Return each story about a person that is the candidate's to judge, and each that warns."""
    found = {(item.guard, item.key): item for case in cases for item in _judged(case)}
    return list(found.values())


def what_holds(case: Case) -> GuardResult | None:
    """Return what holds everything to this person, or None."""
    grave = [item for item in case.own_news if item.news.is_grave and item.news.sure]
    if grave:
        return GuardResult(Guard.OF_THE_PERSON, part=grave[0].news.part)
    return GuardResult(Guard.OF_THE_PERSON) if case.own_holds else None


def _judged(case: Case) -> Iterator[Held]:
    slug, name = case.company.slug, case.person.name
    for item in case.own_news:
        if item.news.is_grave or not item.news.sure:
            guard = Guard.OF_THE_PERSON if item.news.sure else Guard.PERHAPS_THE_PERSON
            yield _held(GuardResult(guard, part=item.news.part), item.match, slug, name)
    told = {item.match.story.id for item in case.own_news}
    for hold in case.own_holds:
        if hold.story not in told:
            result = GuardResult(Guard.OF_THE_PERSON)
            yield Held(result, slug, name, story=hold.story, title=hold.title)
    for item in case.others_news:
        result = GuardResult(Guard.OF_ANOTHER, part=item.news.part)
        yield _held(result, item.match, slug, item.news.person)
    for match in case.own_field:
        yield _held(GuardResult(Guard.OWN_FIELD, field=match.own_field), match, slug, "")


def _held(result: GuardResult, match: Match, company: str, person: str) -> Held:
    lead = match.story.lead
    return Held(result, company, person, story=match.story.id, title=lead.title, link=lead.link)
