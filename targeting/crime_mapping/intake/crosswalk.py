"""From a records system's offense code to the category the team counts in.

First the team's own table, then NIBRS codes, then UCR class numbers of five or six digits, then the words of the
offense. What none of them knows is counted as not matched and listed for a person to match (elements 1.1b, 1.1c).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from targeting.crime_mapping.models.categories import Category as C

NIBRS = {
    "09A": C.HOMICIDE, "09B": C.HOMICIDE, "09C": C.OTHER, "11A": C.RAPE, "11B": C.RAPE, "11C": C.RAPE, "11D": C.SEX,
    "36A": C.SEX, "36B": C.SEX, "370": C.SEX, "64A": C.SEX, "120": C.ROBBERY, "13A": C.AGGRAVATED_ASSAULT,
    "13B": C.SIMPLE_ASSAULT, "13C": C.SIMPLE_ASSAULT, "200": C.ARSON, "220": C.BURGLARY, "23A": C.THEFT,
    "23B": C.THEFT, "23C": C.THEFT, "23D": C.THEFT, "23E": C.THEFT, "23F": C.THEFT, "23G": C.THEFT, "23H": C.THEFT,
    "240": C.VEHICLE_THEFT, "290": C.VANDALISM, "35A": C.DRUGS, "35B": C.DRUGS, "40A": C.PROSTITUTION,
    "40B": C.PROSTITUTION, "40C": C.PROSTITUTION, "520": C.WEAPONS, "521": C.WEAPONS, "522": C.WEAPONS,
    "90B": C.DISORDER, "90C": C.DISORDER, "90E": C.DISORDER, "90G": C.DISORDER, "90J": C.DISORDER, "90H": C.SEX,
    "90A": C.OTHER, "90D": C.OTHER, "90F": C.OTHER, "90Z": C.OTHER, "100": C.OTHER, "210": C.OTHER, "250": C.OTHER,
    "26A": C.OTHER, "26B": C.OTHER, "26C": C.OTHER, "26D": C.OTHER, "26E": C.OTHER, "26F": C.OTHER, "26G": C.OTHER,
    "270": C.OTHER, "280": C.OTHER, "39A": C.OTHER, "39B": C.OTHER, "39C": C.OTHER, "510": C.OTHER, "720": C.OTHER,
}  # fmt: skip
# The classes of the Uniform Crime Reports: 1 to 8 are Part I, 9 to 29 Part II.
UCR = {
    1: C.HOMICIDE, 2: C.RAPE, 3: C.ROBBERY, 4: C.AGGRAVATED_ASSAULT, 5: C.BURGLARY, 6: C.THEFT, 7: C.VEHICLE_THEFT,
    8: C.ARSON, 9: C.SIMPLE_ASSAULT, 10: C.OTHER, 11: C.OTHER, 12: C.OTHER, 13: C.OTHER, 14: C.VANDALISM,
    15: C.WEAPONS, 16: C.PROSTITUTION, 17: C.SEX, 18: C.DRUGS, 19: C.OTHER, 20: C.OTHER, 21: C.OTHER, 22: C.DISORDER,
    23: C.DISORDER, 24: C.DISORDER, 25: C.DISORDER, 26: C.OTHER, 27: C.OTHER, 28: C.DISORDER, 29: C.OTHER,
}  # fmt: skip
WORDS = tuple(
    (re.compile(pattern), category)
    for pattern, category in (
        (r"IDENTITY|IMPERSONAT|\bFRAUD|FORGE|COUNTERFEIT|EMBEZZ|BAD CHECK|CREDIT CARD|BY DECEIT|SWINDLE", C.OTHER),
        (r"HOMICID|MURDER|MANSLAUGHTER", C.HOMICIDE),
        (r"\bRAPE|SODOMY|SEXUAL ASSAULT|SEX.* ASSAULT", C.RAPE),
        (r"PROSTITUT|SOLICIT.*SEX|PANDERING", C.PROSTITUTION),
        (r"\bSEX|INDECEN|MOLEST|LEWD|INCEST", C.SEX),
        (r"CARJACK|ROBB|\bHOLD ?UP", C.ROBBERY),
        (r"AGG\w*[ .-]*(ASS|BATT)|ASS?LT[ .-]+AGG|ASSAULT[ .-]+AGG|ASSAULT (1|I)\b|ASS?AU?LT W/|"
         r"DEADLY WEAPON|"
         r"DANGEROUS WEAPON\b.*ASS|FELONY ASSAULT", C.AGGRAVATED_ASSAULT),
        (r"FIELD (CONTACT|INTERVIEW)|\bFI CARD|PED(ESTRIAN)? CHECK", C.CONTACT),
        (r"SHOTS? (HEARD|FIRED)|SHOT ?SPOT|SHOOTING|GUNFIRE|DISCHARG\w* (OF )?(A )?(FIREARM|WEAPON|GUN)",
         C.SHOTS),
        (r"DRUG|\bNARC|CONTR\w* SUB|MARIJUANA|CANNABIS|COCAINE|HEROIN|OPI(UM|ATE|OID)|FENTANYL|METHAMPH|\bVUCSA|"
         r"\bPCS\b|PARAPHERNALIA|\bCDS\b|OVERDOSE", C.DRUGS),
        (r"WEAPON|FIREARM|\bGUN\b|CONCEALED CARRY|UNLAWFUL USE OF", C.WEAPONS),
        (r"BURGL|\bBURG\b|BREAKING (AND|&) ENTER|\bB ?& ?E\b|HOME INVASION", C.BURGLARY),
        (r"(AUTO|VEHICLE|MOTOR\w*|\bCAR)\W*(\w+\W+){0,2}(THEFT|STOLEN)|"
         r"THEFT (OF|-) ?(A )?(MOTOR )?(VEH|AUTO|CAR)|STOLEN (MOTOR )?(VEH|AUTO|CAR)|GRAND THEFT AUTO|\bGTA\b",
         C.VEHICLE_THEFT),
        (r"\bLARC|THEFT|SHOPLIFT|STEALING|\bSTLG\b|PURSE|PICKPOCKET", C.THEFT),
        (r"ARSON", C.ARSON),
        (r"ASSAULT|ASSLT|BATTERY|FIGHT|MENAC", C.SIMPLE_ASSAULT),
        (r"VANDAL|GRAFFITI|PROPERTY DAMAGE|DAMAGE TO PROP|(CRIMINAL|MALICIOUS) (MISCHIEF|DAMAGE)|DEST\w* OF PROP",
         C.VANDALISM),
        (r"DISTURB|DISORDER|LOITER|NOISE|NUISANCE|SUSPIC|TRESPASS|DRUNK|LIQUOR|INTOXICAT|LOUD|PEACE|PANHANDL|"
         r"URINAT|LITTER|DUMPING|DEBRIS|TRASH|VACANT|DERELICT|WEEDS?\b|CURFEW|VAGRAN|UNWANTED|"
         r"VACNT|UNSECURED|BOARD[ -]?UP|(PPTY|PROPERTY|BLDG|BUILDING|HOUSING)\W+(MAINT|CODE|COLLAPS|CONDITION)|"
         r"CODE VIOLATION|ABANDON\w* (VEH|AUTO|CAR|BUILD|BLDG|HOUSE|PROP)|OVERGROWN|FIREWORK|NEEDLE|SYRINGE|ENCAMP",
         C.DISORDER),
        (r"LEAVING (THE )?SCENE|SICK CASE|OPEN DOOR|CAVE-?IN|AMBULANCE|"
         r"TRAFFIC|ACCIDENT|COLLISION|\bCRASH|HIT (AND|&) RUN|\bDUI\b|\bDWI\b|ALARM|MISSING (PERSON|ADULT|JUV)|"
         r"RUNAWAY|WARRANT|WELFARE CHECK|CHECK (ON )?WELFARE|MEDICAL|SUICID|ANIMAL|FOUND PROP|LOST PROP|PARKING|HARASS|"
         r"KIDNAP|EXTORT|GAMBLING|STOLEN PROP|\bCHILD|STALK|VIOL\w* (OF )?(COURT|PROTECT|ORDER)", C.OTHER),
    )
)  # fmt: skip
# A vehicle stolen is not a thing stolen from a vehicle.
_FROM_VEHICLE = re.compile(
    r"(THEFT|LARCENY|STEALING)\W+(FROM|F/|OF PARTS|\w+ FROM)|(THEFT|LARCENY) OF MOTOR VEHICLE PARTS|"
    r"BURG\w*\W+(FROM|OF)\W+(MOTOR |A )?(VEH|AUTO|CAR)|(VEHICLE|CAR|AUTO) BREAK"
)
_CLASS_NUMBER = re.compile(r"^\d{5,6}$")
Own = Mapping[tuple[str, str], str]


def categorise(code: str, title: str, own: Own, *, has_classes: bool = True) -> str:
    """The category of an offense; `own` maps (code, title) and (code, "") to what the team decided.

    `has_classes` tells whether numbers of five or six digits are UCR class numbers (`has_class_numbers`); those of
    other systems say nothing by themselves.
    """
    decided = own.get((code, title)) or own.get((code, ""))
    if decided:
        return decided
    short = code.upper().split("-")[0].strip()
    if short in NIBRS and not short.isdigit():
        return NIBRS[short]
    if has_classes and _CLASS_NUMBER.match(code) and int(code) // 10_000 in UCR:
        return UCR[int(code) // 10_000]
    known = _by_words(f"{title} {code}".upper() if title else code.upper())
    # Three digits mean one thing in NIBRS and another in many a local list, so words go first.
    return NIBRS.get(short, C.UNMATCHED) if known == C.UNMATCHED else known


def is_known(words: str) -> bool:
    """Whether the words of an offense say what it is."""
    return _by_words(words.upper()) != C.UNMATCHED


def has_class_numbers(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether a file's numbers of five or six digits are UCR classes: they seldom contradict the words beside them."""
    agree = differ = 0
    for code, title in pairs:
        if _CLASS_NUMBER.match(code) and (words := _by_words(title.upper())) != C.UNMATCHED:
            same = UCR.get(int(code) // 10_000) == words
            agree, differ = agree + same, differ + (not same)
    return agree >= differ


def _by_words(text: str) -> str:
    if _FROM_VEHICLE.search(text):
        return C.THEFT
    for pattern, category in WORDS:
        if pattern.search(text):
            return category
    return C.UNMATCHED
