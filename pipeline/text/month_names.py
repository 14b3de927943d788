"""The names of months in 22 languages, for the dates of feeds and for those that a user writes.

Takes a word in small letters without accents; gives the month's number.
"""

from __future__ import annotations

# First characters of the names; the longest that fits decides. dateutil knows only the English
# ones. 0: the word of another thing that begins like a month.
_BEGINNINGS = {
    beginning: number
    for number, beginnings in enumerate(
        (
            "jan ene gen янв січ sty led tammi oca ιαν sij ian",
            "feb fev фев лют lut uno helmi sub φεβ velj",
            "mar mrt mrz maa mae мар бер brez maalis μαρ ozu",
            "apr avr abr апр кві kwi dub huhti nis απρ trav",
            "may mai mag mei maj маи мая тра kve touko μαι svib",
            "juin jun giu июн чер cze cerven cervn kesa haz ιουν iun lipnj lipanj",
            "juil jul lug июл лип lip cervenec cervence heina tem ιουλ srpnj srpanj iul",
            "aug ago aou авг сер sie srp elo agu αυγ kol",
            "sep set сен вер wrz zari syys eyl σεπ ruj szep",
            "oct okt out ott окт жов paz rij loka eki οκτ",
            "nov ноя лис lis marras kas νοε stud noi",
            "dec dez dic дек гру gru pros joulu ara δεκ des",
        ),
        start=1,
    )
    for beginning in beginnings.split()
} | dict.fromkeys("maand maanan mardi marted martes".split(), 0)


def month_of(word: str) -> int:
    """Return the number of a month by its name; 0 for any other word."""
    ends = range(len(word), 2, -1)
    return next((_BEGINNINGS[x] for end in ends if (x := word[:end]) in _BEGINNINGS), 0)
