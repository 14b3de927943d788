"""What a thank-you could be about instead: `draft ID --about LINE`, and boxes on the page.

Takes kept suggestions and the cases of this moment; gives the lines of the notes, and the message
written anew. What is kept of it is left to `steps/other_topic.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.errors import NotFound
from pipeline.records import Draft, OtherTopic, Template, Touchpoint
from pipeline.text.characters import letters_of
from pipeline.touchpoints import drafts
from pipeline.touchpoints.case import Case, Option
from pipeline.touchpoints.kinds import evidence_for
from pipeline.touchpoints.sources import sentences


def topics_beside(
    open_now: Iterable[Touchpoint], cases: Sequence[Case]
) -> Mapping[int, tuple[OtherTopic, ...]]:
    """Return what each open thank-you could be about instead, by its number.

    Nothing of what stands in an open message to a colleague: two of them may read it.
    """
    there = [*open_now]
    found = ((item, _case_of(item, cases)) for item in there if not _is_in_own_words(item))
    return {
        item.id: drafts.other_topics(
            item.suggestion, item.draft, case, _with_colleagues(item, there)
        )
        for item, case in found
        if case is not None
    }


def _with_colleagues(touchpoint: Touchpoint, there: Iterable[Touchpoint]) -> frozenset[str]:
    """Return the places of the notes that open messages to others at the company are about."""
    company = touchpoint.suggestion.company
    others = (i for i in there if i.id != touchpoint.id and i.suggestion.company == company)
    return frozenset(source.place for item in others for source in item.draft.sources)


def rewritten(
    old: Touchpoint, cases: Sequence[Case], place: str, templates: Sequence[Template]
) -> Draft:
    """Return a message about that line of the notes; raise NotFound where there can be none."""
    if _is_in_own_words(old):
        why = "you have changed its words, so put in the topic yourself"
        raise NotFound(f"The message of number {old.id} stays as it is: {why}.")
    case = _case_of(old, cases)
    option = _option(old, case) if case else None
    draft = drafts.write_about(place, old.suggestion, case, option, templates) if case else None
    if draft is None:
        raise NotFound(
            f"The message of number {old.id} stays as it is: {place} lends no topic. A line on "
            "what you discussed does, with the words in bold that may follow “about”."
        )
    return draft


def _is_in_own_words(touchpoint: Touchpoint) -> bool:
    """Return whether the user changed the message otherwise than by a topic of ours."""
    edited = touchpoint.edited
    if edited is None:
        return False
    ours = "".join(sentence.text for sentence in sentences(edited))
    return letters_of(ours) != letters_of(f"{edited.subject}{edited.body}")


def _case_of(touchpoint: Touchpoint, cases: Sequence[Case]) -> Case | None:
    what = touchpoint.suggestion
    whom = (what.interview, what.person)
    return next((c for c in cases if (c.interview.file, c.person.name) == whom), None)


def _option(touchpoint: Touchpoint, case: Case) -> Option | None:
    story = touchpoint.suggestion.reference.story
    match = next((match for match in case.matches if match.story.id == story), None)
    evidence = evidence_for(match, case.person.name) if match else None
    return Option(match, evidence) if match and evidence else None
