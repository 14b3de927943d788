"""What was jotted and is of no use; and what only looks like it, which is somebody's topic."""

from __future__ import annotations

import pytest

from pipeline.workspace.asides import is_aside, is_occasion


@pytest.mark.parametrize(
    "line",
    [
        "the tea was cold",
        "coffee awful",
        "Teppich schrecklich",
        "le café était infect",
        "pay is band F ~29k, bit low tbh",
        "Gehalt: 52k, bisschen wenig",
        "train home 16:42, cancelled, naturally",
        "Zug +25 min, trotzdem rechtzeitig",
        "science park, bus U2, lunch w/ them was soup",
        "taxi 14 quid, keep receipt",
        "ticket to Joyce in accounts, second-class only",
        "Unterlagen an Fr. Niehues, Gehaltswunsch schriftlich",
    ],
)
def test_a_complaint_and_the_pay_are_of_no_use(line: str) -> None:
    """In the words of who sat there."""
    assert is_aside(line)


@pytest.mark.parametrize(
    "line",
    [
        "the margins are weak",
        "the weak point is calibration",
        "the old line runs cold",
        "water quality is bad",
        "train doors freeze when cold",
        "they paid fair prices to farmers",
        "money for the pilot is ok",
        "pay systems migration, ask Priya",
        "train drivers' shifts, late trains",
        "tickets explode at year end",
        "security: badge readers are old, passport checks take 4 min each",
        "parking sensors in the town, late because of the tender",
    ],
)
def test_what_is_weak_or_paid_at_work_is_a_topic(line: str) -> None:
    """Short words for what is bad are said of machines and figures, too."""
    assert not is_aside(line)


def test_a_call_centre_is_no_call() -> None:
    """Nor is a meeting room a meeting."""
    lines = [
        "call centre in Leeds, Monday peaks",
        "meeting rooms full by 10:00",
        "call, Monday 10:00",
    ]
    assert [is_occasion(line, ["Ana Ruiz"]) for line in lines] == [False, False, True]


@pytest.mark.parametrize(
    "line",
    [
        # pay, and the terms of the job
        "£31k.",
        "41-44k, 30 days",
        "2.850 brutto, 38h",
        "4.200 brutto, mehr gibt der Topf nicht her",
        "2.100 netos en verano, luego ya veremos",
        "1.700 € + dietas de viaje",
        "pension good, 9%",
        "21,40 die Stunde",
        "1.950 net, tickets resto",
        "63k + bonus, company car",
        "1.700 fijo + comisión",
        "Grade 6, 41,300",
        "EG 9b, Stufe 3",
        "Rem : à négocier",
        "wfh two days",
        "Firmenwagen Skoda",
        "voiture de fonction non",
        "teletrabajo los viernes",
        "Schicht 5-13 / 13-21",
        "horario 7 a 15",
        "Probezeit 6 Monate",
        "38k brut, 1 jour de télétravail",
        "Salary 29, hm",
        # the way there
        "bus home took an hour",
        "50 min each way",
        "tren de vuelta a las 19",
        "train retour raté",
        "Arrived 9.20, soaked.",
        # one's own people
        "dad thinks I should take it",
        "my sister could mind the twins",
        "Mama fragt schon dreimal",
        "mein Bruder findet es zu weit",
        "maman est ravie",
        "mon mari dit non",
        "mi cuñado trabaja cerca",
        # wishes, fears, how one did
        "Fear: that it's the old job again",
        "Angst: wieder nur Nachtdienst",
        "peur : le loyer là-bas",
        "miedo: que sea otra vez lo mismo. no sé",
        "Also good: short corridor",
        "blanked on the second case, awful",
        "bei der Frage nach der Lücke hab ich rumgedruckst",
        "j'ai trop parlé du stage",
        "hablé demasiado de Lugo",
        "no pregunté por las guardias",
        "Haven't told Meg yet.",
        "Knie: verschwiegen.",
        # errands
        "war richtig schlecht bei den Zahlen",
        "ring Joe about Saturday",
        "Bescheinigung nachreichen",
        "Ida fragen ob sie den kennt",
        "rappeler le syndic",
        "devolver la chaqueta",
        "50 min insgesamt.",
        "Na toll.",
        "Uf.",
    ],
)
def test_what_is_of_the_job_or_of_oneself_is_of_no_use(line: str) -> None:
    """Pay and terms, the way, own people, fears, how one did, errands; in four languages."""
    assert is_aside(line)


@pytest.mark.parametrize(
    "line",
    [
        "80k letters a year are still typed",
        "30 to 60 days until suppliers are paid",
        "4.200 Ausweise für 2.600 Leute",
        "1,9 remociones por contenedor",
        "Band practice for the brass players on Thursdays",
        "grade 4 pupils read to the infants",
        "mums on the ward sleep badly",
        "his mum was a midwife here",
        "she told me my father's garage would suit them, she laughed",
        "Onboarding takes three weeks and nobody knows why.",
        "trains lose a minute at every curve",
        "shift handover is by shouting",
        "Schichtübergabe ohne Protokoll",
        "good suppliers leave because of the portal",
        "Zu viele Rückläufer im Versand",
        "trop de retours au printemps",
        "too many alarms at night",
        "demasiadas alarmas por la noche",
        "call the frail ones first, before they call",
        "parking for the ambulances is always taken",
        "remote pumping stations, no signal",
        "le trajet des brancards, 400 m",
        "40 nets a season, they mend them",
        "2 net zero plants by 2030",
        "pension administration moves to Leeds",
    ],
)
def test_what_they_do_is_no_aside(line: str) -> None:
    """Figures, people, ways and words of worry in what is theirs."""
    assert not is_aside(line)


def test_a_line_of_several_sentences_is_of_no_use_only_if_each_is() -> None:
    """But for a word or two between them; a label of a fear stands over all of them."""
    assert is_aside("Forgot the folder. nulle.")
    assert not is_aside("I messed up the first case. then we argued about the rota software")
    assert is_aside("Fear: the old boss. he knows their director")
