"""The categories incidents are counted in, whatever a records system calls its offenses."""

from __future__ import annotations

from django.db import models


class Category(models.TextChoices):
    """UCR Part I by offense, the offenses a drug market brings, and the rest."""

    HOMICIDE = "homicide", "Homicide"
    RAPE = "rape", "Rape"
    ROBBERY = "robbery", "Robbery"
    AGGRAVATED_ASSAULT = "aggravated_assault", "Aggravated assault"
    BURGLARY = "burglary", "Burglary"
    THEFT = "theft", "Larceny-theft"
    VEHICLE_THEFT = "vehicle_theft", "Motor vehicle theft"
    ARSON = "arson", "Arson"
    DRUGS = "drugs", "Drugs"
    WEAPONS = "weapons", "Weapons"
    PROSTITUTION = "prostitution", "Prostitution"
    SEX = "sex", "Sex offenses"
    SIMPLE_ASSAULT = "simple_assault", "Simple assault"
    VANDALISM = "vandalism", "Vandalism"
    DISORDER = "disorder", "Disorder"
    SHOTS = "shots", "Shots heard"
    CONTACT = "contact", "Field contact"
    OTHER = "other", "Other"
    UNMATCHED = "unmatched", "Code not matched"


PART_ONE = (
    Category.HOMICIDE,
    Category.RAPE,
    Category.ROBBERY,
    Category.AGGRAVATED_ASSAULT,
    Category.BURGLARY,
    Category.THEFT,
    Category.VEHICLE_THEFT,
    Category.ARSON,
)
VIOLENT = PART_ONE[:4]
MARKET = (Category.DRUGS, Category.WEAPONS, Category.PROSTITUTION, Category.SEX)
# Their places would lead to a victim: never drawn as points outside law enforcement (elements 1.1c; access row 8).
VICTIM_BEARING = (Category.RAPE, Category.SEX)
