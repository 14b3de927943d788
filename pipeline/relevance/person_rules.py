"""What became of a person, by the one sentence that names them: who acts, and on whom.

Takes a sentence without accents in which the person is `PERSON`, and the company `COMPANY`; gives
what became of them, and the words that decided. Rules for English, German, French and Spanish, in
the order of their gravity: whoever died is not congratulated on the prize that honours them. A rule
says on which side of its verb the person is, for "names Renata" and "Renata names" are two
different things. What no rule covers is unclear, and an unclear sentence changes no message.

Every rule is there because of a headline in `tests/relevance/test_relevance_people.py`.
"""

from __future__ import annotations

import re

from pipeline.records import PersonPart
from pipeline.text.person_patterns import COMPANY, PERSON

Told = tuple[PersonPart, tuple[str, ...]]
Rules = tuple[re.Pattern[str], ...]

# Of two sentences the graver one counts; a cheerful one comes before one that says nothing.
ORDER: tuple[PersonPart, ...] = (
    "dies",
    "accused",
    "leaves",
    "doubtful",
    "promotion",
    "prize",
    "talk",
    "article",
    "named",
    "unclear",
)

# Between a person and their verb: "'s", (Halden), of Halden, ", vice president of Halden,".
_BESIDE = (
    rf"(?: \([^()]*\)| -)?(?:,? (?:of|from|at|von|bei|vom|de|du|des|chez|en) (?:the )?{COMPANY})?"
    rf"(?:,[^,;:.!?]{{1,70}},)?"
)
_HELPERS = (
    r"(?:(?:is|was|has|have|had|been|be|to|will|also|just|now|soon|reportedly|may|could|set|wird|"
    r"wurde|ist|hat|habe|soll|werde|nun|jetzt|auch|a|est|ete|va|etre|sera|es|fue|ha|sido|se|"
    r"tambien)"
    r" ){0,4}"
)
_CLAUSE = re.compile(r"[^,.;:!?]*")
_NOT_AFTER = re.compile(r"\b(?:nicht|pas|nunca)\b")
_NOT = re.compile(
    r"\b(?:not|never|nicht|kein\w*|nie|ne|pas|jamais|no|nunca|denies|denied|rules out|bestreitet|"
    r"dementiert|dementi\w*|niega|desmiente|\w+n't)\b|\bn'"
)
# With one of these words in the title or first sentence nobody is congratulated.
_SOUR = re.compile(
    r"\b(?:layoffs?|job cuts?|cuts? (?:\d+|jobs)|lawsuits?|suits?|sue[sd]?|courts?|"
    r"appeals? (?:against|over|to|court|ruling)|on trial|(?:goes|sent) to trial|trial over|"
    r"probe|investigat\w+|fraud\w*|scandal\w*|dismiss\w*|fired|sacked|ousted|ouster|resign\w*|"
    r"deaths?|dead|dies|died|killed|fatal|crash\w*|accidents?|injur\w*|hospitali\w*|strikes?|"
    r"(?:in|to) hospital|"
    r"bankrupt\w*|insolv\w*|controvers\w*|critici\w+|backlash|protests?|boycott\w*|worst|razzie|"
    r"police|arrest\w*|custody|accus\w*|alleg\w*|amid|despite|"
    r"entlass\w*|stellenabbau|kundig\w*|klage\w*|prozess\w*|gericht\w*|berufung (?:gegen|vor)|"
    r"ermittl\w*|betrug\w*|skandal\w*|ruckt\w* ab|rucktritt\w*|rauswurf|tod\w*|tot|gestorben|"
    r"unfall\w*|verletz\w*|insolvenz\w*|streik\w*|kritik\w*|protest\w*|trotz|negativpreis|"
    r"schmahpreis|big ?brother\W?awards?|polizei|haft|vorwurf\w*|razzia|"
    r"licenci\w*|suppressions?|proces|tribunal\w*|plainte\w*|enquete\w*|fraude\w*|scandale\w*|"
    r"demission\w*|limog\w*|eviction|mort|morte|deces|deuil|hommage|blesse\w*|faillite|greve\w*|"
    r"polemique\w*|critique\w*|malgre|affaire|"
    r"despid\w*|juicio\w*|tribunales|demanda\w*|recurso|escandalo\w*|dimision\w*|cese|"
    r"destituci\w*|muerte\w*|muere|fallec\w*|accidente\w*|herid[oa]s?|quiebra|huelga\w*|"
    r"polemic\w*|criticas?|policia|condena\w*|pese)\b",
    re.IGNORECASE,
)
_RUMOUR = (
    r"reportedly|rumou?r\w*|tipped|linked|gerucht\w*|gehandelt|angeblich\w*|rumeurs?|pressentie?|"
    r"supuest\w*|suena"
)
# A post that is uncertain, temporary or over; a prize that is handed back.
_PERHAPS = re.compile(
    rf"\b(?:{_RUMOUR}|acting|interim|former|(?-i:may)|might|could|declines?|"
    r"refuses?|rejects?|turns down|hands back|kommissarisch\w*|lehnt|soll|konnte|ehemalig\w*|"
    r"fruher\w*|interimaire|refuse|decline|pourrait|ancienn?e?|interin\w*|rechaza|podria|"
    r"antigu[oa])\b",
    re.IGNORECASE,
)
_RUMOURED = re.compile(rf"\b(?:{_RUMOUR})\b", re.IGNORECASE)

# ------------------------------------------------------------ every number, and where it is from
BESIDE_IT = 20  # letters round an association in which the company's name makes it the company's


_POST = (
    r"(?:c[a-z]{1,2}o|chief|officer|president\w*|vice|[es]?vp|head|director\w*|directrice|"
    r"directeur|manager\w*|managing|chair\w*|partner|lead|leader|leiter\w*|leitung|\w*chefin|"
    r"\w*chef|\w*vorstand\w*|\w*vorstandin|vorsitz\w*|geschaftsfuhr\w*|aufsichtsrat\w*|"
    r"bereichsleit\w*|vice-president\w*|responsable|jef[ea]|vicepresident\w*|consejer[oa]|board|"
    r"consejo|conseil|comite|dg|pdg|secretary|treasurer|principal|general counsel|unit)"
)
_PRIZE = (
    r"(?:awards?|prizes?|medals?|honou?rs|(?:of|for) the year|fellowship|hall of fame|"
    r"\d+ under \d+|trophy|distinction|doctorate|"
    r"ehrung|\w*preis(?:es|trager\w*)?|\w*auszeichnung\w*|\w*medaille|\w*verdienstkreuz\w*|"
    r"ehrendoktor\w*|"
    r"des jahres|prix|trophees?|legion d'honneur|de l'annee|laureate?|premios?|medalla|galardon|"
    r"distincion|del ano|honoris causa)"
)
_EVENT = (
    r"(?:conference|summit|keynotes?|forum|panel|congress|symposium|podcast|webinar|meetup|talk|"
    r"lecture|festival|expo|fair|masterclass|jury|"
    r"\w*konferenz|\w*kongress\w*|\w*gipfel|\w*forum|\w*tagung|\w*messe|\w*podium\w*|\w*vortrag|"
    r"\w*rede|\w*symposium|sommet|colloque|congres|salon|table ronde|cumbre|foro|congreso|"
    r"jornadas?|"
    r"ponencia|charla|mesa redonda|simposio|feria|conferencia)"
)


def _after(verbs: str) -> re.Pattern[str]:
    """Find a person who does what the verb says, or to whom a participle says it was done."""
    return re.compile(rf"{PERSON}(?!'){_BESIDE},? {_HELPERS}(?P<verb>{verbs})", re.IGNORECASE)


def _final(verbs: str, between: int = 80) -> re.Pattern[str]:
    """Find the same where the verb may come last: "§ wurde zum Vorstand ernannt"."""
    return re.compile(
        rf"{PERSON}(?!'){_BESIDE}[^,;:.!?{PERSON}]{{0,{between}}}? (?P<verb>{verbs})", re.IGNORECASE
    )


def _before(verbs: str) -> re.Pattern[str]:
    """Find a person to whom somebody else does what the verb says, or whose noun it is."""
    return re.compile(
        rf"(?P<actor>(?:^|[.;:!?] )[^.;:!?]*?)?\b(?P<verb>{verbs})"
        rf"(?:(?: [^\s.;:!?{PERSON}]+){{0,6}}? |(?<=')){PERSON}(?!')",
        re.IGNORECASE,
    )


_DIES = (
    _after(
        r"(?:dies|died|dead|killed|passes away|passed away|stirbt|verstirbt|verstorben|gestorben|"
        r"tot|verungluckt|verletzt|injured|hurt|hospitali[sz]ed|seriously ill|blessee?|"
        r"hospitalisee?|"
        r"herid[oa]|hospitalizad[oa]|decede\w*|meurt|mort\b|morte|s'est eteinte?|nous a quittes|"
        r"fallec\w+|"
        r"muere|murio|muert[oa])\b"
    ),
    _before(
        r"(?:deaths? of|dies at|obituary|remembering|in memoriam|mourns?|mourning|funeral of|"
        r"tod von|"
        r"tod des|tod der|trauert um|trauern um|nachruf auf|gedenkt|(?:mort|deces|"
        r"disparition) (?:de|d')|"
        r"deuil|pleure|fallec\w+|muere|murio|muerte de|llora a|de luto por|obituario)"
    ),
    re.compile(rf"{PERSON}'s? (?P<verb>death|obituary|funeral|tod)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<verb>late|verstorbenen?|defunte|difunt[oa]|feu) {PERSON}", re.IGNORECASE),
    re.compile(
        rf"(?P<verb>{PERSON}'s? (?:father|mother|husband|wife|son|daughter|brother|sister) (?:dies|"
        rf"died))",
        re.IGNORECASE,
    ),
)
# Wherever they are in a sentence about somebody, they speak of the dead.
_POSTHUMOUS = re.compile(r"\b(?P<verb>posthum\w*|a titulo postumo|postum\w*)\b", re.IGNORECASE)
_ACCUSED = (
    re.compile(
        rf"\b(?P<verb>stellt|beruft) [^.;:!?]{{0,40}}{PERSON}[^.;:!?]{{0,40}} (?:frei|ab)\b",
        re.IGNORECASE,
    ),
    _after(
        r"(?:accused|charged|arrested|indicted|sued|investigated|suspended|fired|sacked|ousted|"
        r"dismissed|removed|detained|convicted|sentenced|fined|jailed|under (?:investigation|fire)|"
        r"named in (?:an? |the )?(?:\w+ ){0,2}(?:lawsuit|suit|complaint|probe|investigation|case)|"
        r"named as (?:an? |the )?(?:\w+ )?(?:suspect|defendant)|"
        r"faces (?:\w+ ){0,3}(?:charges?|lawsuit|suit|probe|trial|allegations|investigation|"
        r"claims)|"
        r"(?:placed )?on (?:sick |gardening )?leave\b|sent home|"
        r"accusee?s? (?:de|d'|par)|mise? en examen|mise? en cause|poursuivie?|licenciee?|limogee?|"
        r"revoquee?|condamnee?|arretee?|visee? par|soupconnee?|suspendue?|"
        r"sues|suing|verklagt|poursuit|demanda a|in custody|en garde a vue|en prision|"
        r"(?:acusad|imputad|detenid|demandad|despedid|destituid|cesad|investigad|procesad|"
        r"condenad|suspendid)[oa]s?)\b"
    ),
    _final(
        r"(?:angeklagt|beschuldigt|verhaftet|festgenommen|verklagt|verurteilt|entlassen|gefeuert|"
        r"abberufen|freigestellt|suspendiert|in (?:u-|untersuchungs)?haft|unter verdacht|"
        r"vor gericht)\b"
    ),
    _before(
        r"(?:accuses?|charges|arrests?|sues?|suing|fires|sacks|ousts|dismisses|suspends|"
        r"investigates?|removes|(?:allegations|charges|lawsuit|suit|case|complaint|claims?|"
        r"vorwurfe|ermittelt|ermittlungen|klage|anklage|plainte|accusations|enquete|"
        r"acusaciones|denuncia|querella) (?:against|gegen|contre|contra|sur|visant)|verklagt|"
        r"entlasst|feuert|limoge|licencie|accuse|cesa a|investiga a|despide a|destituye a|acusa a|"
        r"demanda a)"
    ),
)
_LEAVES = (
    re.compile(rf"\b(?P<verb>wirbt) [^.;:!?]{{0,40}}{PERSON}[^.;:!?]{{0,40}} ab\b", re.IGNORECASE),
    _after(
        r"(?:leaves?(?! (?:no|little|a |an |its|her|his|them|us|nothing|behind|room|the (?:door|"
        r"stage|audience|crowd)|(?:audience|crowd|fans|critics|mark))\b)|leaving|left (?:the )?"
        rf"{COMPANY}|quits?(?! smoking)|resign(?:s|ed|ing)?|step(?:s|ped|ping)? (?:down|aside|"
        rf"back)|"
        r"retir(?:es?|ed|ing)|depart(?:s|ed|ing)?|exits?|bows out|bids farewell|out (?:as|at|of)\b|"
        r"(?:moves|heads|jumps|defects) to|hands? over|makes? way|stands? down|replaced|"
        r"to be (?:succeeded|replaced)|succeeded by|"
        r"verlasst|kundigt(?! .* an\b)|wirft hin|steigt .{0,30}aus|heuert|verabschiedet sich|"
        r"tritt (?:\w+ ){0,5}zuruck|zuruckgetreten|scheidet|geht (?:\w+ ){0,3}(?:in (?:den )?"
        r"(?:ruhestand|rente)|zu|von bord)|hort (?:\w+ ){0,4}auf|legt .{0,40}nieder|"
        r"gibt .{0,40}\b(?:ab|auf)\b|nimmt .{0,12}hut|"
        r"quitt(?:e|era|er|ait)|demissionn\w*|part (?:a la retraite|en retraite|chez|pour)|"
        r"prend\w* sa retraite|s'en va|sur le depart|tire sa reverence|passe chez|remplacee?|"
        r"deja(?:ra)?\b(?! (?:claro|huella|sin|abiert))|abandona|dimite|dimitido|"
        r"renuncia(?! al (?:premio|galardon))|"
        r"marcha\b|va a\b|planta a|jubila|retira|despide|sustituid[oa]|relevad[oa])"
    ),
    _final(r"(?:abgelost|ersetzt)\b"),
    _before(
        r"(?:(?:departure|exit|resignation|retirement) of|farewell to|goodbye to|loses|"
        r"parts (?:ways|company) with|poach\w+|lures|replac(?:es?|ing)|succeed(?:s|ing)?|"
        r"successor (?:to|of)|"
        r"replacement for|takes over from|"
        r"(?:abgang|rucktritt|abschied|wechsel|nachfolger?(?:in)?) (?:von|fur)|trennt sich von|"
        r"verliert|folgt auf|ersetzt|"
        r"(?:depart|demission) (?:de|d')|se separe (?:de|d')|perd|remplac\w+|debauche|succede a|"
        r"successeure? (?:de|d')|remplacante? de|"
        r"(?:salida|marcha|dimision|renuncia|cese) de|prescinde de|pierde a|dimite|renuncia|"
        r"abandona|se (?:va|marcha)|sustituye a|reemplaza a|"
        r"sucede a|releva a|sustitut[oa] de)"
    ),
    re.compile(
        rf"{PERSON}'s? (?P<verb>departure|exit|resignation|retirement|successor|replacement|"
        r"abgang|abschied|nachfolger(?:in)?|rucktritt)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<verb>former|ex|ehemalig\w*|fruhere\w*|ancienn?e?|antigu[oa])[ -][^.;:!?]{0,40}?"
        rf"{COMPANY}[^.;:!?]{{0,50}}{PERSON}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{PERSON},? (?:l'|la |le |el |the )?(?P<verb>former(?:ly)?|previously|until now|ex|"
        rf"ehemalig\w*|bisher\w*|bislang|"
        rf"ancienn?e?|jusqu'ici|antigu[oa]|hasta ahora)[ -][^.;:!?,]{{0,40}}?"
        rf"{COMPANY}",
        re.IGNORECASE,
    ),
)
# Joining is a post at the company, a talk, or a leaving, by what is joined.
_JOINS = re.compile(
    rf"{PERSON}(?!'){_BESIDE},? {_HELPERS}(?P<verb>joins?|joined|rejoint|rejoindre|ficha por|"
    r"se incorpora a|incorpora a|une a|wechselt|moves) (?P<what>[^.;:!?]*)",
    re.IGNORECASE,
)
_INTO_BOARD = re.compile(
    r"(?:in (?:den|die|das) )?(?:\w*vorstand\w*|geschaftsfuhrung|aufsichtsrat\w*|geschaftsleitung)"
    r"(?! (?:von|bei|der|des) [^¤])",
    re.IGNORECASE,
)

# A post of honour beside one's own: nobody leaves for the council of the brokers' institute.
_ASSOCIATION = re.compile(
    r"\b(?:associations?|society|guild|chambers? of|(?:con)?federation|trade body|alliance|"
    r"council|institute of (?:[\w&-]+ ){0,4}[\w-]+s\b|academy|works council|forum|task ?force|"
    r"\w*verband\w*|\w*verein\w*|\w*kammer\w*|\w*innung\w*|\w*zunft|\w*bund\b|\w*beirat\w*|"
    r"(?:con)?federation|syndicat|chambre de|ordre des|association|conseil des|"
    r"asociacion|camara de|colegio de|gremio|(?:con)?federacion|patronal)\b",
    re.IGNORECASE,
)
_OF_HONOUR = re.compile(
    r"\b(?:president\w*|vice[ -]?president\w*|chair\w*|vorsitz\w*|prasident\w*|obermeister\w*|"
    r"treasurer|secretary|fellow|board|council|vorstand\w*|member|mitglied|tesorer[oa])\b",
    re.IGNORECASE,
)

_APPOINTED = (
    _after(
        rf"(?:(?:named|appointed|elected|chosen|picked|tapped|"
        rf"confirmed)\b(?![^.;:!?]{{0,70}}\b(?:of the year|fellow)\b)"
        rf"(?=[^.;:!?]{{0,70}}\b{_POST}\b)"
        r"(?! (?-i:[A-Z]\w+ [A-Z]\w+) (?:as|to)\b)|promoted|elevated|"
        rf"(?:becomes|became)\b(?=[^.;:!?]{{0,50}}\b{_POST}\b)|takes? (?:over as|the helm|charge)|"
        r"steps up|rises to|succeeds|to (?:lead|head|chair)\b|"
        rf"(?:the |die |der |la |le )?(?:new|first|next|neue[rn]?|erste[rn]?|nouve\w+|premiere?|"
        rf"primera?) {_POST}|{COMPANY}'s (?:new|first|next) {_POST}|"
        r"a la (?:tete|direction) de|an (?:der|die) spitze|al frente de|"
        r"ruckt (?:in|auf)|steigt (?:zu[rm]?|in)\b|ubernimmt\b(?! (?:die )?(?:verantwortung|kosten|"
        r"haftung))|"
        rf"wird (?:neue[rnm]? )?{_POST}|neue[rn]? {_POST}|"
        rf"(?:nommee?|elue?|designee?)\b(?=[^.;:!?]{{0,60}}\b{_POST}\b)|promue?|"
        rf"devient\b(?=[^.;:!?]{{0,50}}\b{_POST}\b)|prend (?:la tete|la direction|les renes)|"
        rf"succede a|"
        rf"(?:nombrad[oa]|elegid[oa]|designad[oa])\b(?=[^.;:!?]{{0,60}}\b{_POST}\b)|ascendid[oa]|"
        rf"promovid[oa]|asume\b|nuev[oa] {_POST}|toma las riendas|sucede a)"
    ),
    _final(r"(?:ernannt|befordert|berufen|bestellt|gewahlt)\b"),
    _before(
        r"(?:appoints|promotes|elects|elevates|taps|picks|hires|welcomes|"
        r"ernennt|befordert|beruft|bestellt|holt|promeut|elit|recrute|asciende|promueve|ficha)"
    ),
    _before(
        r"(?:names|announces|introduces|confirms|macht|wahlt|nomme|designe|nombra|designa|elige)"
        rf"(?=[^.;:!?]*\b{_POST}\b)"
    ),
    re.compile(
        rf"\b(?P<verb>(?:new|neue[rn]?|nouve\w+|nuev[oa]) {_POST})[^.;:!?]{{0,40}}: {PERSON}(?!')",
        re.IGNORECASE,
    ),
)
_HONOURED = (
    _after(
        rf"(?:among (?:the )?(?:winners|honou?rees)|(?:wins?|won|receives?|received|makes|tops|"
        rf"ranks|earns|takes home|collects|lands|scoops|gets|gewinnt|"
        rf"erhalt|bekommt|holt|recoit|remporte|obtient|decroche|gana|recibe|obtiene|named|"
        rf"nominated|"
        rf"shortlisted|finalist|inducted|nommee?|elue?)\b(?=[^.;:!?]{{0,90}}\b{_PRIZE}\b)|"
        r"honou?red|awarded|recogni[sz]ed (?:as|for|with|by)|inducted into|"
        r"(?:elected|named|made|becomes?|became|appointed) (?:an? |the |as )*(?:[\w-]+ ){0,3}?"
        r"fellow\b(?! of the board)|elected (?:to|a member of) the (?:\w+ ){0,4}academy|"
        r"laureate? (?:de|du)|distinguee?|recompensee?|decoree?|"
        r"(?:premio|prix|galardon|medalla) (?:a|al|de|du)\b|galardonad[oa]|premiad[oa]|"
        r"distinguid[oa]|reconocid[oa])"
    ),
    _final(r"(?:ausgezeichnet|geehrt|gekurt|gewurdigt)\b"),
    _before(
        rf"(?:{_PRIZE} (?:goes to|for|geht an|fur|an|a|para|pour)|honou?rs|ehrt|wurdigt|"
        r"recompense|distingue a|premia a|galardona a)"
    ),
    re.compile(rf"\b(?P<verb>zeichnet) [^.;:!?]{{0,40}}{PERSON}[^.;:!?]{{0,50}} aus\b", re.I),
)
_SPEAKS = (
    _after(
        rf"(?:(?:speaks?|speaking|presents?|lectures?|hosts?|moderates?|headlines?|opens?|"
        rf"address(?:es)?|halt|spricht|"
        rf"referiert|diskutiert|moderiert|intervien\w*|participer?a?|prendra la parole|participa|"
        rf"participara|dara|ofrece|ofrecera|habla|hablara|abre|inaugura)\b"
        rf"(?=[^.;:!?]{{0,80}}\b{_EVENT}\b)|keynotes?\b|on (?:why|how|what)\b|"
        r"(?:gives?|giving|delivers?|delivering|deliver) (?:an? |the )?(?:[\w-]+ ){0,3}?"
        r"(?:keynote|talk|lecture|speech|address)\b)"
    ),
    _before(
        r"(?:keynote (?:by|from|von)|(?:podcast|webinar|interview|conversation|q&a|talk|gesprach|"
        r"entretien|entrevista|charla) (?:with|mit|avec|con|a)|entrevista a|vortrag von|"
        r"conference (?:de|d')|ponencia de|interview (?:de|d')|(?:questions|fragen|preguntas) "
        r"(?:for|to|an|a))"
    ),
    re.compile(
        rf"^(?P<verb>podcast|interview|webinar|video|q&a|gesprach|entretien|entrevista)\b"
        rf"[^.:|]{{0,20}}[:|–—-] ?{PERSON}",
        re.IGNORECASE,
    ),
)
_WRITES = (
    re.compile(rf"^(?:\w+: )?(?P<verb>by|von|par|por) {PERSON}", re.IGNORECASE),
    re.compile(rf"[,.|–—-] ?(?P<verb>by|von|par|por) {PERSON}[\s.]*$", re.IGNORECASE),
    _before(
        r"(?:(?:article|post|column|essay|op-ed|opinion|commentary|book|paper) by|"
        r"(?:gastbeitrag|kommentar|buch|kolumne|essay|artikel) von|"
        r"(?:tribune|chronique|livre|article|billet) (?:de|par)|"
        r"(?:tribuna|columna|articulo|libro) (?:de|por))"
    ),
    _after(
        r"(?:writes|publishes|veroffentlicht|publie|signe|publica|escribe|firma)\b"
        r"(?=[^.;:!?]{0,60}\b(?:book|article|essay|column|op-ed|paper|guide|buch|artikel|livre|"
        r"tribune|libro|articulo|tribuna|guia)\b)"
    ),
)

_GRAVE: tuple[tuple[PersonPart, Rules], ...] = (
    ("dies", _DIES),
    ("accused", _ACCUSED),
    ("leaves", _LEAVES),
)
_CHEERFUL: tuple[tuple[PersonPart, Rules], ...] = (
    ("prize", _HONOURED),
    ("talk", _SPEAKS),
    ("article", _WRITES),
)
_PRIZE_FOR = re.compile(
    rf"\b{_PRIZE} (?:for (?:the|a) (?:wo)?man|for (?:an? )?[a-z-]+er who|fur (?:den mann|die frau)|"
    r"pour (?:l'homme|la femme|celui|celle)|para (?:el hombre|la mujer|quien))\b",
    re.IGNORECASE,
)
_AN_EVENT = re.compile(rf"\b{_EVENT}\b", re.IGNORECASE)
_OF_A_RIVAL = re.compile(r"\b(?:rival|competitor|konkurrent\w*|concurrent\w*|competidor\w*)\b")
_FROM_HERE = re.compile(rf"(?:von|from|de) {COMPANY}")
_AT_ELSEWHERE = re.compile(
    rf"\b(?:at|bei|beim|chez|en|by|von|for|(?:board|chair\w*|president|ceo|pdg|chef|presidenta?) "
    rf"(?:of|von|de|du|des)) (?:the )?(?-i:[A-Z])(?!{COMPANY})\w+",
    re.IGNORECASE,
)
_NO_EMPLOYER = re.compile(r"\b(?:directors|trustees|governors)\b", re.IGNORECASE)
_BOARD = re.compile(
    r"\b(?:the )?(?:new )?(?:board|shareholders?|aufsichtsrat|verwaltungsrat|hauptversammlung|"
    r"(?:le )?conseil|(?:el )?consejo)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b(?-i:[A-Z])[\w&-]+")


def part_of(sentence: str, around: str, *, own: bool) -> Told:
    """Return what became of the person whom a sentence names, and the words that say so.

    `around` is title and first sentence in the same form: a sour word there rules out a cheer.
    `own` says that the company itself published it.
    """
    for part, rules in _GRAVE:
        if words := _first(rules, sentence):
            return part, words
    if found := _POSTHUMOUS.search(around):
        return "dies", (found["verb"],)
    told = _joins(sentence, own=own) or _post(sentence) or _cheer(sentence)
    told = told or _prized_above(sentence, around)
    part, words = told or ("unclear", ())
    if part == "leaves":
        return part, words
    if sour := _SOUR.search(around):
        return "doubtful", (sour.group(),)
    return ("unclear", ()) if _PERHAPS.search(around) else (part, words)


def is_against(sentence: str) -> bool:
    """Return whether a sentence has a word with which nobody is congratulated."""
    if PERSON in sentence and (_RUMOURED.search(sentence) or _is_grave(sentence)):
        return True
    return bool(_SOUR.search(sentence) or _POSTHUMOUS.search(sentence))


def _is_grave(sentence: str) -> bool:
    return any(_first(rules, sentence) for _, rules in _GRAVE)


def _prized_above(sentence: str, around: str) -> Told | None:
    """Return what a headline means whose prize is theirs with whom the text begins.

    "Medal for the man who unpicked a quilt": "§ of Pellworth spent fourteen months on it".
    """
    title, _, text = around.partition(" . ")
    is_first = sentence == text and sentence.startswith(PERSON)
    found = _PRIZE_FOR.search(title) if is_first and PERSON not in title else None
    return ("prize", (found.group(),)) if found else None


def _first(rules: Rules, sentence: str) -> tuple[str, ...]:
    """Return the words of the first rule that finds something that is not denied."""
    for rule in rules:
        found = rule.search(sentence)
        if found and not _is_denied(found):
            return (found["verb"],)
    return ()


def _is_denied(found: re.Match[str]) -> bool:
    """Return whether what a rule found is denied: "is not leaving", "verlässt Halden nicht"."""
    after = _CLAUSE.match(found.string, found.end())
    return bool(_NOT.search(found.group()) or (after and _NOT_AFTER.search(after.group())))


def _joins(sentence: str, *, own: bool) -> Told | None:
    """Return what joining means, which depends on what is joined."""
    found = _JOINS.search(sentence)
    if found is None or _is_denied(found):
        return None
    words, what = (found["verb"],), found["what"]
    if _AN_EVENT.search(what):
        return "talk", words
    if COMPANY in what and not _OF_A_RIVAL.search(what) and not _FROM_HERE.match(what):
        return "promotion", words
    if _INTO_BOARD.match(what) or (own and not _CAPITAL.search(what)):
        return "promotion", words
    return "leaves", words


def _post(sentence: str) -> Told | None:
    """Return what a new post means: a promotion, or a departure where it is at another company."""
    for rule in _APPOINTED:
        found = rule.search(sentence)
        if found is None or _is_denied(found):
            continue
        words, rest = (found["verb"],), sentence[found.end() :]
        actor = found.groupdict().get("actor") or ""
        is_by_others = bool(_CAPITAL.search(_BOARD.sub("", actor))) and COMPANY not in actor
        if _is_post_of_honour(sentence[found.start() :]):
            return "prize", words
        if not is_by_others and COMPANY in actor + rest:
            return "promotion", words
        is_elsewhere = _AT_ELSEWHERE.search(rest) and not _NO_EMPLOYER.search(rest)
        return ("leaves" if is_by_others or is_elsewhere else "promotion"), words
    return None


def _is_post_of_honour(told: str) -> bool:
    """Return whether a post is at the head of an association, which is not the company's own."""
    found = _ASSOCIATION.search(told)
    if found is None or not _OF_HONOUR.search(told):
        return False
    return COMPANY not in told[max(found.start() - BESIDE_IT, 0) : found.end() + BESIDE_IT]


def _cheer(sentence: str) -> Told | None:
    for part, rules in _CHEERFUL:
        if words := _first(rules, sentence):
            return part, words
    return None


# ------------------------------------------------------- somebody new in the candidate's field

_NEW = re.compile(
    r"\b(?:names|appoints|promotes|hires|taps|welcomes|named|appointed|promoted|hired|new|joins|"
    r"ernennt|befordert|beruft|holt|neue[rnsm]?|ernannt|befordert|berufen|"
    r"nomme|recrute|nommee?|promue?|nouve(?:au|lle)|"
    r"nombra|ficha|nombrad[oa]|nuev[oa]|asciende)\b",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"\b(?:hiring|seeks|seeking|looking for|vacancy|search for|opening for|sucht|suche nach|"
    r"recherche|recrutement|busca|vacante|job|stelle)\b",
    re.IGNORECASE,
)
_A_POST = re.compile(rf"\b{_POST}\b", re.IGNORECASE)
# That a post is filled; and that somebody, by a full name, has the charge of something.
_FILLED = re.compile(
    r"\b(?:(?:role|post|position|vacancy|job) (?:has been |is |was |now )?filled|"
    r"(?:stelle|posten|position|leitung) (?:ist |wurde )?(?:neu |wieder |nun )?besetzt|"
    r"neu besetzt|nachbesetzt|poste (?:est |a ete )?pourvu|puesto (?:esta |ha sido )?cubierto|"
    r"vacante (?:esta |ha sido )?cubierta)\b",
    re.IGNORECASE,
)
_IN_CHARGE = re.compile(
    r"(?-i:\b[A-Z][\w'-]+ (?:(?:[A-Z]\.|van|von|de|del|da|der|la) )?[A-Z][\w'-]+) "
    r"(?:(?:now|kunftig) )?(?:(?P<a_post>becomes|wird|devient|sera)|(?:will |to )?(?:lead|head)|"
    r"leads|heads|takes over|takes charge of|leitet|ubernimmt|verantwortet|dirige|dirigera|"
    r"prend la direction|reprend|asume|dirigira|encabeza)\b(?: ab \w+)?(?P<what>[^.;:!?]{1,80})",
    re.IGNORECASE,
)


def is_appointment(sentence: str) -> bool:
    """Return whether a sentence says that somebody has got a post at the company."""
    return bool(
        COMPANY in sentence
        and _NEW.search(sentence)
        and _A_POST.search(sentence)
        and not _SOUGHT.search(sentence)
    )


def is_filled(sentence: str) -> bool:
    """Return whether a sentence says that a post at the company is filled."""
    return COMPANY in sentence and bool(_FILLED.search(sentence))


def in_charge_of(sentence: str) -> str:
    """Return of what somebody at the company has got the charge, or ""; "pricing at ..."."""
    found = _IN_CHARGE.search(sentence) if COMPANY in sentence else None
    if found is None or (found["a_post"] and not _A_POST.search(found["what"])):
        return ""
    return found["what"].partition(COMPANY)[0]
