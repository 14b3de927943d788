"""What the candidate did is laid beside what was talked about, where it fits, and nowhere else."""

from __future__ import annotations

import pytest

from pipeline.news.catalogue import subjects
from pipeline.records import Company, Interview, NoteLine, Person, Profile
from pipeline.relevance.own_work import own_work
from tests.touchpoints.world import interview

FILE, PROFILE = "data/notes/oracle.md", "data/profile.md"
COMPANY = Company("oracle", "Oracle", industry=("bakeries",))


def _talk(told: str, did: str) -> Interview:
    lines = (NoteLine(FILE, 1, "discussed", told), NoteLine(FILE, 2, "angle", did))
    people = (Person("Nuria Casabona", "Directora de Tienda"),)
    return interview(lines=lines, people=people)


def _fits(talk: Interview, profile: Profile | None = None) -> list[str]:
    found = own_work(talk, COMPANY, profile or Profile(), subjects()).fits
    return [place for fitting in found.values() for place in fitting]


@pytest.mark.parametrize(
    ("told", "did"),
    [
        ("train tickets for everybody", "railway tickets in an app"),
        ("vendors", "suppliers"),  # cosine .64; that of two words has to be .63
        ("tape-outs slip, the blocks come late", "planned eleven tape-outs"),
        ("Flaschenlinie: Rüsten dauert lange bei der Abfüllung", "Rüstzeiten bei der Abfüllung"),
        ("le nouveau four à induction de l'atelier", "dossier de subvention pour un four"),
        ("etiquetas electrónicas en las tiendas", "120 tiendas con etiquetas"),
    ],
)
def test_work_fits_by_words_and_by_what_they_mean(told: str, did: str) -> None:
    """In four languages; a train is on a railway, and two forms of a word are near."""
    assert _fits(_talk(told, did)) == [f"{FILE}, line 2"]


@pytest.mark.parametrize(
    ("told", "did"),
    [
        ("second generation of the picking arm", "qualified second sources for cells"),
        ("power integrity on the interposer", "second sources for power electronics"),
        ("the new depot at Elm Lane", "trained nurses in small groups"),
        ("bring passport next time", "ran the customer side of two mergers"),
        ("the Austin team doubles", "built a team in Ohio"),  # said of any work
        ("la hora tranquila en catorce tiendas", "120 tiendas con etiquetas"),  # of their posts
        ("2028 is the year", "2028 orders"),
        ("shops", "stores"),  # cosine .58
    ],
)
def test_one_common_word_is_no_fit(told: str, did: str) -> None:
    """Nor any word that is everybody's there: better nothing than something silly."""
    assert _fits(_talk(told, did)) == []


def test_a_word_of_the_industry_says_less() -> None:
    """At a baker's all are bakers."""
    talk = _talk("the new bakery in Doncaster", "cut bakery waste by 14 %")
    elsewhere = Company("oracle", "Oracle", industry=("cranes",))
    less, more = (
        own_work(talk, company, Profile(), subjects()).fits[f"{FILE}, line 1"][f"{FILE}, line 2"]
        for company in (COMPANY, elsewhere)
    )
    assert 0 < less < more


@pytest.mark.parametrize(("industry", "count"), [((), 1), (("batteries",), 0)])
def test_half_a_usual_word_is_no_fit(industry: tuple[str, ...], count: int) -> None:
    """Half a word in common is the least, and "battery" counts .78 in the catalogue."""
    company = Company("oracle", "Oracle", industry=industry)
    found = own_work(_talk("battery cells", "battery packs"), company, Profile(), subjects())
    assert len(found.fits) == count


@pytest.mark.parametrize(("third", "is_less"), [("kiln rack", False), ("battery rack", True)])
def test_what_three_lines_have_is_everybodys(third: str, is_less: bool) -> None:
    """In two lines a word is theirs; in three it counts by half."""

    def fit_of(*told: str) -> float:
        lines = [NoteLine(FILE, at, "discussed", text) for at, text in enumerate(told, 1)]
        lines.append(NoteLine(FILE, 9, "angle", "battery packs of kilns and battery cells"))
        work = own_work(interview(lines=tuple(lines)), COMPANY, Profile(), subjects())
        return work.fits[f"{FILE}, line 1"][f"{FILE}, line 9"]

    alone = fit_of("battery cells of a kiln")
    assert (fit_of("battery cells of a kiln", "a battery", third) < alone) == is_less


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Genehmigungen für die Umspannwerke der Stadt", True),
        ("permits for the substations", False),
    ],
)
def test_a_profile_in_another_language_lends_nothing(text: str, fits: bool) -> None:
    """Its words could not stand in the message."""
    profile = Profile((NoteLine(PROFILE, 3, "profile", text),))
    talk = _talk("das Umspannwerk und die Genehmigung", "spreche mit der Stadt")
    assert (f"{PROFILE}, line 3" in _fits(talk, profile)) == fits
