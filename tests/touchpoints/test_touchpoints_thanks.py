"""A thank-you has a sentence that only this candidate could write: the topic, and what they did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import (
    Company,
    Config,
    DraftSettings,
    History,
    Interview,
    NoteLine,
    OwnWork,
    PaceSettings,
    Person,
    Section,
    Settings,
    Suggestion,
    Workspace,
)
from pipeline.touchpoints.plan import suggest
from pipeline.touchpoints.spoken import jotted_work, skill_of, topic_of
from tests.touchpoints.world import (
    FILE,
    IMRAN,
    NOW,
    RENATA,
    days,
    interview,
    news,
    plan,
    tidbit,
    touchpoint,
)

TOM = Person("Tom Reyes", "Talent Partner", role="recruiter")


def _line(number: int, section: Section, text: str, person: Person | None = None) -> NoteLine:
    name = person.name if person else ""
    return NoteLine(FILE, number, section, text, name)


OWN = _line(1, "discussed", "the move of the archive: late", RENATA)
HIS = _line(2, "discussed", "the second crane: slow", IMRAN)
FREE = _line(3, "discussed", "the night shift: noise")
MOVED = _line(11, "angle", "moved two archives, one of them at night")
CRANE = _line(12, "angle", "put a crane on the quay of a small port")
PROFILE = NoteLine("data/profile.md", 4, "profile", "Ran a night shift of forty")


def _work(*pairs: tuple[NoteLine, NoteLine, float]) -> OwnWork:
    lines = tuple(dict.fromkeys(did for _, did, _ in pairs))
    fits: dict[str, dict[str, float]] = {}
    for told, did, fit in pairs:
        fits.setdefault(told.place, {})[did.place] = fit
    return OwnWork(lines, fits)


def _thanks(
    work: OwnWork, talk: Interview | None = None, history: History | None = None
) -> dict[str, Suggestion]:
    """Return the thank-yous by name."""
    people = (RENATA, IMRAN)
    lines = (OWN, HIS, FREE, MOVED, CRANE)
    talk = talk or interview(people=people, lines=lines)
    settings = Settings(timezone="UTC", drafts=DraftSettings(), pace=PaceSettings())
    workspace = Workspace("/nowhere", Config(settings, (Company("oracle", "Oracle"),)), (talk,))
    found = suggest(workspace, {}, history or History(), NOW, work={talk.file: work}).suggestions
    return {item.person: item for item in found if item.kind == "thank_you"}


def _places(item: Suggestion) -> set[str]:
    return {source.place for source in item.draft.sources if source.place.startswith("data/")}


def test_each_reads_of_what_they_said_and_of_what_one_did_on_it() -> None:
    """Two people, two deeds; each claim can be traced to its line."""
    found = _thanks(_work((OWN, MOVED, 0.4), (HIS, CRANE, 0.4), (HIS, MOVED, 0.5)))
    assert "I moved two archives, one of them at night" in found[RENATA.name].draft.body
    assert "I put a crane on the quay of a small port" in found[IMRAN.name].draft.body
    assert {OWN.place, MOVED.place} <= _places(found[RENATA.name])
    assert {HIS.place, CRANE.place} <= _places(found[IMRAN.name])


def test_where_nothing_fits_nothing_is_said_of_oneself() -> None:
    """The thank-you has its topic, and no deed."""
    for item in _thanks(OwnWork()).values():
        assert not {MOVED.place, CRANE.place} & _places(item)


def test_a_line_about_nobody_serves_whose_own_line_has_no_work_beside_it() -> None:
    """What fits is worth more than whose it is, but for what is in bold: that was chosen."""
    work = _work((FREE, PROFILE, 0.5))
    assert "night shift" in _thanks(work)[IMRAN.name].draft.body
    bold = replace(OWN, marked=("the move of the archive",))
    people = (RENATA,)
    talk = interview(people=people, lines=(bold, FREE, MOVED))
    body = _thanks(work, talk)[RENATA.name].draft.body
    assert "archive" in body and "night shift" not in body


@pytest.mark.parametrize(
    ("fit", "done", "is_told"),
    [(0.41, PROFILE, False), (0.42, PROFILE, True), (0.25, MOVED, True)],
)
def test_the_profile_needs_a_clearer_fit_than_what_was_noted_for_the_talk(
    fit: float, done: NoteLine, is_told: bool
) -> None:
    """Children who fast for nothing and slots for lorries share an average, and nothing else."""
    told = [_places(item) for item in _thanks(_work((FREE, done, fit))).values()]
    assert any(done.place in places for places in told) == is_told


@pytest.mark.parametrize("first", [RENATA, IMRAN])
def test_of_lines_about_nobody_each_reads_of_what_stands_below_theirs(first: Person) -> None:
    """It was said on the same matter, as far as one can tell."""
    second = IMRAN if first is RENATA else RENATA
    told = (
        _line(1, "discussed", "on time, friendly", first),
        _line(2, "discussed", "the second crane: slow"),
        _line(3, "discussed", "tea", second),
        _line(4, "discussed", "the night shift: noise"),
    )
    talk = interview(people=(RENATA, IMRAN), lines=(*told, CRANE, PROFILE))
    found = _thanks(_work((told[1], CRANE, 0.4), (told[3], PROFILE, 0.4)), talk)
    assert told[1].place in _places(found[first.name])
    assert told[3].place in _places(found[second.name])


@pytest.mark.parametrize(
    ("text", "did", "is_said"),
    [
        ("client intake takes nine days", "cut patient intake to a day", True),
        ("near misses not reported, forms", "put near misses into an app", True),
        ("document search: three systems", "put a search over all papers", True),
        ("early access starts in spring, forum", "put a forum online", False),
    ],
)
def test_what_a_line_begins_with_is_its_topic_where_the_work_names_it(
    text: str, did: str, is_said: bool
) -> None:
    """Here "intake" is in both; "ready by spring" begins with no noun."""
    told, mine = _line(1, "discussed", text, RENATA), _line(11, "angle", did)
    talk = interview(lines=(told, mine))
    found = _thanks(_work((told, mine, 0.5)), talk)[RENATA.name]
    begun = " ".join(text.split()[:2]).strip(":")
    assert (
        f"about {begun}" in found.draft.body or f"about the {begun}" in found.draft.body
    ) == is_said
    assert (f"I {did}" in found.draft.body) == is_said


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("French", "les riverains se plaignent du bruit", "les riverains"),
        ("Spanish", "los prácticos piden turno por teléfono", ""),
        ("Spanish", "las colas sin fin de la puerta", "las colas sin fin de la puerta"),
    ],
)
def test_a_sentence_of_others_is_no_topic(language: str, text: str, topic: str) -> None:
    """Nobody speaks "about the neighbours complain"."""
    found = topic_of(NoteLine(FILE, 1, "discussed", text), language)
    assert (found.text if found else "") == topic


def test_the_notes_own_angle_goes_before_the_profile() -> None:
    """Which the candidate wrote for every talk."""
    work = _work((OWN, MOVED, 0.4), (OWN, PROFILE, 0.5))
    assert MOVED.place in _places(_thanks(work)[RENATA.name])


@pytest.mark.parametrize(
    ("better", "fit", "worse"),
    [
        ("moved an archive to Leeds", 0.4, "put in order what others had left"),  # its very word
        ("put in a new register", 0.4, "register for three old wards"),  # a sentence
        ("put in a new register", 0.41, "put in a new index"),
    ],
)
def test_of_several_deeds_the_best_one_is_told(better: str, fit: float, worse: str) -> None:
    """That is about the very thing; that needs no editing; that fits best."""
    one, other = _line(14, "angle", worse), _line(15, "angle", better)
    talk = interview(lines=(OWN, one, other))
    found = _thanks(_work((OWN, one, 0.4), (OWN, other, fit)), talk)[RENATA.name]
    assert other.place in _places(found) and one.place not in _places(found)


@pytest.mark.parametrize(("fit", "place"), [(0.74, OWN.place), (0.76, FREE.place)])
def test_their_own_line_goes_before_one_that_fits_better(fit: float, place: str) -> None:
    """By less than .65: .5 for their own, .15 for what stands below a line of theirs, or is one."""
    mine = replace(MOVED, text="put boxes on a shelf")
    alone = interview(people=(RENATA,), lines=(FREE, OWN, mine, CRANE))
    found = _thanks(_work((OWN, mine, 0.1), (FREE, CRANE, fit)), alone)[RENATA.name]
    assert place in _places(found)


@pytest.mark.parametrize(
    ("text", "section", "worth"),
    [
        ("moved an archive to Leeds", "angle", 0.4),  # .2 for the word of the topic
        ("put a saw in the shed", "angle", 0.2),  # .2 for the notes' own angle
        ("put a saw in the shed", "profile", 0.0),
        ("three old sheds in Leeds", "angle", -0.1),  # .3 less for what is no sentence
        ("put the move on a board", "angle", 0.4),  # four letters of a word are enough,
        ("put the arc lamp there", "angle", 0.2),  # and three are not
    ],
)
@pytest.mark.parametrize("is_more", [True, False])
def test_what_a_deed_is_worth(text: str, section: Section, worth: float, is_more: bool) -> None:
    """Beside another of the profile that is a sentence and fits by .5."""
    one, other = _line(14, section, text), NoteLine("data/profile.md", 5, "profile", "put a box up")
    topic = replace(OWN, text="the move of the arc archive: late")
    talk = interview(lines=(topic, one))
    fit = 0.5 - worth + (0.01 if is_more else -0.01)
    found = _thanks(_work((topic, other, 0.5), (topic, one, fit)), talk)[RENATA.name]
    assert (one.place in _places(found)) == is_more


@pytest.mark.parametrize(
    "text",
    [
        "moved two archives, confidential",
        "could move the archive",
        "ask about the archive move",
        "moved the salary to two archives?",
        "speaks of archives in two tongues",
    ],
)
def test_what_is_private_or_no_work_is_not_told(text: str) -> None:
    """However well its words fit."""
    mine = _line(13, "angle", text)
    talk = interview(lines=(OWN, mine))
    assert mine.place not in _places(_thanks(_work((OWN, mine, 0.9)), talk)[RENATA.name])


def test_what_is_not_to_be_mentioned_is_not_told() -> None:
    """Nor a line of which a part is not."""
    mine = replace(MOVED, avoided="the archive in Leeds")
    talk = interview(lines=(OWN, mine))
    assert mine.place not in _places(_thanks(_work((OWN, mine, 0.9)), talk)[RENATA.name])


def test_a_recruiter_is_told_of_no_work() -> None:
    """The line about nobody is for those who do it."""
    talk = interview(people=(TOM, RENATA), lines=(FREE, PROFILE))
    found = _thanks(_work((FREE, PROFILE, 0.5)), talk)
    assert PROFILE.place in _places(found[RENATA.name])
    assert PROFILE.place not in _places(found[TOM.name])


def test_a_thank_you_stays_as_it_is_when_a_colleague_has_theirs() -> None:
    """What was sent is used up; what is open keeps its line and its deed."""
    work = _work((OWN, MOVED, 0.4), (FREE, PROFILE, 0.4), (HIS, PROFILE, 0.1))
    before = _thanks(work)
    sent = touchpoint(before[RENATA.name], "sent", changed=NOW - days(0.1))
    kept = replace(touchpoint(before[IMRAN.name]), id=sent.id + 1)
    after = _thanks(work, history=History((sent, kept)))
    assert after[IMRAN.name].draft == before[IMRAN.name].draft


def test_what_was_told_with_thanks_may_be_offered_later_and_says_so() -> None:
    """To the same person, as what they have read of: no sentence comes twice."""
    did = _line(11, "angle", "moved two archives to a new plant")
    talk = interview(ago=1, lines=(OWN, did))
    (thanks,) = _thanks(_work((OWN, did, 0.5)), talk).values()
    assert "I moved two archives to a new plant" in thanks.draft.body
    past = History((touchpoint(thanks, "sent", changed=NOW - days(20)),))
    match = news()
    assert match.skill
    skill = replace(match.skill, note=did)
    match = replace(match, skill=skill, best=skill, for_people=())
    later = replace(talk, interviewed=NOW - days(21))
    settings = Settings(timezone="UTC", drafts=DraftSettings(), pace=PaceSettings())
    workspace = Workspace("/nowhere", Config(settings, (Company("oracle", "Oracle"),)), (later,))
    (item,) = suggest(workspace, {FILE: (match,)}, past, NOW).suggestions
    assert item.kind == "contribution"
    assert "As I wrote, I moved two archives to a new plant" in item.draft.body
    kept = replace(touchpoint(item), id=2)
    past = History((*past.touchpoints, kept))
    (again,) = suggest(workspace, {FILE: (match,)}, past, NOW).suggestions
    assert again.draft == item.draft


def test_a_story_on_what_they_were_thanked_for_names_it_again() -> None:
    """It is what the story is about; without a story no line is read of twice."""
    (thanks,) = _thanks(OwnWork(), interview(ago=1, lines=(OWN,))).values()
    past = (touchpoint(thanks, "sent", changed=NOW - days(20)),)
    talk = interview(ago=21, lines=(OWN,))
    (item,) = plan(talk, touchpoints=past, matches=(tidbit(note=OWN),)).suggestions
    assert (item.kind, "the move of the archive" in item.draft.body) == ("tidbit", True)


@pytest.mark.parametrize(
    ("did", "is_told"),
    [
        ("moved two archives, one of them at night", True),
        ("shelves for two old archives", True),  # as it was jotted
        (f"moved two archives {'and many heavy boxes ' * 3}", True),
        (f"moved two archives of {'correspondingly ' * 12}", False),
    ],
)
def test_a_note_for_linkedin_has_the_deed_where_there_is_room(did: str, is_told: bool) -> None:
    """In three hundred characters, greeting and name included."""
    mine, other = _line(11, "angle", did), replace(RENATA, channel="linkedin", email="")
    talk = interview(lines=(OWN, mine), people=(other,))
    draft = _thanks(_work((OWN, mine, 0.5)), talk)[RENATA.name].draft
    assert (mine.place in {source.place for source in draft.sources}) == is_told
    assert len(draft.body) <= 300


@pytest.mark.parametrize(
    ("language", "told", "did", "said"),
    [
        (
            "German",
            "das neue Lager in Bremen und die Halle",
            "zwei Lager in Betrieb genommen, eines davon bei Nacht",
            "Ich habe zwei Lager in Betrieb genommen, eines davon bei Nacht",
        ),
        (
            "French",
            "le nouveau four de l'atelier, et les pannes",
            "dossier de subvention pour un four électrique",
            " : dossier de subvention pour un four électrique.",
        ),
        (
            "Spanish",
            "las colas de camiones en la puerta norte",
            "app de citas para camiones, colas reducidas a la mitad",
            ": app de citas para camiones, colas reducidas a la mitad.",
        ),
    ],
)
def test_the_deed_stands_behind_the_topic_in_each_language(
    language: str, told: str, did: str, said: str
) -> None:
    """As a sentence where the line is one; else as it was jotted, behind a colon."""
    topic, mine = _line(1, "discussed", told, RENATA), _line(11, "angle", did)
    talk = interview(lines=(topic, mine), language=language)
    body = _thanks(_work((topic, mine, 0.5)), talk)[RENATA.name].draft.body
    paragraph = next(part for part in body.split("\n\n") if said in part)
    assert topic.text.split()[2].strip(",") in paragraph
    assert len(body.split()) < 150


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("led a roll-out, complaints down by a third", ", with complaints down by a third"),
        ("replanned rounds, 14 % fewer miles", ", with 14 % fewer miles"),
        ("opened two shops, the second in week seven", ", the second in week seven"),
        ("rebuilt a list (EPUB), 3,800 titles to print in May", ", 3,800 titles to print in May"),
        (f"ran the {'big ' * 11}pilot, the first {'x ' * 6}x", f", the first {'x ' * 6}x"),
        (f"ran the {'big ' * 11}pilot, the first {'x ' * 7}x", ""),  # 25 words
        ("opened two shops, know the trade", ""),
        ("opened two shops, two people each", ""),  # how many they are is nobody's business
        ("opened two shops; it worked", ""),
    ],
)
def test_what_came_of_it_hangs_on_the_sentence(text: str, said: str) -> None:
    """A figure, or one of several; not whatever else the line goes on to say."""
    whole = skill_of(NoteLine(FILE, 1, "angle", text), is_whole=True)
    assert whole == skill_of(NoteLine(FILE, 1, "angle", text)) + said


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("English", "shop + machines accessible, complaints -70 %", None),
        ("English", "web chat w/ callback in May", "web chat with callback in May"),
        ("English", "talks with my friends", ""),
        ("English", "could help with archives", ""),
        (
            "German",
            "Molkerei: Dampf raus, Wärmepumpe rein",
            "Dampf raus, Wärmepumpe rein (Molkerei)",
        ),
        ("German", "Planungsdaten aufräumen, bevor man wechselt", ""),
        ("French", "réparer les presses du site", ""),
        ("Spanish", "máquinas de billetes que hablan", "máquinas de billetes que hablan"),
    ],
)
def test_a_jotting_on_work_done_is_taken_as_it_stands(
    language: str, text: str, said: str | None
) -> None:
    """With its signs as words; a plan, a wish and a talent are no work done."""
    expected = "shop and machines accessible, complaints down 70 %" if said is None else said
    assert jotted_work(NoteLine(FILE, 1, "angle", text), language) == expected


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("English", "backlist: 4,200 titles as dead PDFs", "the backlist"),
        ("English", "smart meters, the pilot in Hale is late", "smart meters"),
        ("English", "leakage is what they are judged on", "leakage"),
        ("English", "waste at the end of day two, high", "waste at the end of day two"),
        ("English", "kiosks: old and slow", "kiosks"),
        ("English", "desk: old and slow", ""),  # four letters
        ("English", "the contact centre drowns in calls", "the contact centre"),
        ("English", "Mia thinks the scanner app is behind", "the scanner app"),
        ("English", "regulatory: new rules came", ""),  # no noun
        ("English", "salary: not said yet", ""),
        ("English", "parking: full at eight", ""),
        ("English", "late by ten, sorry", ""),
        ("English", "she hates it, really", ""),
        ("English", "backlist (confidential): dead", ""),
        ("German", "Freischaltungen immer noch per Fax", "die Freischaltungen"),
        ("Spanish", "autocobro: los mayores lo odian", "el autocobro"),
        ("French", "pantographes : neuf mois de délai", "les pantographes"),
    ],
)
def test_first_words_name_what_a_line_is_about(language: str, text: str, said: str) -> None:
    """In doubt nothing does: "regulatory" is no noun, and "late by ten" no matter."""
    found = topic_of(NoteLine(FILE, 1, "discussed", text, RENATA.name), language)
    assert (found.text if found else "") == said


def test_what_nobody_said_is_no_topic_where_others_lines_have_somebody() -> None:
    """There it is of the day and the way, but for what is marked, or said to be talked about."""
    hers = _line(1, "discussed", "the returns: 17 days, shops ring", RENATA)
    loose, said = "a painting of the king in the hall", "we talked about the night shift at Linz"
    for text, is_topic in ((loose, False), (said, True)):
        lines = (hers, _line(2, "discussed", text))
        found = _thanks(OwnWork(), interview(people=(RENATA, IMRAN), lines=lines))
        assert "the returns" in found[RENATA.name].draft.body
        assert (text[-12:] in found[IMRAN.name].draft.body) is is_topic
    alone = _thanks(OwnWork(), interview(people=(IMRAN,), lines=lines[1:]))
    assert "the night shift at Linz" in alone[IMRAN.name].draft.body


def test_a_noun_alone_is_no_topic_without_what_one_did_on_it() -> None:
    """As "the biscuits" nobody was thanked for it; beside a deed a reader sees why."""
    returns = _line(1, "discussed", "returns take 17 days, shops ring", RENATA)
    talk = interview(people=(RENATA, IMRAN), lines=(returns,))
    assert "returns" not in _thanks(OwnWork(), talk)[RENATA.name].draft.body


def test_a_reminder_under_the_angle_is_told_as_its_line_of_the_profile() -> None:
    """And no colleague reads of the same work in the other form."""
    his = _line(2, "discussed", "the tills at Marl: 14 weeks", IMRAN)
    hers = _line(1, "discussed", "the wards: no-shows", RENATA)
    noted = _line(11, "angle", "nine wards, no-shows halved")
    told = NoteLine("data/profile.md", 2, "profile", "Halved no-shows on nine wards by letters")
    work = _work((hers, told, 0.3), (hers, noted, 0.35), (his, noted, 0.3))
    found = _thanks(work, interview(people=(RENATA, IMRAN), lines=(hers, his, noted)))
    assert "I halved no-shows on nine wards" in found[RENATA.name].draft.body
    assert "no-shows" not in found[IMRAN.name].draft.body


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Ran the night desk of a port; ships cleared in 40 minutes instead of three hours",
            "I ran the night desk of a port (ships cleared in 40 minutes instead of three hours)",
        ),
        (
            "Introduced timed visits at a tip; open on Monday, average queue from 50 to 20 minutes",
            "I introduced timed visits at a tip (average queue from 50 to 20 minutes)",
        ),
        ("Ran a depot for 40 trams; condition instead of age", "I ran a depot for 40 trams"),
        (
            "Brought late trains of a hilly line with one track from 18 % to 3 % by talks with "
            "all of the signallers",
            "I brought late trains of a hilly line with one track from 18 % to 3 %",
        ),
    ],
)
def test_a_deed_has_its_figure(text: str, said: str) -> None:
    """In brackets behind it; by what it came is left out where the sentence grows too long."""
    assert skill_of(NoteLine("p", 1, "profile", text), is_whole=True) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lost bags 38 -> 9, owners happy", "lost bags from 38 to 9"),
        (
            "ferry gates: late boats 19 -> 4 %, same story",
            "late boats from 19 to 4 % (ferry gates)",
        ),
        (
            "Late boats at a ferry firm, refunds cut from 38 to 9 in a hundred; passed the audit "
            "of the harbour board twice",
            "late boats at a ferry firm, refunds cut from 38 to 9 in a hundred",
        ),
        (
            "Launch of electronic tickets at three ports, 1,900 people trained on the quays",
            "launch of electronic tickets at three ports",
        ),
        ("English and Dutch; teaches sailing at a school", ""),
    ],
)
def test_a_jotted_deed_ends_with_its_figure(text: str, said: str) -> None:
    assert jotted_work(NoteLine("p", 1, "angle", text)) == said


def test_a_piece_of_the_profile_stands_only_beside_its_own_matter() -> None:
    """What fits may be the other half of its line; without a figure it tells of no deed."""
    hers = _line(1, "discussed", "the apprentices in the dairy: two, six wanted", RENATA)
    told = "Workshop planning of a dairy, 40 apprentices"
    bare = "Workshop planning of a dairy, apprentices and all"
    half = (
        "Paper orders abolished in nine months, 120 fitters trained on tablets in two dairies, "
        "a school for apprentices set up"
    )
    for text, is_said in ((told, True), (half, False), (bare, False)):
        work = _work((hers, NoteLine("data/profile.md", 4, "profile", text), 0.8))
        body = _thanks(work, interview(people=(RENATA,), lines=(hers,)))[RENATA.name].draft.body
        assert (text[:20].lower() in body.lower()) is is_said


def test_what_one_cannot_do_is_no_work_of_ones_own() -> None:
    """It stood under "me", and has a word of the talk."""
    start = _line(1, "discussed", "the night start in Linz: hard to fill", RENATA)
    cannot = _line(2, "angle", "Stevie's hearing on the 3rd, can't start before")
    work = _work((start, cannot, 0.9))
    found = _thanks(work, interview(people=(RENATA,), lines=(start, cannot)))
    assert "the night start in Linz" in found[RENATA.name].draft.body
    assert "hearing" not in found[RENATA.name].draft.body


def test_who_is_to_pay_is_a_topic_only_where_nothing_else_is_left() -> None:
    money = _line(1, "discussed", "she worries about the heritage fund", RENATA)
    depot = _line(2, "discussed", "she worries about the new depot at Marsh Lane", RENATA)
    both = _thanks(OwnWork(), interview(people=(RENATA, IMRAN), lines=(money, depot)))
    assert "the new depot at Marsh Lane" in both[RENATA.name].draft.body
    one = _thanks(OwnWork(), interview(people=(RENATA, IMRAN), lines=(money,)))
    assert "the heritage fund" in one[RENATA.name].draft.body


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "your work"), ("de", "bei Ihnen"), ("fr", "chez vous"), ("es", "en Oracle")],
)
def test_without_a_line_that_serves_a_thank_you_is_whole(language: str, said: str) -> None:
    """It speaks of the work there; one moment of the talk may be added."""
    people = tuple(Person(f"Person {name}") for name in ("Alma", "Bert", "Cora"))
    talk = interview(people=people, lines=(), language=LANGUAGES[language])
    found = [item.draft for item in _thanks(OwnWork(), talk).values()]
    assert len(found) == len(people)
    assert any(said in draft.body for draft in found), found
    assert all(draft.body.count("[…") == 1 and draft.more for draft in found)  # that of the name


LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
