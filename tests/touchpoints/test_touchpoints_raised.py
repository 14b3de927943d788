"""What notes say that was talked about is a topic; what only looks like one is none."""

from __future__ import annotations

import pytest

from pipeline.records import NoteLine
from pipeline.touchpoints.spoken import topic_of

RAISED = {
    "English": {
        "quiet at first. then talked abt grafting old pear trees, an hour": "grafting old pear "
        "trees",
        "Told me about his model railway for ages.": "your model railway",
    },
    "German": {
        "hat lang über die Abholung am Sonntag gesprochen, klappt nicht": "die Abholung am Sonntag",
        "hat von der Umstellung auf Mehrweg erzählt": "die Umstellung auf Mehrweg",
        "redet viel über den neuen Umbau, na ja": "der neue Umbau",
    },
    "French": {
        "on a surtout parlé du séchoir à bois : trop petit": "le séchoir à bois",
        "m'a expliqué la tournée des marchés comme si j'étais neuf": "la tournée des marchés",
        "parle de la relève des gardiens, 4 au lieu de 6": "la relève des gardiens",
    },
    "Spanish": {
        "Tema principal: las goteras del archivo. Llueve dentro.": "las goteras del archivo",
        "me habló una hora de la vendimia nocturna, que empieza en agosto": "la vendimia nocturna",
        "Me explicó el turno de los martes porque nadie lo entiende": "el turno de los martes",
    },
}


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [(language, *pair) for language, lines in RAISED.items() for pair in lines.items()],
)
def test_what_notes_say_was_talked_about_is_a_topic(language: str, text: str, topic: str) -> None:
    """With the article that it has in a message."""
    found = topic_of(NoteLine("n.md", 1, "discussed", text, "Ada Quist"), language)
    assert found is not None and found.text == topic


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("German", "Quist am Ende an der Treppe: wünscht mir Glück"),  # whom it is written to
        ("German", "Listen Listen"),
        ("German", "Codetest: Sortieren, halb"),
        ("German", "Dann Kaffee im Flur"),
        ("German", "hat gleich genickt. Stimmt. Uff."),
        ("German", "Nicht gefragt: Wochenenden."),
        ("German", "hat mich „lieber Junge“ genannt"),
        ("German", "Arbeitszeit: 2 Verwarnungen vom Amt"),
        ("German", "hab von unserem neuen Prüfstand erzählt"),
        ("German", "Dienstwagen Golf, 3.900"),
        ("French", "le marché perd des étals, moins 40 en trois ans"),
        ("French", "première faite : 12 tonnes de moins"),
        ("French", "les paysans donnent de moins en moins"),
        ("French", "gâteau pour mamie samedi"),
        ("French", "j'ai raconté le chien de berger"),
        ("French", "le chef n'écoute personne dit-elle en partant"),
        ("Spanish", "el jefe no escucha a nadie"),
        ("Spanish", "cenamos en el puerto, pagó ella"),
        ("Spanish", "los vecinos la silbaron en el pleno"),
        ("Spanish", "desconfía de los nuevos. yo soy nueva"),
        ("Spanish", "camiseta de los Ramones"),
        ("Spanish", "guardia 1 de cada 4"),
        ("Spanish", "un poco serio al final"),
        ("Spanish", "números, números."),
        ("French", "Ada m'a fait visiter le fournil"),
        ("English", "Best laugh of the day."),
        ("English", '"a bid is in somewhere"'),
        ("English", "His line: everybody pays"),
        ("English", "Orrin / packaging"),
        ("English", "shy. can't tell. biscuits were hers"),
        ("English", "tall, calm, drinks like a fish"),
        ("English", "Painting that on a mug, I swear."),
        ("English", "I talked about ferry timetables, too long"),
        ("English", "trial lesson: they let me do assembly instead"),
    ],
)
def test_what_only_looks_like_a_topic_is_none(language: str, text: str) -> None:
    """A topic too few costs a plain sentence, and one of these the message."""
    line = NoteLine("n.md", 1, "discussed", text, "Ada Quist")
    assert topic_of(line, language) is None
