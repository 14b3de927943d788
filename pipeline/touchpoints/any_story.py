"""A message about any story, to a person of the candidate's choice.

Takes the cases of this moment and how the story fits them; gives the `Suggestion` and what speaks
against it. The guards warn here and hold nothing back: the candidate has decided. What is kept of
it, and how it stays in the plan, is left to others (`steps/any_story.py`, `plan`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.errors import NotFound
from pipeline.records import (
    Draft,
    Evidence,
    Guard,
    GuardResult,
    Kind,
    Match,
    NoteLine,
    Reason,
    Suggestion,
    Workspace,
)
from pipeline.records.record import dataclass
from pipeline.text.comparable import same_text
from pipeline.text.names import key_of
from pipeline.touchpoints.case import Case, Option, PossibleMessage, line_mark
from pipeline.touchpoints.guards import objections
from pipeline.touchpoints.kinds import NOT_OF_THE_WORK, evidence_for
from pipeline.touchpoints.plan import due_when_asked, written
from pipeline.touchpoints.suitability import is_private, is_theirs


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that the user asked for, with the story as it fits the recipient's interview."""

    suggestion: Suggestion
    match: Match


def suggest(workspace: Workspace, cases: Sequence[Case], told: Sequence[Match], name: str) -> Asked:
    """Return the message about a story to a person; `told` is the story for each interview.

    Raises NotFound when the notes name nobody of that name, or several.
    """
    case, match = _chosen(_recipients(cases, name), told)
    kind, evidence = _contribution(case, match) or ("tidbit", _evidence(case, match))
    prefix = f"asked:{case.interview.file}:{case.person.name}"
    sent = sum(
        item.suggestion.key.startswith(f"{prefix}:{match.story.id}")
        and item.status in ("sent", "answered", "dismissed")
        for item in case.touchpoints
    )
    message = PossibleMessage(
        kind=kind,
        key=f"{prefix}:{match.story.id}" + (f":{sent + 1}" if sent else ""),
        case=case,
        due=case.next_open(case.now, kind),
        reason=Reason("asked_for"),
    )
    found = written(workspace, message, Option(match, evidence))
    reference = found.reference
    if match.sensitive or match.is_delicate:
        reference = replace(reference, sentence="")  # bad news is not quoted
    if match.sensitive or match.is_grave:
        found = replace(found, draft=_unwritten(found.draft))
    against = (*objections(case, kind), *_of_somebody_else(match, case))
    due = due_when_asked(case, found, against)
    return Asked(replace(found, due=due, reference=reference, against=against), match)


def _unwritten(draft: Draft) -> Draft:
    """Return a draft without a text: for a death, or bad news of theirs, none of ours fits."""
    greeting, *rest = draft.body.split("\n\n")
    parts = (greeting, "[…]", rest[-1]) if len(rest) > 1 and draft.subject else ("[…]\n",)
    return replace(
        draft,
        subject="[…]" if draft.subject else "",
        body="\n\n".join(parts),
        sources=(),
        more="",
    )


def _of_somebody_else(match: Match, case: Case) -> tuple[GuardResult, ...]:
    """Return that the story was found by a line about another one there, if so."""
    owners = match.found_by_lines_of
    is_own = not owners or key_of(case.person.name) in map(key_of, owners)
    return () if is_own else (GuardResult(Guard.BETTER_FOR, colleague=owners[0]),)


def _recipients(cases: Iterable[Case], name: str) -> list[Case]:
    """Return the cases of one person, at whatever companies, by their name as people write it."""
    there = [case for case in cases if case.person.name]
    wanted = set(same_text(name).split())
    found = [case for case in there if case.person.name == name.strip()]
    found = found or [case for case in there if wanted and key_of(case.person.name) == key_of(name)]
    found = found or [
        case for case in there if wanted and wanted <= set(same_text(case.person.name).split())
    ]
    if not found:
        known = ", ".join(dict.fromkeys(case.person.name for case in there))
        known = f"It can go to {known}." if known else "There is no talk yet that waits for one."
        raise NotFound(
            f"No message can go to {name}: your notes name nobody of that name with whom you "
            f"talked and whose answer you wait for. {known}"
        )
    if len({case.identity for case in found}) > 1:
        who = " or ".join(f"{case.person.name} ({case.company.name})" for case in found)
        raise NotFound(f"Which {name}: {who}? Give the whole name.")
    return found


def _chosen(cases: Sequence[Case], told: Sequence[Match]) -> tuple[Case, Match]:
    """Return where to write to somebody: where the story is about the company, else talked last."""
    by_interview = {match.interview: match for match in told}
    pairs = [(case, by_interview[case.interview.file]) for case in cases]
    return max(pairs, key=lambda pair: (is_theirs(pair[1]), pair[0].interview.interviewed))


def _contribution(case: Case, match: Match) -> tuple[Kind, Evidence] | None:
    """Return the kind and the line of what the candidate can do that meets the company's news."""
    line = match.skill
    if line is None or not is_theirs(match) or case.person.role in NOT_OF_THE_WORK:
        return None
    is_new = line_mark(line.note.text) not in case.used
    return ("contribution", line) if is_new and not is_private(line.note.text) else None


def _evidence(case: Case, match: Match) -> Evidence:
    """Return the line that makes the story something to read for them; or none, with the story.

    The story's own sentence is kept where it has one.
    """
    found = evidence_for(match, case.person.name)
    if found and not is_private(found.note.text):
        return found
    nobody = NoteLine(case.interview.file, 0, "other", case.person.name, case.person.name)
    return Evidence(nobody, match.best.sentence if match.best else "", (), 0.0)
