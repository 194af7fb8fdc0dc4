"""Buys by officers: when, where, what, for how much, with what proof."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.contrib.gis.db import models
from django.core.validators import MinValueValidator, RegexValidator
from django.db.models import Q

from dmi.core.models import CaseRecord
from dmi.evidence.models import MediaItem
from dmi.people.models import Player
from dmi.places.models import Place

# A code, never a name: a few letters, then a number.
CODE = RegexValidator(
    r"^[A-Za-z]{0,8}[- ]?[0-9]{1,6}[A-Za-z]?$", "A code is a few letters and a number, such as UC-3. Never a name."
)
CENT = Decimal("0.01")


class Unit(models.TextChoices):
    """In what the laboratory or the officer weighed."""

    GRAMS = "g", "grams"
    MILLIGRAMS = "mg", "milligrams"
    OUNCES = "oz", "ounces"
    POUNDS = "lb", "pounds"


GRAMS_IN = {
    Unit.GRAMS: Decimal(1), Unit.MILLIGRAMS: Decimal("0.001"), Unit.OUNCES: Decimal("28.349523125"),
    Unit.POUNDS: Decimal("453.59237"),
}  # fmt: skip


class BuyFacts(CaseRecord):
    """Shared shape of a controlled buy: when, where, what, for how much, with what proof."""

    joins_on_merge = True  # two entries of one person: each one's buys count; a refusal would tell of sealed ones

    class Recording(models.TextChoices):
        NONE = "none", "Not recorded"
        AUDIO = "audio", "Audio"
        VIDEO = "video", "Video"
        BOTH = "both", "Audio and video"

    bought_at = models.DateTimeField("when")
    place = models.CharField("where", max_length=200)
    listed_place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    point = models.PointField(srid=4326, null=True, blank=True)
    product = models.CharField(max_length=80)
    weight = models.DecimalField(
        "weight", max_digits=10, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    weight_unit = models.CharField("weighed in", max_length=2, choices=Unit, default=Unit.GRAMS)
    weight_grams = models.DecimalField(
        "weight in grams", max_digits=8, decimal_places=2, blank=True, validators=[MinValueValidator(0)]
    )
    money_dollars = models.DecimalField(
        "money in dollars", max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    serials = models.TextField("serial numbers of the bills", max_length=1000, blank=True)
    recording = models.CharField(max_length=6, choices=Recording, default=Recording.NONE)
    has_photographs = models.BooleanField("photographed", default=False)
    report_number = models.CharField(max_length=40)
    account = models.TextField("what happened", max_length=4000)
    evidence_numbers = models.TextField("evidence item numbers", max_length=600, blank=True)
    lab_number = models.CharField("laboratory number", max_length=40, blank=True)
    lab_sent_on = models.DateField("sent to the laboratory on", null=True, blank=True)
    lab_result = models.CharField("laboratory result", max_length=200, blank=True)
    lab_on = models.DateField("result of", null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """The weight in grams follows from the weight as it was written."""
        super().clean()
        if self.weight is not None:
            grams = Decimal(self.weight) * GRAMS_IN[Unit(self.weight_unit)]
            self.weight_grams = grams.quantize(CENT, ROUND_HALF_UP)
        elif self.weight_grams is not None:
            self.weight, self.weight_unit = self.weight_grams, Unit.GRAMS

    @property
    def weight_words(self) -> str:
        """The weight as it was written: "0.4 grams", "1 gram"."""
        if self.weight is None:
            return f"{self.weight_grams} grams"
        unit = str(self.get_weight_unit_display())
        return f"{Decimal(self.weight).normalize():f} {unit.removesuffix('s') if self.weight == 1 else unit}"

    @property
    def is_recorded(self) -> bool:
        """Whether audio or video of the buy exists."""
        return self.recording != self.Recording.NONE

    @property
    def lab_state(self) -> str:
        """How far the laboratory is: result, waiting or unsent."""
        if self.lab_result:
            return "result"
        return "waiting" if self.lab_number else "unsent"

    @property
    def evidence_list(self) -> list[str]:
        """The evidence item numbers, one by one."""
        return [line.strip() for line in self.evidence_numbers.splitlines() if line.strip()]


class OfficerBuy(BuyFacts):
    """A buy by an undercover officer; who the officer is stands nowhere in this record, only a code."""

    data_class = "undercover_buys"

    player = models.ForeignKey(Player, models.PROTECT, related_name="officer_buys")
    officer_code = models.CharField("officer, by code", max_length=16, blank=True, validators=[CODE])

    class Meta:
        ordering = ("bought_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("case", "report_number"), name="officer_buy_report_once",
                violation_error_message="A buy with this report number is on file already.",
            ),
            models.CheckConstraint(
                name="officer_buy_lab_has_number",
                condition=Q(lab_result="") | ~Q(lab_number=""),
                violation_error_message="A laboratory result needs the laboratory number.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Buy {self.report_number}"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The code in one spelling before anything is compared with it."""
        self.officer_code = self.officer_code.strip().upper()
        super().full_clean(*args, **kwargs)


class BuyMedia(CaseRecord):
    """A photograph or recording of an officer's buy, in the order the notebook shows it."""

    data_class = "undercover_buys"

    buy = models.ForeignKey(OfficerBuy, models.PROTECT, related_name="media")
    item = models.ForeignKey(MediaItem, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("position", "created_at")
        constraints = [models.UniqueConstraint(fields=("buy", "item"), name="item_once_a_buy")]

    def __str__(self) -> str:
        return self.caption
