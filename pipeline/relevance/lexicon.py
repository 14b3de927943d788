"""Words that say little about what a text is about, whatever the news: general English knowledge.

A list is here only where it moves nDCG@10 on the labelled interviews by a hundredth or more, or, as
`FILLERS`, keeps a reason from being shown that is none. They are normalized like every other word,
so one form of each is enough.
"""

from __future__ import annotations

from pipeline.relevance.terms import words_of

# What every interview has and no news is worth a message for.
LOGISTICS = frozenset(
    words_of(
        """parking building visitor badge salary band pay bonus pension relocation taxi bus train
        lunch coffee holiday notice allowance expenses floor reception start date contract hr
        recruiter interviewer interview panel process round decision email phone zoom teams minutes
        hour
        """
    )
)

# How many and when: in any news, and about none.
COUNTED = frozenset(
    words_of(
        """january february march april may june july august september october november december
        two three four five six seven eight nine ten eleven twelve dozen hundred thousand million
        billion half first second third fourth fifth twice autumn fall winter spring summer
        morning evening night midnight christmas easter
        """
    )
)

# The same in four languages, as English has "years" among its stop words.
FILLERS = COUNTED | frozenset(
    words_of(
        """twenty thirty forty fifty sixty seventy eighty ninety trillion decade minute hour
        tage tagen jahr jahre jahren jahres jährig jährige jähriger jährigen monat monate
        monaten woche wochen wochenende stunde stunden minuten sekunde sekunden jahrzehnt
        jahrzehnte jahrzehnten zwei drei vier fünf sechs sieben acht neun zehn zwölf dreizehn
        vierzehn fünfzehn zwanzig dreißig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig
        hundert tausend millionen milliarde milliarden dutzend hälfte erste ersten erster erstes
        zweite zweiten zweiter dritte dritten dritter vierte fünfte uhr montag dienstag
        mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober
        dezember frühling sommer herbst gestern heute morgens abend abends nacht mittag
        ans an année jour journée mois semaine heure seconde siècle décennie deux trois quatre cinq
        sept huit neuf dix onze douze treize quatorze quinze vingt trente quarante cinquante
        soixante mille millier milliard dizaine douzaine vingtaine trentaine centaine
        moitié première deuxième troisième quatrième cinquième lundi mardi mercredi jeudi
        vendredi samedi dimanche janvier février avril juin juillet août septembre octobre novembre
        décembre printemps été automne hiver hier demain aujourd'hui matin matinée soir soirée nuit
        midi
        año día mes meses semana hora minuto segundo siglo década tres cuatro cinco seis siete
        ocho nueve diez doce trece catorce quince veinte treinta cuarenta cincuenta sesenta setenta
        ochenta noventa cien ciento cientos millar millares millón millones docena decena mitad
        primero primera segunda tercero tercera cuarto quinto lunes martes miércoles jueves viernes
        sábado domingo enero febrero marzo abril mayo junio julio septiembre octubre noviembre
        diciembre primavera verano otoño invierno ayer mañana noche tarde
        """
    )
)

# Those that are another word in English, or a name: in notes of their language alone.
OWN_FILLERS = {
    "german": frozenset(words_of("tag elf mal morgen")),
    "french": frozenset(words_of("cent mars premier")),
    "spanish": frozenset(words_of("dos mil media medio")),
}

# Where, not what: a country's name makes a shared word, but not a shared subject.
PLACES = frozenset(
    words_of(
        """afghan afghanistan african africa albania albanian algeria algerian american americas
        america argentina argentine asia asian atlantic australia australian austria austrian
        bangladesh belgian belgium bolivia brazil brazilian britain british briton bulgaria
        bulgarian cambodia canada canadian caribbean chile chilean china chinese colombia colombian
        croatia croatian cuba cuban czech danish denmark dutch egypt egyptian england english
        estonia ethiopia europe european finland finnish flemish france french georgia german
        germany ghana greece greek holland hungarian hungary iceland india indian indonesia
        indonesian iran iranian iraq iraqi ireland irish israel israeli italian italy jamaica
        jamaican japan japanese jordan kenya kenyan korea korean kuwait latin latvia lebanon
        lebanese libya lithuania malaysia mexican mexico moroccan morocco netherlands zealand
        nepal nigeria nigerian nordic norway norwegian pacific pakistan pakistani palestinian peru
        philippines poland polish portugal portuguese romania romanian russia russian saudi
        scandinavian scotland scottish serbia singapore slovak slovenia spain spaniard spanish
        sweden swedish swiss switzerland syria taiwan taiwanese thai thailand tunisia turkey turkish
        uganda ukraine ukrainian uk usa eu venezuela vietnam vietnamese wales welsh yemen zimbabwe
        western eastern northern southern north south east west
        alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii
        idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
        minnesota mississippi missouri montana nebraska nevada hampshire jersey ohio oklahoma
        oregon pennsylvania carolina dakota tennessee texas utah vermont virginia wisconsin wyoming
        york angeles chicago boston houston dallas philadelphia detroit seattle denver atlanta
        miami phoenix francisco diego vegas orleans toronto montreal vancouver london manchester
        birmingham leeds glasgow edinburgh dublin paris lyon berlin munich hamburg frankfurt vienna
        zurich geneva brussels amsterdam rotterdam copenhagen stockholm oslo helsinki madrid
        barcelona lisbon rome milan athens moscow warsaw prague budapest istanbul cairo
        johannesburg nairobi lagos dubai delhi mumbai bombay beijing shanghai hong kong tokyo
        osaka seoul sydney melbourne city town county state country
        """
    )
)

# Words that companies are called by, and that news use for the thing itself: before a workspace has
# read enough to count, they are taken for the thing. General knowledge, written down for this.
ORDINARY_WORDS = frozenset(
    """access ace acorn agility air alarm albert alpha alphabet amber anchor angel apex apple
    arc arch archer aria arrow ascent aspect aspire assembly asset atlas aurora avenue axis
    balance bamboo barrel base basis beacon beam bear bee bell benchmark better beyond big bird
    bishop black blaze block bloom blue board bold bolt bond book boost border boss bounce box
    brain branch brave breeze brick bridge bright brook bubble bud buffer build bumble button
    cable caliber calm canal candid canopy canvas capital carbon care cargo carrier cascade
    castle catalyst cedar cell centre century chain change chapter charm chase chime choice
    cinch circle citizen citrus clear cliff climb clipper cloud clover coach coast cobalt comet
    common compass concord cone confluence contour copper coral core corner cosmos courier cover
    craft crane credible crest crown crystal cube current curve dash dawn deck deep delta depot
    desk diamond digest direct discover dive dock dome door dot dove dragon drift drive drop
    dune eagle earnest earth echo eclipse edge elastic element elevate ember emerald empire
    encore energy engine ensemble entrust epic equinox era essence everest evergreen exact
    express fable factor falcon fast fathom feather fiber field figure finch fire first flame
    flash fleet flex flow flux focus forge fork form forward foundry fox frame freedom freight
    frontier fuel fuse fusion future galaxy gap garden gate gem general genesis glint globe gold
    good grace grain grammar granite graph grid grove growth guardian guild habit halo hammer
    harbor harbour harvest haven hawk heart hearth helix heron hinge hive home honey hook hope
    horizon hub hummingbird icon impact imprint indeed infinity insight instant iris iron island
    ivy jade jasper jet journey juniper jupiter kayak kernel key keystone kite ladder lake
    lantern lark laser lattice launch lava leaf league ledger legacy lemonade lens level lever
    liberty light lighthouse lily lime link lion loft loom loop lotus loyal lucid lumen luna
    lynx mantra maple march marina marker market mars match matrix matter maven maze meadow
    melody mercury merit mesh meta meteor method metro milestone mill mint mirror mission modern
    momentum monarch monday monument moon mosaic motion motive mountain mural nest network new
    next nexus nimble noble nord north notion nova oak oasis oath object ocean octave offset
    omega onward onyx opal open optic optimum oracle orange orbit orchard orchid origin osprey
    otter outlook outpost owl paddle page palette palm panda paper parable paradox parallel park
    path patina patriot peak pearl pebble pendulum penguin perch perfect phoenix pilot pine
    pinnacle pioneer pipe pivot pixel plaid planet plasma platform plume point polar pool poppy
    porch post prairie primer prism pro process progress prologue prompt proof prosper pulse
    pure puzzle pyramid quantum quarry quartz quest quick quill radar radius rally ramp range
    rapid raven reach realm reason record reef reflex relay render reserve resolve resource
    rhythm ridge ring ripple rise river robin rocket root rose rover ruby run saffron sage sail
    salt sand sapphire satellite scale scope scout sense sentinel sequel sequence shape sharp
    shell shield shift shop signal silver simple sky skyline slack slate smart snap snow society
    solar sonic source south spark spectrum sphere spire spirit splash spoke spot sprig spring
    sprint sprout square stage standard star station steam steel stellar step sterling stone
    storm stream stride strike stripe strong studio summit sun surf surface surge swift swing
    switch symphony sync table tandem tango target tempo tempus terrace thread thrive tide tiger
    tile timber titan toast together token topaz torch total touch tower trace track trade
    traverse tree trellis triangle tribe trident trinity triumph true trust tulip turbine turn
    twist umbra union unison united unity upstart urban valley value vanguard vault vector
    venture verb verge vertex vessel vibrant victory view village vine vintage visa vision vista
    vital vivid volt voyage wave waypoint wealth weave west wheel willow wind window wing wire
    wise wish wonder wood workday workshop yard zenith zephyr zest zoom""".split()
)
