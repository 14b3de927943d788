"""What must hold on every day of a season, whatever the user does: 29 rules.

Each is written from docs/guide.md and from tact, never from the guards:
it looks at a run's plan, at what had happened before, and counts for itself. A rule takes a `Run`
and gives a sentence for each thing that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from random import Random
from typing import Any

import holidays

from pipeline.records import (
    Contact,
    Guard,
    Interview,
    Match,
    PaceSettings,
    Plan,
    Suggestion,
)
from pipeline.text.guard_words import held_text, moved_text
from pipeline.text.publishers import Publishers
from pipeline.touchpoints.plan import suggest
from pipeline.touchpoints.settling import settle
from tests.touchpoints.season import (
    HOME,
    WHO,
    Moment,
    place_of,
    where,
)

USUAL = {"bad results", "lawsuit", "investigation", "controversy", "departure", "outage"}
CHEERFUL = ("tidbit", "contribution", "check_in")
ASIDES = ("congratulation", "answer")  # replies and good manners: they don't count as messages
AFTER_A_NO = ("farewell", "advice", "reconnect")
DONE = ("sent", "answered", "dismissed")


# ------------------------------------------------------------------------- a run, asked by person


@dataclass(frozen=True)
class Run:
    """One run, with what the rules ask of it."""

    moment: Moment

    @property
    def pace(self) -> PaceSettings:
        return self.moment.workspace.config.settings.pace

    @property
    def now(self) -> datetime:
        return self.moment.now

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return self.moment.plan.suggestions

    def of(self, *kinds: str) -> list[Suggestion]:
        return [item for item in self.suggestions if item.kind in kinds]

    @cached_property
    def contacts(self) -> list[Contact]:
        asides = {
            item.id for item in self.moment.before.touchpoints if item.suggestion.kind in ASIDES
        }
        return [
            item
            for item in self.moment.before.contacts
            if item.at <= self.now and (item.answer or item.touchpoint not in asides)
        ]

    @cached_property
    def known(self) -> list[Interview]:
        """The notes, with what was said since: a new day, a no."""
        found = []
        for slug in {talk.company for talk in self.moment.workspace.interviews}:
            talks = self.talks(slug)
            begun = [talk for talk in talks if talk.interviewed <= self.now]
            for talk in talks:
                if begun and talk is begun[-1] and talk.status == "waiting":
                    talk = self._as_said(talk)
                found.append(talk)
        return found

    def _as_said(self, talk: Interview) -> Interview:
        said = [c for c in self.replies(talk.company) if c.reply]
        new = talk
        for contact in said:
            reply = contact.reply
            if reply and reply.said == "new_date" and reply.instead_of == talk.decision_expected:
                new = replace(talk, decision_expected=reply.day, named_by=contact.person)
        if said and said[-1].reply and said[-1].reply.said == "no":
            new = replace(new, status="rejected")
        return new

    def replies(self, slug: str) -> list[Contact]:
        """Return the answers since the latest talk at a company that said something."""
        begun = [talk.interviewed for talk in self.talks(slug) if talk.interviewed <= self.now]
        here = [c for c in self.contacts if c.company == slug and c.reply]
        return [c for c in here if begun and c.at >= begun[-1]]

    def with_them(self, item: Suggestion) -> list[Contact]:
        """Contacts with this person at whatever company, and with nobody in particular here."""
        return [c for c in self.contacts if who(c) == who(item) or self._is_to_all(c, item)]

    def here(self, item: Suggestion) -> list[Contact]:
        """Contacts with this person at this company since the latest talk with them."""
        talk = self.talk(item)
        return [
            c
            for c in self.contacts
            if c.company == item.company
            and c.person in ("", item.person)
            and c.at >= talk.interviewed
        ]

    def _is_to_all(self, contact: Contact, item: Suggestion) -> bool:
        to_all = contact.company == item.company and not contact.person
        return to_all and contact.at >= self.talk(item).interviewed

    def unanswered(self, item: Suggestion) -> int:
        """Count messages since the last answer, but for thanks, which ask for none."""
        thanks = {
            one.id for one in self.moment.before.touchpoints if one.suggestion.kind == "thank_you"
        }
        count = 0
        for contact in self.here(item):
            if contact.answer:
                count = 0
            elif contact.touchpoint not in thanks:
                count += 1
        return count

    def talks(self, slug: str) -> list[Interview]:
        found = [t for t in self.moment.workspace.interviews if t.company == slug]
        return sorted(found, key=lambda talk: (talk.interviewed, talk.file))

    def talk(self, item: Suggestion) -> Interview:
        """Return the latest talk that this person had, so far."""
        return [
            talk
            for talk in self.talks(item.company)
            if talk.interviewed <= self.now
            and (any(p.name == item.person for p in talk.people) or not item.person)
        ][-1]

    def day(self, at: datetime, item: Suggestion) -> date:
        """Return the day of a moment where the recipient sits."""
        return at.astimezone(place_of(item.company, item.person)).date()

    def days_since(self, at: datetime, item: Suggestion) -> int:
        return (self.day(self.now, item) - self.day(at, item)).days

    def is_free(self, day: date, item: Suggestion) -> bool:
        place = where(item.company, item.person)[1] or self.pace.holidays or "FR"
        weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday()]
        return weekday in self.pace.quiet or (place != "none" and day in calendar(place))

    def working_days_between(self, first: date, last: date, item: Suggestion) -> int:
        days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
        return sum(not self.is_free(day, item) for day in days)

    def bad_news(self, item: Suggestion) -> list[Match]:
        groups = self.moment.matches.values()
        found = {m.story.id: m for group in groups for m in group if m.company == item.company}
        return [m for m in found.values() if m.sensitive and m.story.lead.published <= self.now]

    def is_usual(self, news: Match, item: Suggestion) -> bool:
        """Return whether this is lesser bad news, such as the company has on many days."""
        released = {h.title for h in self.moment.before.holds if h.released}
        days = {
            self.day(match.story.lead.published, item)
            for match in self.bad_news(item)
            if {e.kind for e in match.events if e.sensitive} <= USUAL
            and self.days_since(match.story.lead.published, item) <= 14
            and match.story.lead.title not in released
        }
        is_lesser = {e.kind for e in news.events if e.sensitive} <= USUAL
        return is_lesser and len(days) >= self.pace.usual_days

    def lets_pass(self, slug: str, kind: str) -> bool:
        """Return whether the user released two of this kind there, which is none of the gravest."""
        holds = (h for h in self.moment.before.holds if h.released and not h.person)
        titles = {h.title for h in holds if (h.company, h.kind) == (slug, kind)}
        return len(titles) > 1 and _weight(kind) <= 1

    def kinds(self, news: Match) -> set[str]:
        own = {news.verdict.kind} if news.verdict else set()
        return own | {event.kind for event in news.events if event.sensitive}

    def is_hearsay(self, news: Match) -> bool:
        """Return whether one publisher alone tells it, by no search and no feed of the company."""
        stories = (news.story, *news.told_by)
        publishers = Publishers(self.moment.workspace.config)
        return not news.mention.own and bool(publishers.alone(stories))

    def is_beyond(self, news: Match, item: Suggestion) -> bool:
        """Return whether its publisher had two such holds in the fortnight before."""
        earlier = [
            match
            for match in self.bad_news(item)
            if self.is_hearsay(match)
            and timedelta()
            <= news.story.lead.published - match.story.lead.published
            < timedelta(days=14)
        ]
        return len(earlier) > 1

    def match(self, item: Suggestion) -> Match | None:
        found = (m for group in self.moment.matches.values() for m in group)
        return next((m for m in found if m.story.id == item.reference.story), None)


def who(item: Contact | Suggestion) -> str:
    return WHO.get((item.company, item.person), f"{item.person} of {item.company}")


@cache
def calendar(place: str) -> Any:
    country, _, region = place.partition("-")
    return holidays.country_holidays(country, subdiv=region or None, years=[2026, 2027])


def is_same_story(one: Suggestion, other: Suggestion) -> bool:
    """The same id, the same page or the same headline."""
    first, second = one.reference, other.reference
    if not first.story or not second.story:
        return False
    return first.story == second.story or first.link == second.link or first.title == second.title


# -------------------------------------------------------------------------------------- the rules


def evidence(run: Run) -> Iterator[str]:
    """Every suggestion has a draft; one with a story, all that shows why it fits."""
    for item in run.suggestions:
        is_mail = item.draft.channel == "email"  # a note, a card or a call has no subject
        if (is_mail and not item.draft.subject) or not item.draft.body.strip():
            yield f"no draft: {item}"
        if len(item.draft.body.split()) >= 150:
            yield f"a long draft: {item.draft.body}"
        if item.kind in ("tidbit", "contribution") and not item.reference.story:
            yield f"no story: {item}"
        story = item.reference
        if not story.story:
            continue
        if not (story.title and story.link and story.note and story.sentence):
            yield f"a story without its evidence: {item}"
        if item.kind != "check_in" and (not story.terms or story.score <= 0):
            yield f"a story without its score: {item.key}, {story.score}, {story.terms}"
        if story.note and story.note.person not in ("", item.person):
            yield f"a story by a note line about somebody else: {item.key}, {story.note}"
        sections = {"contribution": ("angle", "profile"), "tidbit": ("office", "discussed")}
        if story.note and story.note.section not in sections.get(item.kind, (story.note.section,)):
            yield f"a {item.kind} by a line of {story.note.section}"


def reasons(run: Run) -> Iterator[str]:
    """What is held back names its guard, a sentence, and when it ends if that is known."""
    for item in run.moment.plan.held:
        if not held_text(item, "Oracle", run.now.date()).endswith("."):
            yield f"held without a reason: {item}"
        if item.until is not None and item.until <= run.now:
            yield f"held until {item.until}, which is over: {item}"


def one_at_a_time(run: Run) -> Iterator[str]:
    """A person has one suggestion, at whatever company; the day as many as it may."""
    people = [who(item) for item in run.suggestions]
    if len(set(people)) < len(people):
        yield f"two at once: {people}"
    today = run.now.astimezone(HOME).date()
    sent = [c for c in run.moment.before.contacts if c.touchpoint and not c.answer]
    sent = [c for c in sent if c.at <= run.now and c.at.astimezone(HOME).date() == today]
    most = run.moment.workspace.config.settings.digest.at_most
    if run.suggestions and len(run.suggestions) + len(sent) > most:
        yield f"{len(run.suggestions)} after {len(sent)} that were sent today"
    for held in run.moment.plan.held:
        if held.guard is Guard.DAILY_BUDGET and len(run.suggestions) + len(sent) < most:
            yield f"{held.kind} for {held.person} waits although the day takes more"


def month(run: Run) -> Iterator[str]:
    """Nobody gets more than the month's budget."""
    for item in run.of(*CHEERFUL):
        sent = [c for c in run.contacts if who(c) == who(item) and not c.answer]
        sent = [c for c in sent if run.days_since(c.at, item) <= 30]
        if len(sent) >= run.pace.monthly:
            yield f"one more after {len(sent)} in a month: {item.key}"


def quiet_after_a_contact(run: Run) -> Iterator[str]:
    """Days of silence after any contact with the person; a thank-you alone need not wait."""
    for item in run.of(*CHEERFUL, "decision"):
        for contact in run.with_them(item):
            days = run.days_since(contact.at, item)
            if days < run.pace.cool_down_days:
                yield f"{days} days after {contact}: {item.key}"


def no_story_twice(run: Run) -> Iterator[str]:
    """What somebody got or the user dismissed for them never comes again, under no other title."""
    done = [t for t in run.moment.before.touchpoints if t.status in DONE]
    for item in run.suggestions:
        for old in done:
            theirs = who(old.suggestion) == who(item)
            colleagues = old.suggestion.company == item.company and old.status != "dismissed"
            if (theirs or colleagues) and is_same_story(old.suggestion, item):
                title = item.reference.title
                yield f"{item.key} tells {title}, {old.status} as {old.suggestion.key}"
        for old in run.moment.before.touchpoints:
            asleep = old.status == "snoozed" and old.until and old.until > run.now
            kept = asleep and old.suggestion.kind in ("tidbit", "contribution")
            here = old.suggestion.company == item.company
            if kept and here and is_same_story(old.suggestion, item):
                yield f"{item.key} tells what is put off for {old.suggestion.key}"
        for other in run.suggestions:
            if other is item or other.company != item.company:
                continue
            if is_same_story(other, item):
                yield f"one story for two colleagues: {item.key}, {other.key}"


def office_hours(run: Run) -> Iterator[str]:
    """Nothing is due at night, on a weekend or a holiday of theirs (thanks are), or in the past."""
    first, last = run.pace.hours
    for item in run.suggestions:
        due = item.due.astimezone(place_of(item.company, item.person))
        if not time(first) <= due.time() < time(last):
            yield f"due at {due}: {item.key}"
        if item.kind != "thank_you" and run.is_free(due.date(), item):
            yield f"due on a free day, {due}: {item.key}"
        kept = run.moment.touchpoint(item)
        if kept.created == run.now and item.due < run.now:
            yield f"due before it was thought of: {item.key}"


def _weight(kind: str) -> float:
    """Return how long a kind of bad news holds, as the guide says, beside the setting."""
    if kind == "death":
        return 3
    if kind in ("accident", "crime", "layoffs", "closure", "bankruptcy"):
        return 2
    light = "bad results,share fall,criticism,politics,product failure,delay,rumour,warning,outage"
    return 0.5 if kind in light.split(",") else 1


def nothing_cheerful_in_bad_times(run: Run) -> Iterator[str]:
    """Bad news holds all but thanks, which come without a story; what was bad is never sent on."""
    released = {(h.company, h.title) for h in run.moment.before.holds if h.released}
    for held in run.moment.plan.held:
        if held.is_bad_news and (held.company, held.title) in released:
            yield f"held although the user released it: {held.title}"
    for item in run.suggestions:
        match = run.match(item)
        # Others' trouble may be worth reading about; it is no occasion to offer something.
        others = item.kind in ("contribution", "check_in") and match
        bad = match and (match.sensitive or (others and any(e.sensitive for e in match.events)))
        if item.reference.story and bad:
            yield f"bad news as a kind word: {item.key}"
        if item.kind in ("thank_you", "answer", "farewell") and not item.reference.story:
            continue
        for news in run.bad_news(item):
            days = run.days_since(news.story.lead.published, item)
            is_over = (news.company, news.story.lead.title) in released
            kind = news.verdict.kind if news.verdict else ""
            holds = run.pace.sensitive_days * _weight(kind)
            if run.lets_pass(news.company, kind):
                holds /= 2
            if run.is_hearsay(news):  # a question of two days, or a week where lives are at stake
                holds = min(holds, 7 if {"death", "accident"} & run.kinds(news) else 2)
                if run.is_beyond(news, item):
                    continue
            if not is_over and days < holds and not run.is_usual(news, item):
                yield f"{item.key} {days} days after {news.story.lead.title}"


def nothing_after_a_decision(run: Run) -> Iterator[str]:
    """A company that decided gets nothing, and nothing of it is left open."""
    last = {talk.company: talk.status for talk in run.known}
    decided = {slug for slug, status in last.items() if status != "waiting"}
    for item in run.suggestions:
        if (item.company in decided) != (item.kind in AFTER_A_NO):
            yield f"{last[item.company]}: {item.key}"
        if item.kind in AFTER_A_NO and last[item.company] != "rejected":
            yield f"nobody said no: {item.key}"
        if item.kind in ("advice", "reconnect"):
            notes = [
                old
                for old in run.moment.before.touchpoints
                if old.suggestion.kind == "farewell" and old.suggestion.company == item.company
            ]
            if item.kind == "advice" and not any(
                old.status in ("sent", "answered") and run.days_since(old.changed, item) >= 7
                for old in notes
            ):
                yield f"a question before a week after the last note: {item.key}"
            if item.kind == "reconnect" and any(
                run.days_since(old.created, item) < 80 for old in notes
            ):
                yield f"back too early: {item.key}"
    for old in run.moment.after.touchpoints:
        is_over = old.suggestion.company in decided and old.suggestion.kind not in AFTER_A_NO
        if is_over and old.status in ("suggested", "snoozed"):
            yield f"still {old.status} after the decision: {old.suggestion.key}"
    for slug in decided - {h.company for h in run.moment.plan.held if h.guard is Guard.DECIDED}:
        yield f"nothing said of the decision of {slug}"


def gaps_grow(run: Run) -> Iterator[str]:
    """From one sign of life to the next the gap grows, and doubles while nothing is answered."""
    for item in run.of("tidbit", "check_in"):
        if is_woken(run, item):
            continue  # the user named the day
        here = run.here(item)
        sent = sum(not contact.answer for contact in here)
        gap = run.pace.gaps[min(max(sent - 1, 0), len(run.pace.gaps) - 1)]
        if run.unanswered(item) >= run.pace.unanswered_stretch:
            gap *= 2
        since = here[-1].at if here else run.talk(item).interviewed
        days = run.days_since(since, item)
        if days < gap:
            yield f"{item.key} after {days} days instead of {gap}"


def nothing_to_say_is_rarely_said(run: Run) -> Iterator[str]:
    """A check-in that brings nothing waits for weeks, and is sent so often and no more."""
    for item in run.of("check_in"):
        if item.reference.story:
            continue
        here = run.here(item)
        days = run.days_since(here[-1].at if here else run.talk(item).interviewed, item)
        if days < run.pace.plain_check_in_days:
            yield f"{item.key} without news after {days} days"
        sent = [
            old
            for old in run.moment.before.touchpoints
            if old.suggestion.kind == "check_in"
            and old.status in ("sent", "answered")
            and not old.suggestion.reference.story
            and old.suggestion.company == item.company
            and who(old.suggestion) == who(item)
        ]
        if len(sent) >= run.pace.plain_check_ins:
            yield f"{item.key} without news, after {len(sent)} such"


def thanks(run: Run) -> Iterator[str]:
    """Thanks come from two hours to a week after the talk, once, to each, before anything else."""
    for held in run.moment.plan.held:
        if held.kind == "thank_you" and held.guard in (
            Guard.COLLEAGUE,
            Guard.COOL_DOWN,
            Guard.BAD_NEWS,
        ):
            yield f"no thanks to {held.person} of {held.company}: {held.result}"
    for item in run.suggestions:
        talk = run.talk(item)
        ours = [t for t in run.moment.before.touchpoints if t.suggestion.interview == talk.file]
        thanked = [
            t
            for t in ours
            if t.suggestion.kind == "thank_you"
            and t.suggestion.person == item.person
            and t.status in DONE
        ]
        sent = [c for c in run.here(item) if not c.answer]
        end = run.pace.thank_you_until_days
        age = (run.day(run.now, item) - run.day(talk.interviewed, item)).days
        if item.kind != "thank_you":
            is_reply = item.kind in ("answer", *AFTER_A_NO)
            if age < end and not thanked and not sent and not is_reply:
                yield f"before the thanks: {item.key}"
            continue
        if item.interview != talk.file or thanked or sent:
            yield f"thanks for the second time: {item.key}"
        if run.now - talk.interviewed < timedelta(hours=2):
            yield f"thanks at the door: {item.key}"
        is_late = (run.day(item.due, item) - run.day(talk.interviewed, item)).days >= end
        if is_late and not is_woken(run, item):  # the user insisted
            yield f"thanks on the {run.day(item.due, item)}, after {end} days: {item.key}"


def _who_is_asked(run: Run, talk: Interview) -> str:
    """Return who of those met named the day in an answer; else the first of the latest talk."""
    talks = [t for t in run.known if t.company == talk.company and t.interviewed <= run.now]
    met = {person.name for t in talks if t.status == "waiting" for person in t.people}
    first = talk.people[0].name if talk.people else ""
    return talk.named_by if talk.named_by in met else first


def the_question(run: Run) -> Iterator[str]:
    """Asked two working days after the day, again a week later, then no more; never if heard of."""
    for item in run.of("decision"):
        talk = [t for t in run.known if t.company == item.company and t.interviewed <= run.now][-1]
        expected = talk.decision_expected
        if expected is None or item.person != _who_is_asked(run, talk):
            yield f"asked {item.person} about {expected}"
            continue
        today = run.day(run.now, item)
        if run.working_days_between(expected, today, item) < run.pace.decision_after_days:
            yield f"asked too early: {item.key} on {today}"
        heard = [c for c in run.contacts if c.company == item.company and c.answer]
        heard = [c for c in heard if c.at >= talk.interviewed]
        if any(run.day(c.at, item) >= expected for c in heard):
            yield f"asked although they were heard of: {item.key}"
        asked = [
            t
            for t in run.moment.before.touchpoints
            if t.suggestion.kind == "decision"
            and t.suggestion.interview == talk.file
            and t.status in ("sent", "answered", "dismissed")
            and expected.isoformat() in t.suggestion.key
        ]
        if sum(t.status != "dismissed" for t in asked) >= run.pace.decision_at_most:
            yield f"asked once too often: {item.key}"
        for old in asked:
            if run.days_since(old.changed, item) < run.pace.decision_again_days:
                yield f"asked again too soon: {item.key}"


def the_last_word_is_kept(run: Run) -> Iterator[str]:
    """Nothing shortly before the question, and nothing that would be the last before it."""
    for item in run.of("tidbit", "check_in", "contribution"):
        talk = [t for t in run.known if t.company == item.company and t.interviewed <= run.now][-1]
        lead = _who_is_asked(run, talk)
        expected = talk.decision_expected
        if expected is None or item.person != lead or not run.pace.decision_at_most:
            continue
        heard = [c for c in run.contacts if c.company == item.company and c.answer]
        heard = [c for c in heard if c.at >= talk.interviewed]
        if any(run.day(c.at, item) >= expected for c in heard):
            continue
        asked = [
            t
            for t in run.moment.before.touchpoints
            if t.suggestion.key.startswith(f"decision:{talk.file}:{lead}:{expected}")
        ]
        last = [t for t in asked if t.status in DONE]
        if (
            run.unanswered(item) >= run.pace.unanswered_stop - 1
            and len(last) < run.pace.decision_at_most
            and item.kind != "contribution"
        ):
            yield f"{item.key} takes the place of the question"
        if item.kind == "check_in" or not asked:
            soon = run.day(run.now, item) + timedelta(days=run.pace.decision_quiet_days)
            if run.working_days_between(expected, soon, item) >= run.pace.decision_after_days:
                yield f"{item.key} although the question comes by {soon}"


def silence_after_three(run: Run) -> Iterator[str]:
    """So many messages without an answer end the series until there is one."""
    for item in run.of(*CHEERFUL, "decision"):
        if run.unanswered(item) >= run.pace.unanswered_stop:
            yield f"after {run.unanswered(item)} without an answer: {item.key}"


def colleagues_apart(run: Run) -> Iterator[str]:
    """People at one company talk: one message on a day, thanks apart, and a pause after it."""
    for item in run.of(*CHEERFUL, "decision"):
        others = [s for s in run.suggestions if s.company == item.company and s is not item]
        if any(other.kind not in ("thank_you", "answer") for other in others):
            yield f"two to one company: {item.key}"
        began = run.talk(item).interviewed
        for contact in run.contacts:
            days = run.days_since(contact.at, item)
            if (
                contact.company == item.company
                and contact.person not in ("", item.person)
                and not contact.answer
                and contact.at >= began
                and days < run.pace.colleague_days
            ):
                yield f"{days} days after a message to {contact.person}: {item.key}"


def rest_after_a_no(run: Run) -> Iterator[str]:
    """A dismissal quiets its kind for this person, unless only the story was wrong."""
    for item in run.of(*CHEERFUL):
        for old in run.moment.before.touchpoints:
            if (
                old.status == "dismissed"
                and old.because != "wrong-company"
                and old.suggestion.kind == item.kind
                and (old.suggestion.company, old.suggestion.person) == (item.company, item.person)
                and run.days_since(old.changed, item) < run.pace.dismissed_days
            ):
                yield f"{item.key} after a no on {old.changed:%d %B}"


def an_answer_is_thanked_for_once(run: Run) -> Iterator[str]:
    """A line to who answered, within days, for what moves the plan; never after one wrote back."""
    for item in run.of("answer"):
        last = run.replies(item.company)[-1:]
        if not last or not last[0].reply or last[0].reply.said == "no":
            yield f"thanks for nothing: {item.key}"
            continue
        wrote = [c for c in run.moment.before.contacts if c.at > last[0].at and not c.answer]
        if any(who(c) == who(item) and c.company == item.company for c in wrote):
            yield f"thanks although one wrote back: {item.key}"
        if run.days_since(last[0].at, item) >= 5 or last[0].person != item.person:
            yield f"thanks late, or to somebody else: {item.key}"


def a_promise_is_recalled_once(run: Run) -> Iterator[str]:
    """Two working days after its day, and only while nothing was heard."""
    for item in run.of("reminder"):
        made = [c for c in run.replies(item.company) if c.reply and c.reply.by][-1:]
        by = made[0].reply.by if made and made[0].reply else None
        if by is None or run.working_days_between(by, run.day(run.now, item), item) < 2:
            yield f"reminded too early: {item.key}"
            continue
        heard = [c for c in run.contacts if c.company == item.company and c.answer]
        if any(c.at > made[0].at and run.day(c.at, item) > by for c in heard):
            yield f"reminded although they were heard of: {item.key}"
        done = [t for t in run.moment.before.touchpoints if t.suggestion.kind == "reminder"]
        if any(t.suggestion.key == item.key and t.status in DONE for t in done):
            yield f"reminded twice: {item.key}"


def an_invitation_is_waited_for(run: Run) -> Iterator[str]:
    """Until the talk only thanks go there."""
    for item in run.of(*CHEERFUL, "decision", "reminder", "congratulation"):
        last = run.replies(item.company)[-1:]
        if last and last[0].reply and last[0].reply.said == "invitation":
            since = last[0].reply.day or run.day(last[0].at, item)
            if (run.day(run.now, item) - since).days < 28:
                yield f"invited for {since}: {item.key}"


def nothing_before_a_talk(run: Run) -> Iterator[str]:
    """Nobody is written to before they were met; while a talk lies ahead, only to thank."""
    for item in run.suggestions:
        met = [
            talk
            for talk in run.talks(item.company)
            if talk.interviewed <= run.now
            and item.person in ([person.name for person in talk.people] or [""])
        ]
        if not met:
            yield f"not met yet: {item.key}"
        ahead = [talk for talk in run.talks(item.company) if talk.interviewed > run.now]
        if ahead and item.kind not in ("thank_you", "answer"):
            yield f"with a talk ahead on {ahead[0].interviewed}: {item.key}"


def numbers_stay(run: Run) -> Iterator[str]:
    """An id belongs to one message for ever; while it is open its story and person stay."""
    after = run.moment.after.touchpoints
    if len({t.id for t in after}) < len(after):
        yield "an id twice"
    before = {t.id: t for t in run.moment.before.touchpoints}
    for item in after:
        old = before.pop(item.id, None)
        if old is None:
            continue
        one, two = old.suggestion, item.suggestion
        if (one.key, one.kind, one.company, one.person) != (
            two.key, two.kind, two.company, two.person,
        ):  # fmt: skip
            yield f"number {item.id} was {one.key} and is {two.key}"
        if one.kind in ("tidbit", "contribution") and one.reference.story != two.reference.story:
            yield f"number {item.id} told {one.reference.story} and tells {two.reference.story}"
        if old.status == "suggested" == item.status and two.due < one.due:
            yield f"number {item.id} was due {one.due} and is due {two.due}"
    if before:
        yield f"ids are gone: {list(before)}"


def a_reason_to_go(run: Run) -> Iterator[str]:
    """What disappears says why, and says the truth."""
    standing = {item.key for item in run.suggestions}
    found = (match for group in run.moment.matches.values() for match in group)
    shown = {(match.company, match.story.id) for match in found if match.shown}
    for item in run.moment.after.touchpoints:
        if item.status == "suggested" and item.suggestion.key not in standing:
            yield f"open but not in the plan: {item.suggestion.key}"
    for old, new in run.moment.moves:
        because = moved_text(new, "Oracle", run.now.date())
        if not because:
            yield f"{old.suggestion.key} became {new.status} without a word"
        one = old.suggestion
        theirs = {
            held.result
            for held in run.moment.plan.held
            if (held.company, held.person, held.kind) == (one.company, one.person, one.kind)
            or (held.company == one.company and held.guard in (Guard.DECIDED, Guard.BAD_NEWS))
        }
        results = {held.result for held in run.moment.plan.held}
        if new.expiry and new.expiry.result in results - theirs:
            yield f"{one.key} went for what held another: {because}"
        story = old.suggestion.reference
        published = story.published
        fresh = published and run.days_since(published, old.suggestion) < run.pace.news_days
        told = any(
            is_same_story(other.suggestion, old.suggestion)
            for other in run.moment.after.touchpoints
            if other.status != "expired" and other.id != old.id
        )
        if "no longer" in because and fresh and not told and (one.company, story.story) in shown:
            yield f"{old.suggestion.key}, published {published}: {because}"


def what_is_put_off_rests(run: Run) -> Iterator[str]:
    """Until its day it is not suggested; from then on it is, or it goes."""
    asleep = {
        t.suggestion.key: t.until
        for t in run.moment.before.touchpoints
        if t.status == "snoozed" and t.until and t.until > run.now
    }
    for item in run.suggestions:
        if item.key in asleep:
            yield f"{item.key} is suggested, but rests until {asleep[item.key]}"
    for old in run.moment.after.touchpoints:
        if old.status == "snoozed" and old.until and old.until <= run.now:
            yield f"{old.suggestion.key} slept past its day"


def what_is_done_stays_done(run: Run) -> Iterator[str]:
    """The user's word stands: nothing sent or dismissed is suggested again under its number."""
    for item in run.suggestions:
        kept = run.moment.touchpoint(item)
        if kept.status != "suggested":
            yield f"number {kept.id} is {kept.status}, and is suggested: {item.key}"


def fresh_news(run: Run) -> Iterator[str]:
    """A story is days old, not weeks, unless it is of a hobby, or the user put it off."""
    for item in run.suggestions:
        if item.reference.published is None or is_woken(run, item):
            continue
        days = run.days_since(item.reference.published, item)
        note = item.reference.note
        is_hobby = note is not None and note.section == "office"
        most = max(run.pace.news_days, run.pace.hobby_days) if is_hobby else run.pace.news_days
        if item.reference.published > run.now or days > most:
            yield f"{item.key} tells what is {days} days old"


def silence_is_explained(run: Run) -> Iterator[str]:
    """For every company that one waits for: a suggestion, or a word on what holds or comes."""
    plan = run.moment.plan
    said = {item.company for item in (*plan.suggestions, *plan.held, *plan.upcoming)}
    for talk in run.moment.workspace.interviews:
        if talk.company not in said:
            yield f"not a word on {talk.company}"
    for item in plan.upcoming:
        if item.day < run.now.astimezone(HOME).date() - timedelta(days=1):
            yield f"comes up in the past: {item}"


def is_woken(run: Run, item: Suggestion) -> bool:
    """Return whether the user had put this off until a day that has come."""
    old = next((t for t in run.moment.before.touchpoints if t.suggestion.key == item.key), None)
    return old is not None and old.until is not None and old.until <= run.now


def a_rerun_changes_nothing(run: Run) -> Iterator[str]:
    """The plan of the same moment, with what it was just told, is the same to the byte."""
    moment = run.moment
    again = suggest(moment.workspace, moment.matches, moment.after, moment.now, work=moment.work)
    one, two = (_without_gone(plan, moment) for plan in (again, moment.plan))
    if repr(one) != repr(two):
        yield f"another plan at the same moment: {difference(one, two)}"
    if moves := settle(moment.after.touchpoints, again, moment.now):
        yield f"moves at the same moment: {moves}"


def _without_gone(plan: Plan, moment: Moment) -> Plan:
    """Leave out what is held where a suggestion went or woke in this very run.

    Its story and its place in the day are free again, so others wait for other reasons.
    """
    gone = {old.suggestion.company for old, _ in moment.moves}
    of_the_day = {Guard.DAILY_BUDGET, Guard.ONE_AT_A_TIME} if gone else set()
    held = tuple(i for i in plan.held if i.company not in gone and i.guard not in of_the_day)
    waits = (i for i in plan.upcoming if not i.key.startswith("kept:") or i.company not in gone)
    return replace(plan, held=held, upcoming=tuple(waits))


def the_same_gives_the_same(run: Run) -> Iterator[str]:
    """In whatever order the news and notes lie there, the plan is the same to the byte."""
    moment, dice = run.moment, Random(run.now.isoformat())
    if dice.random() > 0.2:
        return  # every fifth run will do
    interviews = moment.workspace.interviews
    shuffled = {f: tuple(dice.sample(g, len(g))) for f, g in reversed(moment.matches.items())}
    workspace = replace(
        moment.workspace, interviews=tuple(dice.sample(interviews, len(interviews)))
    )
    again = suggest(workspace, shuffled, moment.before, moment.now, work=moment.work)
    if set(map(repr, again.suggestions)) != set(map(repr, moment.plan.suggestions)):
        yield f"another order, another plan: {difference(again, moment.plan)}"


def difference(one: Plan, other: Plan) -> str:
    gone = {repr(i) for i in (*one.suggestions, *one.held, *one.upcoming)}
    come = {repr(i) for i in (*other.suggestions, *other.held, *other.upcoming)}
    return "\n".join(sorted(gone ^ come)) or "the order alone"


RULES: tuple[Callable[[Run], Iterator[str]], ...] = (
    nothing_to_say_is_rarely_said,
    evidence,
    reasons,
    one_at_a_time,
    month,
    quiet_after_a_contact,
    no_story_twice,
    office_hours,
    nothing_cheerful_in_bad_times,
    nothing_after_a_decision,
    gaps_grow,
    thanks,
    the_question,
    the_last_word_is_kept,
    silence_after_three,
    colleagues_apart,
    rest_after_a_no,
    an_answer_is_thanked_for_once,
    a_promise_is_recalled_once,
    an_invitation_is_waited_for,
    nothing_before_a_talk,
    numbers_stay,
    a_reason_to_go,
    what_is_put_off_rests,
    what_is_done_stays_done,
    fresh_news,
    silence_is_explained,
    a_rerun_changes_nothing,
    the_same_gives_the_same,
)


def broken(moments: Iterable[Moment]) -> Iterator[str]:
    """Yield every breach of a rule in a season, with the day and what happened."""
    for moment in moments:
        run = Run(moment)
        for rule in RULES:
            for what in rule(run):
                yield f"{moment.now:%a %d %b %H:%M}, {rule.__name__}: {what}"
