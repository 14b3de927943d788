"""Words that say little about what a text is about, whatever the news: general English knowledge.

None of them comes from a labelled article. They are normalized like every other word, so that one
form of each is enough.
"""

from __future__ import annotations

from pipeline.relevance.terms import words_of

# What every interview has and no news is worth a message for.
LOGISTICS = frozenset(
    words_of(
        """parking park parked garage badge visitor salary pay band bonus scheme pension relocation
        train bus shuttle taxi lunch coffee sandwiches dumplings notice holiday allowance mileage
        expenses building floor room reception coat start date contract hr recruiter interviewer
        interview panel process round decision email phone zoom teams minutes hour asked half talk
        told thinks likes big good nice honest free low level expires
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

# How a thing stood in the office, not what it stands for.
FURNISHING = frozenset(
    words_of(
        """photo photograph picture poster framed frame wall desk shelf shelves mug cup monitor
        window sill sofa chair table lamp clock calendar plant box boxes case glass bottle signed
        model lump souvenir card postcard drawing painting watercolour print trophy medal foam
        paperweight bobblehead toy miniature figurine statue scarf cap hat shirt sticker pin badge
        book cover screensaver laptop bag coffee teapot collection piece foot big small little tiny
        old corner door behind hanging hung standing seen said told loves love fan plays play
        follows sponsor sponsors wanted wants worked works volunteered summer winter spring autumn
        weekend year years son daughter kid child children wife husband family teenage everything
        people degree circle
        """
    )
)

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
