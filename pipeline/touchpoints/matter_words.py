"""Words of four languages that stand before a matter in notes, and those at which it ends.

A table for `matters`: general knowledge of the languages, and what went wrong on 120 strangers'
notes (tests/workspace/strangers, and eighty that are not kept) and seven seasons (tests/traps). No
part of it was left out of these and measured on others.
"""

from __future__ import annotations

import re

from pipeline.text.patterns import compiled_later
from pipeline.touchpoints.note_words import words_of

# Behind these words stands what somebody has in mind: "wants to bring back the bay nurse model".
TOLD = {
    "English": compiled_later(
        r"\b(?:wants?|wanted|would\slike|(?:he|she)['’]d\s(?:like|love)|needs?|plans?|planning|"
        r"hopes?\sfor|looking\sfor|(?:keen|big|hot|set|firm)\son|(?:is\s)?into|worr(?:ies|ied)\sabout|"
        r"brought\sup|mentioned|explained|described|showed\sme|discussed|got\sto|insists\son|"
        r"dealing\swith|fighting\s(?:for|with)|building|buying|rolling\sout|(?:mov|switch)ing\sto|"
        r"(?:goes|going|went|on|asks?|asked|asked\sme|talks?|talked|spoke|speaks|told\sme|grilled\sme|"
        r"been\sasking)\s(?:\w+\s)?(?:about|for|abt)|talks?|talked|"
        r"(?:thing|topic|baby|nightmare|headache|worry|problem|pain|project|issue|bugbear|priority|"
        r"point|pt)\s?(?:is|was|:|=)|(?:thinks?|says|finds|believes?|reckons)(?:\sthat)?)\s+"
        r"(?:(?:very\s|really\s)?(?:keen|set|big)\son\s)?(?:(?:somebody|someone|us|them|me)\s)?"
        r"(?:to\s(?!(?:see|know|have|hear|talk|ask|meet|be|go|leave|show|send|come|text)\b)"
        r"(?:get\s(?:into|rid\sof)|bring\sback|cut\sdown|set\sup|roll\sout|move\s(?:to|into)|"
        r"do\saway\swith|[a-z]+)\s)?",
        re.IGNORECASE,
    ),
    "German": compiled_later(
        r"\b(?:will|wollen|möchte|braucht|plant|planen|sucht|wünscht\ssich|führen|erzählte?|spricht|"
        r"redet|hat\s(?:mir\s)?(?:erklärt|gezeigt)|geht\ses\sum|dreht\ssich\s(?:alles\s)?um|"
        r"kämpft\s(?:für|um|mit)|weg\svon|umstellen\sauf|Umstieg\sauf|Problem:|Thema:|Sorge:|"
        r"(?:sein|ihr|das|größtes|großes)\s(?:Ding|Thema|Problem|Sorge|Projekt|Anliegen|Baustelle|"
        r"Steckenpferd|Herzensthema|Baby)\s?(?:ist|sind|:|=))\s+"
        r"(?:(?:vom|über|um|für|gern|unbedingt|wieder|mehr|endlich|auch)\s)*"
        r"(?P<dative>(?:weg\s)?(?:von|mit)\s)?",
        re.IGNORECASE,
    ),
    "French": compiled_later(
        r"\b(?:veut|veulent|voudrai(?:en)?t|aimerai(?:en)?t|prépare(?:nt)?|cherchent?|plaide\spour|"
        r"tient\sà|insiste\ssur|décortique|évoqu[eé]|demandée?\s(?:pour|sur)|"
        r"m['’]a\s(?:longuement\s)?(?:parlé|expliqué|montré|présenté|(?:cuisiné|interrogé|"
        r"questionné)e?\ssur)|(?:ils|elle|il)\s(?:monte|montent|lance|lancent)|"
        r"(?:son|leur|gros|grand|vrai)\s(?:souci|sujet|truc|dada|problème|chantier|obsession|"
        r"cauchemar)\s?(?:,\sce\ssont|,\sc['’]est|c['’]est|est|:|=))\s+"
        r"(?:(?:relancer|réduire|lancer|créer|monter|ouvrir|passer\sà|refaire|développer|garder|"
        r"partir|supprimer|remettre)\s)?",
        re.IGNORECASE,
    ),
    "Spanish": compiled_later(
        r"\b(?:quieren?|quería|buscan?|necesitan?|preparan?|planea|peleando|hablamos|habló|insist\w+|"
        r"le\s(?:preocupan?|duelen?|interesan?)|me\s(?:preguntó|habló|contó|explicó|enseñó|mostró|"
        r"platicó)|(?:su|lo|gran|mayor|principal)\s(?:suyo|tema|problema|obsesión|preocupación|"
        r"proyecto|dolor\sde\scabeza|reto)\s?(?:es|son|:|=))\s+"
        r"(?:(?:una|media)\shora\s|mucho\s|un\srato\s)?(?:(?:por|de|en|con|sobre|del)\s)?"
        r"(?:(?:quitar|montar|abrir|reducir|cambiar|implantar|lanzar|recuperar|mejorar|pasar\sa|"
        r"entrar\sal?)\s)?",
        re.IGNORECASE,
    ),
}
# What ends a phrase, besides the verbs and persons of `note_words`.
STOPS = {
    "English": words_of(
        "how why where whose now saw wrote ok "
        "but because so then if when while who which that than as like just only even still not no "
        "never always already yet soon again too also maybe really very every each all most until "
        "till before after next last this these those there here and or with without since though "
        "everyone everybody nobody anyone people someone somebody something anything nothing one "
        "instead except per plus via more less enough much many some any lots rather quite him her "
        "them me us it you i he she they we w/ up down out off back away together today tomorrow "
        "monday tuesday wednesday thursday friday twice sometimes usually mostly often prob "
        "probably itself themselves myself least to own "
        "dying died burns burn lose retire reckons laughed smells sits sit pays send sends teach "
        "teaches hang hangs lasts waits quit quits eat eats say leave keep gets builds write "
        "writes meet meets bounce bounces crash crashes double doubles doubled tripled "
        "halved dropped collapse pushes fights argue argues tested passed died broke lags drags "
        "expect expects drown drowns stall stalls swear swears listens rising falling growing "
        "done gone stands bought dauert"
    ),
    "French": words_of(
        "comment pourquoi quoi "
        "mais car parce donc alors si quand lorsque que qui dont où comme plus moins très trop pas "
        "jamais toujours encore déjà bientôt aussi surtout seulement même et ou avec sans depuis "
        "pendant avant après chaque tous toutes tout toute y ne n' se s' ça cela ce ces cet cette "
        "abandonnée abandonné mal bien lisible lisibles "
        "lundi mardi mercredi jeudi vendredi aujourd'hui hier demain"
    ),
    "Spanish": words_of(
        "cómo qué cuánto cuánta cuál "
        "pero porque pues así si cuando que quien donde como más menos muy tan no nunca siempre "
        "todavía aún ya pronto también sólo solo y e o u con sin desde durante antes después cada "
        "todo toda todos todas nadie alguien algo nada se lo eso esto ese esta estos hoy ayer "
        "mañana lunes martes miércoles jueves viernes mientras aunque"
    ),
}
# What says how something is, and ends a phrase that has begun: "freezer cold", and no "cold store".
STATES = words_of(
    "late overdue broken dead finished compulsory cold flat tight weak closed ready busy hard slow "
    "empty full resistant pile drift idle steht fehlt"
)
# Verbs that are things, too, behind a cue: "wants weekly cash reports".
NOUNS_TOO = words_of("reports plans shows costs starts moves works visits reviews checks tests")
# What may stand within a phrase, and not at its end.
WITHIN = {
    "English": words_of("of in on at for to from by between into behind under about against"),
    "French": words_of("de du des d' à au aux en sur pour dans chez entre vers la le les l'"),
    "Spanish": words_of("de del en a al para por entre sobre contra la el los las"),
}
# Nouns of a German line that are no matter, or words that only have a capital as its first.
NO_GERMAN = words_of(
    "Ihr Ihre Sein Seine Mein Meine Sie Er Es Wir Früher Heute Gestern Montag Dienstag Mittwoch "
    "Donnerstag Freitag Samstag Sonntag Vater Mutter Aber Und Dann Zum Zur Im Am Tarif Gehalt "
    "Gerade Erst Jetzt Leider Immer Eltern Chefs Redet Bauch Bauchgefühl Regal Kleine Große"
)
# Words that say too little alone.
SMALL = words_of(
    "the das thema die der copy method home money culture both others person people example idea "
    "answer list reason way side start budget lot band round kind sort place part number name "
    "moment problem nightmare headache stuff things work job role post team office company family "
    "software state parts firm opinion view concern results numbers permission annual times "
    "candidate manager boss notice references shift "
    "whole betrieb budget stable remplacement teile nordamerika "
    "diskussion ergebnisse frage sache leute chef chefin frau herr stufe "
    "contraire poste équipe chose gens personne problème résultats fourchette salaire photo "
    "carnet nom profil sala oficina despacho números estacionamiento "
    "bajito cosa gente persona equipo puesto tema problema resultados sueldo hora alumno "
    "your our their his her votre su sus le la les el los las l'"
)
# Who does it: nobody says of people that one told of them.
WHO = compiled_later(
    r"\b(?:ceo|woman|man|lady|supporter|husband|wife|cfo|coo|chairman|director|managers?|boss(?:es)?|owner|head|guy|bloke|swimmer|fan|"
    r"board|recruiter|directrice|directeur|patronne?|jef[ea]s?|direct(?:or|ora)|due[ñn][oa]s?|"
    r"chefs?|parents|grand-mère|azubi|kunden|qs|chefin|leiter(?:in)?|geschäftsführer(?:in)?)$",
    re.IGNORECASE,
)
# When it is to be: "a second positioner in the spring".
WHEN = {
    "English": compiled_later(
        r"\s(?:in(?:\sthe)?|by|for|on|from)\s(?:spring|summer|autumn|fall|winter|jan\w*|feb\w*|"
        r"mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|q[1-4]|"
        r"(?:next\s)?(?:year|month|week)s?|(?:two|three|five|ten|six)\syears?|diwali|easter|"
        r"christmas|xmas|nights?)$|\sin\sunder\s.*$",
        re.IGNORECASE,
    ),
}
# Nouns that need no article.
MASS = compiled_later(
    r"(?:\w{3,}(?:ing|tion|sion|ment|ity|ship|ance|ence|ics|age|ism|ness|ware|work|ude)|data|hail|"
    r"waste|care|stock|food|traffic|staff|feedback|research|typography)$",
    re.IGNORECASE,
)
