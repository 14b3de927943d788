"""Words that several outlets use for one thing: a small dictionary of news, in four languages.

Two tellings of one event in two languages share names, figures and little else. These are the words
by which news say what happened, each meaning with its words: English, German, French, Spanish. A
star stands for any letters: "streik*" is "Streikende", "*werk*" is "Motorenwerke" as well.
"""

from __future__ import annotations

import re
from functools import lru_cache

MEANINGS = """
strike: strike* walkout* stoppage* *streik* ausstand* grève* gréviste* débrayage* huelga* paro
    paros
layoff: layoff* redundanc* *entlass* *stellenabbau* licenci* despid* despedi* suppression*
job: job jobs workforce post posts staff stelle stellen *arbeitsplätz* emploi* poste postes
    empleo*
worker: worker* employee* beschäftigte* mitarbeit* arbeiter* salarié* ouvrier* trabajador*
    empleado*
cut: cut cuts cutting slash* axe axes shed sheds streich* kürz* abbau* supprim* réduit recort*
    suprim*
hire: hire hires hiring recruit* fichaje ficha contrata* einstell* embauch* recrut* openings
freeze: freeze* freezing *stopp gel gèle congel* pausa
close: close closes closing closure* shut shuts schlie* *schließ* ferme* fermeture* cierra*
    cierre* stilllegung*
open: open opens opening eröffn* ouvre* ouvrir* ouverture* abre abrir* apertura* inaugur*
plant: plant plants factory factories fab fabs mill *werk werk *werke *fabrik* usine* fábrica*
    planta* site sites
build: build builds building built bau baut bauen ausbau *bau construi* construir* construye*
    construct*
invest: invest invests investing invested investment* invertir* inversión investi* investition*
buy: buy buys buying bought acquire* acquisition* takeover* takes übernahme* übernimmt übernehmen
    kauf kauft kaufen *kauf rachat rachète rachet* acquiert compra comprar adquiere adquisición
    sold
sell: sell sells selling sale *verkauf* verkauft vend vendre vende vender venta
stake: stake* beteiligung* anteil* participation* participación*
merge: merge* merging fusion* fusión
split: split splits spin-off spinoff spaltet *spalt* aufspaltung* scinde* scission* escinde*
    escisión dividir* partir
order: order orders ordered contract contracts *auftrag* bestellt bestell* commande* pedido*
    encarg* contrat contrats contrato*
deliver: deliver* supply supplies ships liefer* *liefer* livr* fourni* entreg* suministr*
profit: profit* earnings *gewinn* verdien* *ergebnis* bénéfice* gana ganó ganancia* beneficio*
loss: loss losses verlust* perte* pérdida*
sales: sales revenue* turnover umsatz* *umsatz ventas ingres* chiffre recettes
results: results quartalszahlen jahreszahlen résultat* resultado*
quarter: quarter* *quartal* trimestr*
dividend: dividend* *dividende* dividende dividendo*
outlook: outlook guidance forecast* prognose* *warnung* warning* prévision* previsi*
share: share shares stock *aktie* action actions bourse acción acciones títulos
rise: rise rises rose raise* raises up jump* climb* gain* lift* higher increase* grow* hike*
    steig* *steiger* erhöh* hausse* augment* grimpe* bondit sube suben subida aumenta* aumento
    crece*
fall: fall falls fell drop* slump* slide* slid tumble* plunge* lower* down decline* sink* fällt
    fallen rückgang* einbruch* gesunken baisse* chute* recul* cae caen caída baja bajan bajada
    reduc*
price: price prices pricing *preis* prix precio* tarif* rate rates fare fares
record: record* rekord* récord
launch: launch* unveil* reveal* introduc* debut* present presents vorgestellt *vorstell*
    präsentiert stellt lanc* lance dévoil* présent* lanza* lanzamiento presenta*
delay: delay* postpone* pushed verschoben verschieb* verspät* report reporté repouss* retard*
    retras* aplaz*
recall: recall* rückruf* zurückruf* rappel* retira retirar retirada pulls pull withdraw* withdrawn
    zurück
fire: fire blaze* *brand *feuer* brennt brennen incendi* feu
explosion: explosion* blast* explodi* *explosion
accident: accident* crash* collision* *unfall* absturz* accidente* siniestro
death: death* dead dies died kill* fatal* *tödlich* tote toter gestorben stirbt mort morts mortel*
    décès décéd* tué* muert* muer* fallec*
injured: injur* hurt wounded *verletz* bless* herid* lesion*
trapped: trapped stranded eingeschlossen* bloqué* coincé* atrapad*
rescue: rescue* saved gerettet* *rettung* rettet retter sauv* secour* rescat*
miner: miner miners bergleute bergmann mineur* minero*
mine: mine mines mining bergwerk* *mine mina minas
leak: leak* leck* fuite* fuga* filtra*
breach: breach* hack hacked hacker* hackers cyberattack* ransomware datenleck* *angriff*
    cyberangriff* cyberattaque* pirat* ciberataque* stolen stole theft
data: data daten données datos
customer: customer* client clients kunde kunden *kunden cliente* shopper* guest*
outage: outage* down blackout* störung* *ausfall* panne* apagón caída interrup*
lawsuit: lawsuit* sue sues sued suit suits klage* verklag* plainte* procès demanda* action
court: court* judge* gericht* richter* tribunal* juge juges juez jueces
fine: fine fined fines penalty *strafe* *bußgeld* amende* multa* sanción
police: police polizei* beamte policía policier* officers
prosecutor: prosecutor* *staatsanwalt* parquet procureur* fiscal fiscalía
search: search* raid raids raided razzia* durchsuch* perquisition* registro* allan*
investigate: investigat* probe* inquiry ermittl* *ermittl* untersuch* prüf* prüft enquête* enquêt*
    investig* indaga*
fraud: fraud* betrug* *betrug fraude* estafa*
tax: tax taxes *steuer* steuer impôt* fisc* impuesto*
laundering: laundering *geldwäsche* blanchiment blanqueo
regulator: regulator* watchdog* authority authorities *behörde* *aufsicht* wettbewerbshüter*
    régulateur* autorité* regulador* autoridad* ministry minister ministerium ministère ministerio
approve: approv* approval clear clears green zulassung* genehmig* zugelassen autoris* approuv*
    autoriz* aprueb* aprob* feu
drug: drug drugs drugmaker* medicine* pill pills *medikament* arznei* *mittel médicament*
    medicament* fármaco* tablet* tablette*
trial: trial* study *studie* essai* étude* ensayo* estudio*
halt: halt halts halted stop stops stopped suspend* abbricht bricht gestoppt stoppt arrêt* suspen*
    detien* paraliz*
award: award* prize* medal honour* honor* *preis auszeichnung* ausgezeichnet prix* récompens*
    premio* galardón* winner
win: win wins won gewinnt gewann gewonnen *zuschlag* gagne* remport* gana gana*
name: name names named appoint* becomes tap taps ernennt ernannt wird beruf* nomm* devient désign*
    nombra* nombrad* designa*
succeed: succeed* successor* nachfolg* successeur* succède* sucesor* sucede* sucesión
leave: leave leaves leaving left step steps stepping quit quits resign* depart* exit exits
    verlässt geht rücktritt* zurücktret* abgang* quitte* départ démission* deja dejar dimite*
    dimisión renuncia*
chief: chief chiefs boss ceo chief-executive *chef *chefin vorstand* vorstandschef* directeur*
    directrice* dirigeant* patron pdg director* directora consejero* presidente
finance: finance financial cfo *finanz* financier* finances financiero*
founder: founder* co-founder* gründer* *gründerin fondat* cofondat* fundador* cofundador*
union: union unions gewerkschaft* syndicat* sindicato*
talks: talks negotiat* gespräch* verhandl* négoci* negocia* discussion*
deal: deal deals agreement* agree* agreed pact einigung* einig* abkommen* vereinbar* accord*
    accordo acuerdo* pacto
wage: wage wages pay salary salaries *lohn* löhne gehalt gehälter salaire* sueldo* salario*
partner: partner* partnership* collaborat* kooperation* partnerschaft* partenari* alianza*
    colabora*
million: million* mio millones
billion: billion* milliarde* mrd milliard*
percent: percent prozent pourcent
storm: storm* hurricane* *sturm* tempête* tormenta* temporal
flood: flood* *hochwasser* überschwemm* inondation* inundaci*
airline: airline* carrier fluglinie* *fluggesellschaft* compagnie* aerolínea*
flight: flight* flug flüge *flug vol vols vuelo*
pilot: pilot pilots piloten* *pilot pilote* piloto*
plane: plane planes jet jets aircraft *flugzeug* *maschine* avion* avión aviones
ship: ship ships vessel* schiff* *schiff *schiffe navire* bateau* paquebot* buque* barco*
shipyard: shipyard* shipbuilder* yard yards werft* *schiffbau* chantier* naval astillero*
car: car cars vehicle* auto autos *wagen *auto fahrzeug* voiture* véhicule* coche* vehículo*
carmaker: carmaker* automaker* autobauer* *autobauer constructeur* automóvil*
truck: truck trucks lorry lorries lkw lastwagen camion* camión camiones
battery: batter* *batterie* akku* pile piles batería*
train: train trains zug züge *züge *zug tren trenes rail
wind: wind windpark* windkraft* éolien* eólic* turbine*
power: power electricity energy *strom strom* energie* énergie* électricité* electricidad energía
steel: steel* *stahl* acier* acero* siderúrg*
bank: bank banks banque* banco*
store: store stores shop shops filiale* laden läden magasin* boutique* tienda*
branch: branch branches filiale filialen agence agences sucursal*
hotel: hotel* hôtel*
hospital: hospital* klinik* *krankenhaus* *krankenhäuser hôpital* hôpitaux
school: school* schule* école* escuela* colegio*
government: government* regierung* gouvernement* gobierno*
europe: eu brussels brüssel bruxelles bruselas
software: software* logiciel* programa
chip: chip chips chipfabrik* semiconductor* halbleiter* puce puces semiconductor*
robot: robot* roboter*
food: food foods lebensmittel* aliment*
beer: beer beers bier bière* cerveza*
coffee: coffee kaffee* café*
game: game games spiel *spiel jeu jeux juego*
film: film films movie* *film série series película*
network: network* *netz netze réseau* red redes
customs: tariff* zoll zölle douane* arancel* aduan*
hydrogen: hydrogen wasserstoff* hydrogène hidrógeno
climate: climate klima* climat* clima*
apology: apolog* sorry entschuldig* excuse* disculpa*
boycott: boycott* *boykott* boicot*
protest: protest* demonstr* kundgebung* rallied manifest* dénonc*
christmas: christmas weihnacht* noël navidad*
summer: summer sommer* été verano*
autumn: autumn fall herbst* automne otoño
spring: spring frühjahr* frühling* printemps primavera
germany: germany german deutschland deutsche* allemagne allemand* alemania alemán*
france: france french frankreich* französisch* français* francia francés*
spain: spain spanish spanien* spanisch* espagn* españ*
italy: italy italian* italien* italia italiano*
britain: britain british uk großbritannien* britisch* britannique* royaume-uni reino británic*
america: us usa america* amerik* *amerika* états-unis étatsunis américain* estados estadounid*
china: china chinese chines* chine chinois* chino*
japan: japan* japon*
russia: russia* russland* russ russe* rusia ruso*
"""

# What is said at a company when something bad has happened: its own words, without the thing.
STATEMENT = re.compile(
    r"\b(?:statement|our (?:response|post-mortem)|(?:message|letter) (?:from|to)|an update on|"
    r"response to|our thoughts|we are (?:deeply )?sorry|apolog\w+|condolences|"
    r"stellungnahme|erklärung|mitgefühl|beileid|in eigener sache|wir trauern|"
    r"communiqué|déclaration|mise au point|condoléances|"
    r"comunicado|declaración|condolencias|nota de prensa)\b",
    re.IGNORECASE,
)

# What cannot be told of one person or thing in one event: a word of each side in a title.
OPPOSITES = (
    (
        r"names?|named|appoint\w*|hires?|hired|joins?|becomes|promot\w+|tapped|taps|welcomes|"
        r"ernennt|ernannt|wird|holt|devient|nomm\w+|nombra\w*|ficha|nuev[oa]",
        r"leaves?|leaving|quits?|resign\w*|steps? down|stepping down|departs?|departure|ousted|"
        r"sacks?|sacked|fired|exits?|retire\w*|verlässt|geht|tritt zurück|rücktritt|quitte|"
        r"démission\w*|dimite|deja|renuncia",
    ),
    (
        r"strikes?|walk ?outs?|streik\w*|grève|huelga|freezes?|einstellungsstopp",
        r"averts?|averted|called off|calls off|lifts?|ends?|ended|abgewendet|beendet|deal|"
        r"évit\w+|évitée|evita\w*|desconvoca\w*",
    ),
    (
        r"rises?|rose|gains?|jumps?|soars?|climbs?|up|surges?|steig\w+|bondit|sube\w*",
        r"falls?|fell|drops?|slumps?|slides?|tumbles?|plunges?|down|sinks?|fällt|chute|cae\w*",
    ),
    (
        r"opens?|opening|eröffn\w+|ouvre|abr\w+",
        r"clos\w+|shuts?|schließ\w+|ferme\w*|cierra\w*|cierre",
    ),
    (
        r"down|offline|hit by|outage|trapped|eingeschlossen|atrapad\w+|crippl\w+",
        r"restored?|back online|back up|rescued?|gerettet|rescatad\w+|saved|alive",
    ),
    (
        r"restricts?|bans?|blocks?|suspends?|halts?|delays?",
        r"allows?|lifts|clears?|approves?|resumes?|reopens?",
    ),
)

# no border test: what the words mean
# How often a thing has happened, or which of a series it is.
ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first q1 erste ersten erstes premier première primer primera 1st h1",
            "second q2 zweite zweiten zweites deuxième segundo segunda 2nd h2",
            "third q3 dritte dritten drittes troisième tercer tercera 3rd",
            "fourth q4 vierte vierten viertes quatrième cuarto cuarta 4th",
            "fifth fünfte fünften cinquième quinto 5th",
            "sixth sechste sechsten sixième sexto 6th",
        ),
        start=1,
    )
    for word in words.split()
}

# no border test: what the words mean
NUMBER_WORDS = {
    word: number
    for number, words in (
        (2, "two zwei deux dos"),
        (3, "three drei trois tres"),
        (4, "four vier quatre cuatro"),
        (5, "five fünf cinq cinco"),
        (6, "six sechs seis"),
        (7, "seven sieben sept siete"),
        (8, "eight acht huit ocho"),
        (9, "nine neun neuf nueve"),
        (10, "ten zehn dix diez"),
        (11, "eleven elf onze once"),
        (12, "twelve zwölf douze doce dozen dutzend douzaine docena"),
        (13, "thirteen dreizehn treize trece"),
        (14, "fourteen vierzehn quatorze catorce"),
        (15, "fifteen fünfzehn quinze quince"),
        (16, "sixteen sechzehn seize dieciséis"),
        (17, "seventeen siebzehn diecisiete"),
        (18, "eighteen achtzehn dieciocho"),
        (19, "nineteen neunzehn diecinueve"),
        (20, "twenty zwanzig vingt veinte"),
        (30, "thirty dreißig trente treinta"),
        (40, "forty vierzig quarante cuarenta"),
        (50, "fifty fünfzig cinquante cincuenta"),
        (60, "sixty sechzig soixante sesenta"),
        (100, "hundred hundert cent cien"),
    )
    for word in words.split()
}

# no border test: what the words mean
SCALES = {
    word: scale
    for scale, words in (
        (1e3, "thousand tausend mille mil k tsd"),
        (1e6, "million millions m mn mio millionen millón millones"),
        (1e9, "billion billions bn b mrd milliarde milliarden milliard milliards"),
    )
    for word in words.split()
}


def _table() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return the meanings of whole words, of their beginnings and of their ends."""
    whole, begins, ends = dict[str, str](), dict[str, str](), dict[str, str]()
    name = ""
    for word in MEANINGS.split():
        bare = word.strip("*:")
        if word.endswith(":"):
            name = bare
            continue
        if word.startswith("*"):
            ends.setdefault(bare, name)
        if word.endswith("*"):
            begins.setdefault(bare, name)
        elif not word.startswith("*"):
            whole.setdefault(bare, name)
    return whole, begins, ends


_WHOLE, _BEGINS, _ENDS = _table()
# no border test: speed only
_SHORTEST, _LONGEST = 2, max(map(len, (*_BEGINS, *_ENDS)))


@lru_cache(maxsize=1 << 16)
def meaning_of(word: str) -> str:
    """Return the meaning that the dictionary has for a word in small letters, or ""."""
    if word in _WHOLE:
        return _WHOLE[word]
    lengths = range(min(_LONGEST, len(word)), _SHORTEST - 1, -1)  # the longest first
    begins = (_BEGINS[word[:n]] for n in lengths if word[:n] in _BEGINS)
    ends = (_ENDS[word[-n:]] for n in lengths if word[-n:] in _ENDS)
    return next(begins, "") or next(ends, "")
