"""What somebody asks themselves not to mention: "Kieran is man utd so dont mention".

Takes a jotted line, or words; gives the line without that clause, what it is about, and whether a
text is about it. What a line calls a secret of theirs is such a clause, too. In English, German,
French and Spanish. Only a request counts: "customers don't ask for help" is an observation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.text.comparable import plain_text
from pipeline.text.patterns import compiled_later
from pipeline.text.sentences import is_abbreviated

# A clause ends at a mark, a bracket or an arrow, or at a dash between blanks.
_CLAUSE = compiled_later(r"\s*(?:[;,.!?()\[\]—–]+|\s-+>?\s|->|=>|→|⇒)\s*")
_NOT = r"(?:do\s?n[o']?t|do not|dont|never|rather not|better not|best not)"
_SAY = (  # but for "don't ask drivers to wait"
    r"(?:mention|bring up|ask(?!(?: \w+){1,3} to\b)|discuss|talk|joke|"
    r"bring (?:it|that|this) up)(?:ed)?"
)
_SAGEN = (
    r"(?:erwähnen|ansprechen|nachfragen|fragen|reden|sprechen|anfangen|eingehen|anschneiden|"
    r"thematisieren)"
)
_MEHR = r"(?:(?:mehr|wieder|noch ?mal|noch einmal|erneut) )?"
_ASKED = (
    rf"{_NOT}(?: to)? {_SAY}",
    r"avoid (?:mentioning|talking|asking about|(?:the |that |this )?(?:topic|subject))|"
    r"(?:steer|stay|keep) (?:clear of|well away from|away from|off)|not a word|hands off|"
    r"leave (?:it|that|this|them) alone|sh{2,}|psst+|mum'?s the word|no[ -]gos?(?= *$)|"
    r"chut(?= *$)",
    rf"(?:nicht|nie|niemals) {_MEHR}{_SAGEN}|kein wort|thema (?:ver)?meiden|finger weg(?: von)?",
    r"(?:ne |n')?(?:pas|jamais|plus) (?:en |lui en |leur en |l[aes]s? )?"
    r"(?:re)?(?:mentionner|parler|évoquer|aborder|citer|"
    r"demander)|(?:pas|plus) un mot|(?:à )?éviter (?:de parler|d'évoquer|le sujet|d'en parler)",
    r"(?:no|nunca) (?:volver a )?(?:mencionar\w*|hablar|preguntar|sacar(?:lo| el tema)|"
    r"comentar\w*)|"
    r"evitar (?:hablar|mencionar|el tema)|ni (?:una palabra|mencionar\w*)",
)
_POLITE = (
    r"(?:(?:so|but|and|also|please|pls|note:|nb:?|bitte|besser|lieber|bloß|bloss|ja|"
    r"auf keinen fall|aber|also|surtout|mais|donc|mejor|por favor|pero|ojo|!+)[ ,]+)*"
)
_BEGINS = compiled_later(
    rf"^{_POLITE}(?:{'|'.join(_ASKED)})\b"
    r"(?: (?:please|pls|bitte|svp|s'il vous plaît|por favor|about|abt|on|of|for|the topic of|"
    r"the subject of|über|von|nach|auf|zu|de|du|des|sur|"
    r"sobre|por|again|anymore|any more|dessus|más|otra vez|it|that|this|es|das|ça|cela|"
    r"eso|esto|hier|here|ici|aquí)\b)*",
    re.IGNORECASE,
)
# "NOT the Valborg": written large it is a request, in small letters it may be anything.
_SHOUTED = compiled_later(
    r"^(?:NOT (?:the|about|abt|to (?:mention|raise|discuss))|NICHT (?:über|von)|"
    r"(?:SURTOUT )?PAS (?:de|du))\b"
)
# What is a secret of theirs, wherever a sentence says so.
_UNTOLD = compiled_later(
    r"(?<!\w)(?:(?:not|isn't|hasn't been|aren't|won't be) (?:yet |been |to be )?(?:announced|"
    r"made public|"
    r"repeated|shared|public(?! \w)|official)|unannounced|not for (?:outside|sharing|others|"
    r"anybody|"
    r"anyone|the public)|off the record|under (?:nda|embargo|wraps)|under (?:your|my) hat|"
    r"hush[- ]hush|"
    r"keep (?:it|this|that|schtum|mum)(?: (?:to|between|quiet|secret|under|for)\b[\w' ]*)?|"
    r"asked (?:me|us) (?:not to|to keep)|(?:do ?n'?o?t|never) (?:tell|repeat|share|pass it on)|"
    r"must(?:n't| not) (?:tell|repeat|share|pass it on)|not to tell|"
    r"(?:that'?s |this is )?for (?:your|my) ears(?: only)?|"
    r"let (?:it |that )?slip(?! (?:to|by|into)\b)|slipped out|(?:keep|stay) sh?tum|"
    r"nobody(?: else)? is to (?:say|know|hear)\w*|"
    r"not told (?:any(?:one|body)|the (?:team|lads|staff|others|board|rest))|"
    r"(?:you|i) (?:did ?n['o]?t|never) hear(?:d)? (?:it|this|that)|"
    r"rausgerutscht|verplappert|unbestätigt|(?:mund|klappe) halten|"
    r"darf ich (?:gar |ja |eigentlich )?nicht wissen|haben sie nicht gehört|steht noch nirgends|"
    r"(?:nicht|nix) (?:he)?rum ?(?:erzählen|posaunen)|hinter vorgehaltener hand|"
    r"(?:m'|l'|lui )a (?:lâché|échappé)|laissé échapper|(?:n'avez|n'ai|ai|avez) rien entendu|"
    r"à porte (?:fermée|close)|porte fermée|ne le sa(?:it|vent) pas(?: encore| tous)?|"
    r"n'en parle qu'à|pas un mot dehors|"
    r"(?:soltó|dijo|escapó) sin querer|se le escapó|al oído|no (?:abrir|abras) la boca|"
    r"guardar silencio|embargo hasta|no se l[oae]s? han? dicho|"
    r"no lo saben? (?:todavía|aún|el|la|los|las)|"
    r"(?:noch |bisher )?(?:nicht|nix|nichts) (?:öffentlich|offiziell|bekannt|verkündet|angekündigt|"
    r"spruchreif|weiter ?(?:sagen|erzählen|geben))|nichts sagen|"
    r"(?:bleibt|bleiben|nur) unter uns|noch unter verschluss|"
    r"für (?:mich|sich) behalten|darf (?:noch |das )*(?:niemand|keiner) wissen|sperrfrist|"
    r"(?:pas|non|ni) (?:encore )?(?:public|publique|publics|officiel|officielle|annoncée?s?|"
    r"divulguée?s?)|"
    r"(?:reste|rester) entre nous|(?:garder|garde) (?:ça |cela |le )?pour (?:moi|soi|nous|"
    r"toi)|en off|"
    r"sous embargo|bouche cousue|ne (?:rien|pas) (?:dire|répéter|ébruiter|divulguer)|pas à répéter|"
    r"(?:m'a|nous a) demandé de ne|"
    r"(?:aún |todavía )?no (?:es|está|son|se ha) (?:aún |todavía )?(?:públic[oa]s?|oficial|"
    r"anunciad[oa]|"
    r"hecho público)|sin anunciar|extraoficial\w*|punto en boca|(?:que )?no salga de aquí|"
    r"(?:me|nos) pidió que no|no (?:repetir|difundir)(?:lo)?|no decir(?:lo)? (?:nada|"
    r"a nadie))(?!\w)",
    re.IGNORECASE,
)
# Words that say it only where they stand for themselves: a "secret recipe" is none.
_ALONE = (
    r"(?:(?:it's|it is|this is|that's|still|top|strictly|highly|very|all|das ist|ist|noch|"
    r"streng|alles|"
    r"c'est|encore|très|strictement|es|esto es|aún|todavía|muy|de momento|por ahora|ojo|"
    r"achtung|shh+) )*"
    r"(?:confidential|secret|secrets|in confidence|embargo(?:ed)?|between (?:us|you and me|"
    r"ourselves)|"
    r"geheim|geheimnis|vertraulich|unter uns|unter vier augen|ps+t|"
    r"confidentiel(?:le)?s?|confidences?(?= :)|confidencias?|motus|chut|entre nous|"
    r"confidencial(?:es)?|secreto|secretos|chitón|entre nosotros|no contar(?:lo)?|no decir(?:lo)?)"
    r"(?: (?:still|noch|encore|aún|todavía|for now|so far|bitte|please))*"
)
_SECRET_CLAUSE = compiled_later(rf"(?<!\w){_ALONE}(?!\w)", re.IGNORECASE)
_SECRET_LABEL = compiled_later(rf"^{_ALONE}\s*(?:[:：]|\s[-–—])\s+", re.IGNORECASE)
_QUOTES = " \"'“”„«»‘’*_!.?¡¿#:,"
# In German the verb comes last: "nicht nach dem Streik fragen".
_AROUND = compiled_later(
    rf"^{_POLITE}(?:nicht|nie|niemals)(?: (?:über|von|nach|auf|zu))? "
    rf"(?!{_MEHR}{_SAGEN}$)(.+) {_SAGEN}$",
    re.IGNORECASE,
)
# "warum Patienten nicht fragen" is an observation.
_OF_OTHERS = compiled_later(
    r"\b(?:(?:warum|wieso|wie|wer|wenn|weil|dass|ob|wollen|können|dürfen|müssen|sollen|möchten|"
    r"trauen sich) (?:[^\W\d_]+ )?|die )(?:nicht|nie)\b",
    re.IGNORECASE,
)
_ENDS = compiled_later(
    rf"(?:(?:^|[\s:])(?:so|but|also|please|pls)|:)\s+(?:{'|'.join(_ASKED)})"
    r"(?: (?:it|that|this|them|about it))?(?: again)?$"
    rf"|\b(?:(?:bitte|besser|lieber|bloß|bloss|also|aber) )*(?:nicht|nie) {_MEHR}{_SAGEN}$"
    r"|(?:^|\s)(?:tabu|taboo|off[ -]limits|tabou|tabú|(?:a )?(?:sore|touchy) (?:point|subject|"
    r"topic|spot)|sujet (?:tabou|sensible|interdit)|tema (?:tabú|delicado|sensible)|wunder punkt|"
    r"heikles thema)$",
    re.IGNORECASE,
)
_LINK = compiled_later(
    r"\b(?:is|are|was|were|so|a|an|the|ist|sind|war|est|es|son|que|el|la|le|les|der|die|das|"
    r"not|no|and|und|et|y|at|of|in|on|for|about|abt|to|too|bei|von|zu|de|du|des|en|au|aux|"
    r"by|with|their|his|her|my|old|it|them|if|when|unless|fan|team|they|we|do|does|did|only|again|"
    r"sie|wir|nicht|nur|wieder|machen|macht|ils|nous|pas|font|no|hacen|solo)\b",
    re.IGNORECASE,
)
_BRACKETED = compiled_later(r"\((?!\d+\))([^()]+)\)")  # the same by another name
_CAREFUL = compiled_later(
    r"^\W*(?:be )?(?:careful|caution|sensitive|vorsicht|achtung|heikel|attention|prudence|ojo|"
    r"cuidado)\b\W*(?:with\b|about\b|mit\b|bei\b|à\b|con\b)?\W*",
    re.IGNORECASE,
)
_YEAR = compiled_later(r"\b(?:19|20)\d\d\b")  # "Tayford 2024": who tells of it says it otherwise
_SENTENCE_END = compiled_later(r"[.!?]\W*$")
# By when it is none any more: "Nicht weitersagen, bis unterschrieben!"
_TILL = compiled_later(
    r",?\s(?:bis|until|till|before|jusqu\S*|avant|hasta|antes)\s[^.]{1,40}$", re.IGNORECASE
)
_BREAK = compiled_later(
    r"(?<=[.!?…])\s+"
)  # of hasty notes, whose sentences begin with small letters
_MARKS = " ,;:–—-→>(["  # what is left at the end of a clause
_WORD = compiled_later(r"[^\W_]+(?:['&.-][^\W_]+)*")


def apart(line: str) -> tuple[str, str]:
    """Return a line without what is not to be mentioned, and that; "" for either if there is none.

    A sentence that says that something is a secret is one, and where that is all that it says,
    those before it are.
    """
    left: list[str] = []
    hidden: list[str] = []
    for sentence in _sentences(line):
        kept, secret = _without_secret(sentence)
        asked = _TILL.sub("", plain_text(secret))
        if secret and not _words(_SECRET_CLAUSE.sub(" ", _UNTOLD.sub(" ", asked))):
            hidden, left = [*left, *hidden], []
        elif secret:
            hidden.append(secret)
        left += [kept] if kept else []
    if not hidden:
        return _apart_asked(line)
    rest, avoided = _apart_asked(" ".join(left))
    return rest, " ".join(filter(None, (*hidden, avoided)))


def is_secret_only(line: str) -> bool:
    """Return whether all that a sentence says is that what was said before it is a secret."""
    plain = _TILL.sub("", plain_text(line).strip(_QUOTES)).strip(_QUOTES)
    return bool(_SECRET_CLAUSE.fullmatch(plain) or _UNTOLD.fullmatch(plain))


def _sentences(line: str) -> Iterable[str]:
    start = 0
    for end in _BREAK.finditer(line):
        if not is_abbreviated(line, end.start()):
            yield line[start : end.start()]
            start = end.end()
    yield line[start:]


def _without_secret(sentence: str) -> tuple[str, str]:
    """Return a sentence without what it says to be a secret, and that: all of it, or a clause.

    A bracket is about the clause before it.
    """
    if label := _SECRET_LABEL.match(plain_text(sentence)):
        return "", sentence[label.end() :] if len(plain_text(sentence)) == len(
            sentence
        ) else sentence
    for bracket in _BRACKETED.finditer(sentence):
        if _says_secret(bracket[1]):
            begins = max(sentence.rfind(mark, 0, bracket.start()) for mark in ",;:") + 1
            before = sentence[begins : bracket.start()]
            kept = f"{sentence[:begins].strip(_MARKS)}{sentence[bracket.end() :]}"
            return (kept if _words(kept) else ""), (
                before if _words(before) else bracket[1]
            ).strip()
    return ("", sentence.strip(_MARKS)) if _says_secret(sentence) else (sentence, "")


def _says_secret(text: str) -> bool:
    plain = plain_text(text)
    clauses = (clause.strip(_QUOTES) for clause, _ in _clauses(plain))
    return bool(_UNTOLD.search(plain)) or any(map(_SECRET_CLAUSE.fullmatch, clauses))


def _apart_asked(line: str) -> tuple[str, str]:
    """Return a line without what one asks oneself not to mention, and that.

    What is asked in a clause of its own ("man utd fan - don't mention it") is about the one before,
    in a sentence of its own about all of them: "41k, I said 46. Dave frowned. Don't ask again".
    """
    left: list[str] = []
    avoided = ""
    at = 0
    for clause, end in _clauses(line):
        kept = line[at : at + len(clause) + end]
        begins = bool(left) and bool(_SENTENCE_END.search(left[-1]))
        at += len(clause) + end
        rest = _asked(clause)
        if rest is None:
            left.append(kept)
        elif _words(rest):
            avoided = f"{avoided} {rest}".strip()
        elif begins:
            avoided, left = "".join(left).strip(_MARKS), []
        elif left:
            told = left.pop()
            while left and left[-1].rstrip().endswith("-"):  # "Tayford - the outage - not a word"
                told = left.pop() + told
            if left and ")" in told and left[-1].rstrip().endswith("("):  # "gene work (NGT): not"
                told = left.pop() + told
            avoided = f"{avoided} {told}".strip(_MARKS)
    if not avoided:
        return line, ""
    return _CLAUSE.sub(lambda found: found[0], "".join(left)).strip(_MARKS), avoided


def is_request(text: str) -> bool:
    """Return whether all that a text says is that something is not to be mentioned: a heading."""
    rest = "" if is_secret_only(text) else _asked(text.strip(" :#*!?."))
    return rest is not None and not _words(rest)


def is_about(text: str, avoided: Iterable[str], names: Iterable[str] = ()) -> bool:
    """Return whether a text has all the words of one of these subjects, but for people's names."""
    avoided = [_CAREFUL.sub("", one) for one in avoided]
    said = frozenset(word.casefold() for word in _WORD.findall(plain_text(text)))
    known = frozenset(word.casefold() for name in names for word in _WORD.findall(name))
    subjects = (
        _words(_YEAR.sub("", part)) - known
        for one in avoided
        for part in (_CLAUSE.split(one, maxsplit=1)[0], *_BRACKETED.findall(one)[:1])
    )
    return any(words and words <= said for words in subjects)


def _clauses(line: str) -> Iterable[tuple[str, int]]:
    """Yield each clause, and the length of what ends it."""
    at = 0
    for end in _CLAUSE.finditer(line):
        yield line[at : end.start()], end.end() - end.start()
        at = end.end()
    yield line[at:], 0


def _asked(clause: str) -> str | None:
    """Return what a clause asks not to mention, "" for what was said before; None: it asks not."""
    plain = plain_text(clause).strip()
    if found := _AROUND.match(plain):
        return found[1]
    if found := _BEGINS.match(plain) or _SHOUTED.match(plain):
        return plain[found.end() :].strip(_MARKS)
    if (found := _ENDS.search(plain)) and not _OF_OTHERS.search(plain):
        return plain[: found.start()].strip(_MARKS)
    return None


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(_LINK.sub(" ", plain_text(text))))
