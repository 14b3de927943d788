"""What the candidate asks themselves not to mention."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.avoided import apart, is_about, is_request


@pytest.mark.parametrize(
    ("line", "left", "avoided"),
    [
        ("Leeds mug (Bev), Kieran is man utd so dont mention", "Leeds mug (Bev)", "Kieran is man"),
        ("the merger - don't mention it", "", "the merger"),
        ("DON’T bring up the audit at my old firm", "", "the audit at my old firm"),
        (
            "new kiln, don't ask abt the price; likes sailing",
            "new kiln, likes sailing",
            "the price",
        ),
        ("Scheidung, bitte nicht erwähnen", "", "Scheidung"),
        ("bloß nicht nach dem Streik fragen", "", "dem Streik"),
        ("Nur Land. nicht wieder fragen", "", "Nur Land."),
        ("they said 41k, I said 46. Tom frowned. dont bring up again", "", "they said 41k, I said"),
        ("Betriebsrat, nicht mehr ansprechen", "", "Betriebsrat"),
        ("the audit: don't bring it up again", "", "the audit"),
        ("le rachat, ne plus en reparler", "", "le rachat"),
        ("la huelga, no volver a mencionar", "", "la huelga"),
        ("Gehalt: nicht ansprechen!", "", "Gehalt"),
        ("die Fusion nicht ansprechen", "", "die Fusion"),
        ("surtout ne pas parler du rachat", "", "rachat"),
        ("le rachat : sujet tabou", "", "le rachat"),
        ("NOT to mention: Carrow Junction. M. went quiet", "M. went quiet", "Carrow Junction"),
        ("careful: heart unit review, not a word about it please", "", "careful: heart unit"),
        ("NOT the Valborg. She was on the bridge", "She was on the bridge", "Valborg"),
        ("the Hobbs bequest: stay off it, lawyers", "lawyers", "the Hobbs bequest"),
        ("TAYFORD - the outage - lawyers - not a word", "", "TAYFORD - the outage - lawyers"),
        ("neue Gentechnik (NGT): NICHT ansprechen", "", "neue Gentechnik (NGT)"),
        ("Delmas (l'ancien dir.) : sujet interdit, ne JAMAIS le citer", "", "Delmas (l'ancien"),
        ("vela los domingos; no mencionar la huelga", "vela los domingos", "la huelga"),
        ("Angebot an Hansa draußen. Nicht weitersagen, bis unterschrieben!", "", "Angebot an"),
        ("they buy the mill. Don't repeat until it's signed", "", "they buy the mill"),
        ("the chief is on his way out, must not repeat", "", "the chief is on"),
    ],
)
def test_what_is_not_to_be_mentioned_is_told_apart(line: str, left: str, avoided: str) -> None:
    """In four languages; what was jotted beside it stays."""
    said, found = apart(line)
    assert (said, found[: len(avoided)]) == (left, avoided)


@pytest.mark.parametrize(
    "line",
    [
        "customers don't ask for help before it is too late",
        "why patients don't mention pain",
        "avoid downtime at the end of the month",
        "we never discuss prices on the phone",
        "not to mention the cranes",
        "nicht über 80 Grad heizen",
        "warum Patienten nicht fragen",
        "Fahrer, die nicht reden",
        "Kunden wollen nicht sprechen",
        "never ask a nurse to stay late",
        "avoid asking patients twice for the same form",
        "éviter les pannes en hiver",
        "evitar roturas de stock",
        "not the usual office, they have a garden",
        "we keep off the motorway at night",
    ],
)
def test_an_observation_is_no_request(line: str) -> None:
    """Work that avoids something is what was talked about."""
    assert apart(line) == (line, "")


def test_the_subject_of_a_whole_line_is_its_first_clause() -> None:
    """What "offshore they do NOT do, only land" asks is to leave out offshore, and not land."""
    (_, avoided) = apart("Offshore machen sie NICHT, nur Land. Nicht wieder fragen")
    assert is_about("Ein Offshore-Park für Kiel: offshore boomt", [avoided])
    assert not is_about("Das Land baut Windräder", [avoided])


def test_a_subject_in_brackets_is_the_same_by_another_name() -> None:
    """And a year is not said again: "Tayford 2024"."""
    avoided = ["neue Gentechnik (NGT)", "Tayford 2024", "careful: heart unit review"]
    told = ["Brüssel gibt neue Gentechnik frei", "NGT: ja oder nein?", "Tayford trust sues", "2024"]
    told += ["Heart unit: what the review will ask", "Careful at the heart of the unit"]
    assert [is_about(text, avoided) for text in told] == [True, True, True, False, True, False]


def test_a_heading_may_ask_it() -> None:
    """As "Don't mention" does over lines; "Avoided costs" is a subject."""
    asked = ["Don't mention", "## Nicht ansprechen:", "À éviter d'en parler", "Avoided costs"]
    assert [is_request(heading) for heading in asked] == [True, True, True, False]
    short = ["shhh", "Psst!", "Chut", "NO-GOs", "Shipping", "No-go area"]
    assert [is_request(heading) for heading in short] == [True] * 4 + [False] * 2


def test_a_story_is_about_it_with_all_its_words() -> None:
    """But for the name of whom it was said of."""
    avoided = ["Kieran is man utd"]
    said = ["Man Utd held at Leeds", "Man City held at Leeds"]
    assert [is_about(text, avoided, ["Kieran Doyle"]) for text in said] == [True, False]


@given(st.text(max_size=200))
def test_whatever_is_jotted_nothing_is_made_up(line: str) -> None:
    """What is left and what is not to be mentioned are words of the line, or all of it is left."""
    left, avoided = apart(line)
    assert (left in line or left == line) and (avoided or left == line)


@pytest.mark.parametrize(
    ("line", "left", "avoided"),
    [
        ("the Leith yard closes in May, not announced yet", "", "the Leith yard closes"),
        (
            "cheerful. sale of the Leith yard, confidential. two cats",
            "cheerful. two cats",
            "sale of",
        ),
        (
            "a second slipway, new cranes (not public), night shifts",
            "a second slipway, night",
            "new",
        ),
        ('the chairman goes in June. "keep this to yourself"', "", "the chairman goes in June."),
        ("off the record: the chairman goes", "", "off the record: the chairman"),
        ("confidential: the chairman goes", "", "the chairman goes"),
        ("dritte Werft in Emden, NOCH GEHEIM", "", "dritte Werft in Emden"),
        ("dritte Werft in Emden, noch nicht öffentlich", "", "dritte Werft"),
        ("die Werft wird verkauft. Bleibt unter uns!", "", "die Werft wird verkauft."),
        ("vertraulich: die Werft wird verkauft", "", "die Werft wird verkauft"),
        ("la vente du chantier, pas encore annoncée, chut", "", "la vente du chantier"),
        ("confidentiel : la vente du chantier", "", "la vente du chantier"),
        ("la vente du chantier. entre nous", "", "la vente du chantier."),
        ("venden el astillero, aún no es público", "", "venden el astillero"),
        ("venden el astillero (NO ES OFICIAL, me pidió que no lo dijera)", "", "venden el"),
        ("venden el astillero, lo dicen en mayo. CHITÓN", "", "venden el astillero, lo dicen"),
        ("the Leith yard closes, he let it slip", "", "the Leith yard closes"),
        ("the Leith yard closes. that's for your ears", "", "the Leith yard closes"),
        ("two cats. a new pier, not told the staff, keep shtum", "two cats", "a new pier"),
        ("die Werft wird verkauft, ist ihr so rausgerutscht", "", "die Werft wird"),
        ("die Werft wird verkauft. Mund halten!", "", "die Werft wird verkauft"),
        ("dritte Werft in Emden, steht noch nirgends", "", "dritte Werft"),
        ("elle m'a lâché que le chantier ferme", "", "elle m'a lâché"),
        ("le chantier ferme, les gars ne le savent pas encore", "", "le chantier ferme"),
        ("venden el astillero, no lo sabe el comité", "", "venden el"),
        ("venden el astillero, me lo dijo al oído", "", "venden el"),
        ("la fusión con Leith: NO ABRIR LA BOCA", "", "la fusión con Leith"),
    ],
)
def test_what_is_a_secret_of_theirs_is_told_apart(line: str, left: str, avoided: str) -> None:
    """A whole sentence, but for a bracket; one that says no more is about those before it."""
    said, found = apart(line)
    assert (said[: len(left)], bool(said), found[: len(avoided)]) == (left, bool(left), avoided)


@pytest.mark.parametrize(
    "line",
    [
        "the secret recipe of the founder",
        "confidential waste goes in the blue bins",
        "not public transport but a shuttle",
        "il trie le courrier confidentiel des patients",
        "Geheimtipp: die Kantine",
        "keeps bees",
        "she keeps it simple",
        "nobody knows which crane is free",
        "patients are not told the waiting time",
        "they let it slip to May",
        "vom Lieferanten seit März nichts gehört",
        "no lo sabe nadie, está en papel",
        "no cuenta con los turnos",
        "between us and the port there is a wall",
        "las votaciones secretas del comité",
    ],
)
def test_what_only_speaks_of_secrets_is_none(line: str) -> None:
    """A word for it inside a sentence says nothing."""
    assert apart(line) == (line, "")


def test_a_word_for_a_secret_is_a_request_as_a_heading() -> None:
    """As "Don't mention" is."""
    assert all(map(is_request, ("Secreto", "CONFIDENTIAL", "Noch geheim:", "Off the record")))
    assert not is_request("The secret garden")
