"""Other people of the notes: who is named beside a word for what they are, and was no interviewer.

Takes note lines; gives the people that they name: "her boss Dana Whitfield decides", "Tom Reyes
(CTO) joins the second talk", "Claire Dubois est la responsable". In English, German, French and
Spanish. Precision first: capitals alone name nobody, as they are products, places and teams, too;
it takes a role right beside them, and no word among them that is of business or a place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from pipeline.records import NoteLine, Person

# Words for what somebody is, by language; of women and men. By judgement: what people jot.
_ROLE = (
    r"(?:(?:co-?)?(?:boss|deputy|manager|supervisor|head|director|president|vp|svp|evp|chair(?:man|woman)?|"
    r"founder|owner|partner|recruiter|colleague|coworker|co-worker|teammate|mentor|assistant|"
    r"successor|predecessor|team ?lead(?:er)?|tech lead|ceo|cto|cfo|coo|cio|cmo|cpo|chro|hr|"
    r"(?:chief|principal) \w+(?: officer)?)|"
    r"chef(?:in)?|vorgesetzter?|leiter(?:in)?|\w+leiter(?:in)?|geschäftsführer(?:in)?|vorständin|"
    r"vorstand|kolleg(?:e|en|in)|personaler(?:in)?|recruiterin|direktor(?:in)?|gründer(?:in)?|"
    r"assistent(?:in)?|inhaber(?:in)?|"
    r"responsable|directeur|directrice|pdg|dg|drh|patronn?e?|recruteu(?:r|se)|collègue|"
    r"assistante?|fondat(?:eur|rice)|gérante?|"
    r"jef[ea]|director[a]?|gerente|reclutador[a]?|compañer[oa]|colega|presidenta?|encargad[oa]|"
    r"fundador[a]?|consejer[oa] delegad[oa]|ceo)"
)
# What may stand between the role and the name: "head of sales", "responsable de compras".
_FIELD = (
    r"(?: (?:of|for|de|du|des|der|von|für|del|en)(?: la| el| les?)? [\w&-]+(?: [a-zà-ÿß&-]+)?|"
    r" (?:technique|général|générale|general|adjointe?|adjunt[oa]))?"
)
# One name: "Whitfield", "O'Rourke", "Lang-Müller", with what comes before a last name.
_PART = r"(?:(?:Mc|Mac|[OD]['’])?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿß]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿß]+)?)"
_BEFORE = (
    r"(?:(?:van|von|vom|zu|de|del|della|di|da|dos|du|den|der|[Ll]a|las|[Ll]os|[Ll]e|"
    r"ten|ter|bin|al)\s)"
)
_NAME = rf"(?P<name>{_PART}(?:\s[A-Z]\.)?\s(?:{_BEFORE}{{0,2}}){_PART}(?:\s{_PART})?)"
_TITLE = re.compile(r"^(?:Frau|Herrn?|Madame|Monsieur|Doctor|Señora?|Mister)\s")
_TITLES = r"(?:(?:Dr|Prof|Ing|Mr|Mrs|Ms|Herrn?|Frau|Mme|M|Sra?)\.?\s)*"
_IS = r"(?:is|was|will be|would be|ist|war|wird|wäre|est|sera|serait|es|era|será|sería)"
_A = (
    r"(?:(?:the|a|an|my|her|his|their|our|your|der|die|das|ein|eine|mein|meine|ihre?|sein|seine|"
    r"le|la|les|un|une|mon|ma|sa|son|leur|el|una|mi|su|new|neue[rn]?|nouve(?:au|lle)|nuev[oa]|"
    r"future?|futur[oa]|künftige[rn]?|hiring|line|engineering|plant|project|sales|product|hr|"
    r"deputy|senior|technical|regional|general|human resources)\s)*"
)
_SHORT_FIELD = (
    r"(?:,[^)]{0,40}|/\w+| (?:of|for|de|du|des|der|von|für|del|en)(?: [\w&-]+){1,3}|"
    r"(?: [A-ZÀ-Ý][\w&-]*){1,3}| (?:technique|général|générale|general|técnic[oa]|comercial|"
    r"financi\w+|adjointe?|adjunt[oa]))?"
)

_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w-])(?i:{_ROLE}){_FIELD}(?:\s*[:,–]|\s+(?i:{_IS}))?\s+{_TITLES}{_NAME}",
        rf"{_NAME}\s*\((?i:{_A}{_ROLE}){_SHORT_FIELD}\)",
        rf"{_NAME}, (?i:{_A}{_ROLE})(?![\w-])",
        rf"{_NAME}\s(?i:{_IS})\s(?i:{_A}{_ROLE})(?![\w-])",
        rf"{_NAME}\s(?:runs|leads|heads|manages|leitet|führt|dirige|gère|lleva)\s"
        r"(?:the\s|die\s|das\s|den\s|la\s|le\s|el\s|les\s|los\s|l['’])",
    )
)
# Words of no person's name: business, products, places, days. By judgement.
_NO_NAMES = frozenset(
    """abteilung account accounts achats affaires airport america analytics angeles application
    applied april august automation azure back bad bahnhof battle benz bereich berlin big blue
    board bureau business calle center centre chef chefin clients cloud commerce committee
    community company compliance compras comptes conference consulting contact corporate council
    cuentas customer data datos day december design desk deutschland development dezember
    dienstag digital division donnerstag early east einkauf engineering england enterprise
    equipo espagne españa europa europe european experience falcon februar february fertigung
    field finance financial fort france francisco frankreich freitag friday front fusion fußball
    fábrica germany gespräch gestión global google grand grands great green group growth grüne
    halle harbour haus he head health high home horizon hospital house hub human i industrial
    information infrastructure innovation insights institute international investor island
    januar january juli july june juni konzern kunden lab labs lager lake last learning legal
    leiter leiterin leitung level life logistics london machine madrid mai management march
    marché marine market marketing may media medical meeting mercado microsoft middle mittwoch
    mobile monday mont montag mount märz national network new next nord norte north northern
    november october office oficina oktober old open operaciones operations oracle ost paris
    park partner partners people performance personal plan planning plant planta platform platz
    plaza port power practice process procurement product production program programme project
    projekt projet proyecto public quality qualität real recursos red regional research
    resources rio room rote royal safety saint sales salesforce samstag san santa saturday
    school science security senior september service services shared she sierra site social
    software solution solutions sonntag south southern spain spanien special st stadt standort
    state station store strasse strategic strategy straße street studio success suite sunday
    supply support sur sustainability system systems système systèmes süd team teams tech
    technical technik technology television test that the they this thursday tool tools tower
    town trade training transformation treasury tuesday unit united university urban user usine
    valley ventas ventes verkauf vertrieb vice vieux villa ville we web wednesday werk west
    western white wiese works workshop world york zone équipe""".split()
)
# Beside a role stand names of teams, posts and firms, too ("Leiter Digitale Fabrik", "Silver Lake
# (partner)"): so the first name must be one. Common ones of the four languages, and of those who
# work there; compared without accents. A list written for this, on which nothing else rests.
_GIVEN = frozenset(
    """aaron abdul adam adela adele adeline aditya adrian agnes agnieszka agustin ahmed ainhoa
    aisha aitana aitor akira alan alastair alba albert albrecht alejandra alejandro aleksandra
    alessandro alex alexander alexandra alexis alfonso alfred ali alice alicia alina alison alix
    alma alvaro amal amanda amelia amelie amina amir amit amparo amy ana anais ananya anastasia
    anders andre andrea andreas andreea andres andrew angel angela angelika anika anil anita
    anja anjali anke ann anna annabel annalena anne annette annika anouk anselm anselmo anthony
    antje antoine anton antonella antonia antonio araceli ariane ariel arjun armand arnaud arne
    arno arthur arturo asha ashley astrid asuncion audrey augustin aurelie aurelien aurora axel
    axelle ayesha aylin ayse baptiste barbara barry bart bastien beate beatrix beatriz becky
    belen bella ben benjamin benoit berangere bernard bernd bertram beth bettina betty bill
    birgit bjorn blanca blandine bob boris borja brandon brenda brendan brian brigitte britta
    bruce bruno burkhard callum cameron camille capucine carina carl carla carlos carmen carol
    carole carolin caroline carsten catherine cathy cecile cecilia cedric celine cem charles
    charlie charlotte chen cheryl chloe chris christelle christian christina christine christoph
    christophe christopher cindy claire clara claudia claus clemence clemens clement colin
    concepcion connor constance consuelo corentin corinne cornelia craig cristina cristobal
    cynthia dagmar damien dan dana daniel daniela danielle dario darius darren dave david
    deborah declan deepak delphine denis denise dennis derek detlef diana diane diego dieter
    dietmar dirk divya dmitri dolores dominic dominik dominique donna doris dorothea douglas
    duncan dylan edgar edith edmund edouard eduarda eduardo edward eileen ekaterina eleanor
    elena elias elif elisa elisabeth elise elizabeth elke ella ellen ellie elodie eloy elsa
    elvira emeline emil emilia emilie emilio emily emma emmanuel emre encarna enrico enrique
    eric erica erik erika ernesto ernst erwin esteban estelle esther etienne eugen eugenia
    eugenie eugenio eulalia eva evan evelyn ewa ewald eyal fabian fabien fabrice fadi faisal
    fanny farah fatima fatma federica federico felicitas felipe felix ferdinand fermin fernando
    finn fiona flavien fleur florence florian frances francesca francisco franck francois
    francoise frank franz franziska frederic freya friederike friedrich fritz gabino gabriel
    gabriela gaelle gary gavin gema geoff georg george georgia georgina geraldine gerard gerardo
    gerd gerhard ghislaine gianni giesela gilles giovanni gisela giulia gloria gonzalo gordon
    gottfried grace graham greg gregor gregorio gregory guadalupe gudrun guido guillaume gunter
    gunther gustavo guy gwenaelle hamza hannah hannes hans harald harriet harry hartmut hassan
    heather hector hedwig heidi heike heinrich heinz helen helena helene helga helmut henning
    henri henrietta henrik henry hernan herve hildegard hiroshi holger hugh hugo huong hussein
    ian ibrahim ida ignacia ignacio ignatius iker ilona ilse imran ina ines inga ingo ingrid
    inigo inmaculada irene irina irmgard isaac isabel isabella isabelle isidro ivan jack jacob
    jacqueline jacques jaime jakob jakub james jan jana jane janet janine jannik jasmin jasmine
    jason javi javier jay jean jeff jelena jennifer jens jeremy jerome jesse jessica jesus jill
    jim jimena joachim joan joana joanna joanne joaquin jocelyne jochen jodie joe joel joelle
    johan johanna johannes john jolanda jonas jonathan jordan jordane jordi jorg jorge jose
    josef josefa joseph josh joshua josiane jost joy joyce juan juana judith judy julia julian
    julie julien julieta julio jurgen justin justine jutta kai kamal karen karim karin karine
    karl karola karsten katarzyna kate katharina katherine kathleen kathrin kathy katie katja
    katrin kavita keith kelly ken kenneth kerstin kevin khalid kim kiran kirsten klaus knut
    konrad kristina krzysztof kurt laetitia laia lara larry lars laura laurence laurent lea leah
    lee leila leire lena leo leon leonard leonie leonor leticia leyla liam lidia lilian lily
    lina linda linus lionel lisa lise liselotte liu loic lorena lorenzo lorna lothar louis
    louisa louise lourdes luc luca lucas lucia luciana lucie lucile lucy ludovic ludwig luigi
    luis luisa lukas lukasz lydia macarena maelle maeva magali magda magdalena maggie maite maja
    malik malte manfred manolo manuel manuela marc marcel marcela marcin marco marcos marcus
    mareike margaret margarita margit maria mariam marianne mariano marie marielle marina mario
    marion marisol marius marjorie mark marko markus marlene marlies marta martha martin martina
    martine marwan mary mateo mathias mathieu mathilda mathilde mathis matt matteo matthew
    matthias maud maureen maurice mauro max maxime maximilian maya meera megan mehmet meike
    melanie melissa mercedes michael michaela michal michel michelle miguel mike mila milan
    milena mina mireia mireille miriam mirko mitch mohamed mohammad mohammed molly mona monica
    monika monique montse montserrat morgan morgane moritz muriel myriam nabil nadege nadia
    nadine naomi nasser natalia natalie natascha natasha nathalie nathan neil nele nelly nelson
    nerea nguyen niamh nicholas nick nicolas nicole niels nikhil nikolaus nils nina nisha noah
    noel noelia noemie nora norbert nuno nuria octave odile ola olaf ole oleg olga oliver olivia
    olivier omar oscar oskar osman oswald otto owen pablo paco paloma pamela paola parisa pascal
    pascale pat patricia patrick paul paula pauline paulo pedro peggy penelope penny pepe per
    peter petra philine philip philipp philippe philippine pia pierre pieter pilar pooja prakash
    priya priyanka quentin quinn rachel radha rafael rahul rainer raj rajesh ralf ralph ramon
    ramona randall raphael raquel raul ravi raymond rebecca rebekka regina regis reinhard
    reinhold remedios remi renata renate rene renee rhys ricardo richard rita robbie robert
    roberta roberto robin rocio rodney rodrigo roger rohan roland rolf romain roman ronald ronja
    rory rosa rosalia rosario rosemary rosie ross roswitha roxana roxanne ruben rudiger rudolf
    rui rupert russell ruth ryan sabina sabine sabrina saeed salma salome salvador sam samanta
    samantha samir samira samuel sandeep sandie sandra sandrine sanjay santiago sara sarah
    saskia scott sean sebastian sebastien selim serena sergei sergio severine shane sharon shaun
    sheila shirley sigmund sigrid silke silvia silvina simon simona simone sina sinead siobhan
    sofia sofie solene solveig sonali sonia sonja sophia sophie soren stacey stanislav stefan
    stefanie stella stephane stephanie stephen steve steven stuart sue sunita suresh susan
    susana susann susanna susanne sven svenja svetlana swantje swen sybille sylvain sylvie tabea
    tamara tania tanja tanya tariq tatiana teresa tessa thea theo theodor therese thi thibault
    thierry thomas thorsten tiffany till tim timo tina tjark tobias toby todd tom tomas tomasz
    toni tony torsten tracy trevor tristan txema tyler ulf ulla ulrich ulrike umar urs ursula
    ute uwe valentin valentina valentine valerie vanessa vasco vera verena veronica veronika
    veronique vicente victoire victor vijay vikas vikram viktoria vincent viola virginie vivian
    vivien vladimir volker volkmar walter waltraud wanda wayne wei wendy werner wibke wiebke
    wilfried wilhelm willem william winfried wojciech wolfgang xavier xenia ximena yago yan yann
    yannick yara yasin yasmin yasmina yasmine yoann yohan yolanda yuki yulia yusuf yves yvonne
    zaida zara zeynep zoe zoltan""".split()
)
MOST = 20  # people of one note; no border test: far beyond real notes


def people_in(lines: Iterable[NoteLine], known: Iterable[Person]) -> tuple[Person, ...]:
    """Return the people whom the lines name beside a role, but for those who are `known`."""
    taken = {word for person in known for word in _words(person.name)}
    names = dict.fromkeys(name for line in lines for name in names_in(line.text))
    return tuple(Person(name) for name in names if not set(_words(name)) <= taken)[:MOST]


def names_in(text: str) -> tuple[str, ...]:
    """Return the full names in a line that stand beside a role, in their order."""
    found = {place: name for place, name in _all(text) if _may_be(name)}
    return tuple(dict.fromkeys(found[place] for place in sorted(found)))


def _all(text: str) -> Iterator[tuple[int, str]]:
    for form in _FORMS:
        for match in form.finditer(text):
            yield match.end("name"), _TITLE.sub("", " ".join(match["name"].split()))


def _may_be(name: str) -> bool:
    words = _words(name)
    is_person = len(words) > 1 and _plain(words[0]) in _GIVEN
    return is_person and not _NO_NAMES.intersection(words)


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _words(name: str) -> list[str]:
    return name.casefold().replace("-", " ").split()


def is_given_name(name: str) -> bool:
    """Return whether a name begins with a common first name."""
    return bool(words := _words(name)) and _plain(words[0]) in _GIVEN


def may_be_name(text: str) -> bool:
    """Return whether a text has no word that is of business, a place or a day."""
    return _NO_NAMES.isdisjoint(_words(text))
