"""Words that say little about what a text is about, whatever the news: general English knowledge.

A list is here only where it moves nDCG@10 on the labelled interviews by a hundredth or more. They
are normalized like every other word, so one form of each is enough.
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
