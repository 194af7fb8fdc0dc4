"""Step 4: buys by officers and by informant number, and each player's case as it grows."""

from __future__ import annotations

from django.contrib.gis.db import models
from django.core.validators import MinValueValidator
from django.db.models import Q

from dmi.core.models import CaseRecord
from dmi.evidence.models import MediaItem
from dmi.people.models import Player


class Operation(CaseRecord):
    """A planned series of buys: restricted, assigned people only."""

    data_class = "operations"

    code_name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    plan = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering = ("-starts_on",)
        constraints = [models.UniqueConstraint(fields=("case", "code_name"), name="operation_code_once")]

    def __str__(self) -> str:
        return self.code_name


class BuyFacts(CaseRecord):
    """Shared shape of a controlled buy: when, where, what, for how much, with what proof."""

    class Recording(models.TextChoices):
        NONE = "none", "Not recorded"
        AUDIO = "audio", "Audio"
        VIDEO = "video", "Video"

    bought_at = models.DateTimeField("when")
    place = models.CharField("where", max_length=200)
    point = models.PointField(srid=4326, null=True, blank=True)
    product = models.CharField(max_length=80)
    weight_grams = models.DecimalField(
        "weight in grams", max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    money_dollars = models.DecimalField(
        "money in dollars", max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    serials = models.TextField("serial numbers of the bills", max_length=1000, blank=True)
    recording = models.CharField(max_length=6, choices=Recording, default=Recording.NONE)
    report_number = models.CharField(max_length=40)
    account = models.TextField("what happened", max_length=4000)
    lab_number = models.CharField(max_length=40, blank=True)
    lab_result = models.CharField(max_length=200, blank=True)
    lab_on = models.DateField("lab result of", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_recorded(self) -> bool:
        """Whether audio or video of the buy exists."""
        return self.recording != self.Recording.NONE


class OfficerBuy(BuyFacts):
    """A buy by an undercover officer; who the officer is stands nowhere in this record."""

    data_class = "undercover_buys"

    player = models.ForeignKey(Player, models.PROTECT, related_name="officer_buys")

    class Meta:
        ordering = ("bought_at",)
        constraints = [
            models.UniqueConstraint(fields=("case", "report_number"), name="officer_buy_report_once"),
            models.CheckConstraint(
                name="officer_buy_lab_has_number",
                condition=Q(lab_result="") | ~Q(lab_number=""),
                violation_error_message="A laboratory result needs the laboratory number.",
            ),
        ]

    def __str__(self) -> str:
        return f"Buy {self.report_number}"


class InformantBuy(BuyFacts):
    """A buy by an informant: restricted, and the informant is a number in a table of its own."""

    data_class = "informant_buys"

    player = models.ForeignKey(Player, models.PROTECT, related_name="informant_buys")

    class Meta:
        ordering = ("bought_at",)
        constraints = [models.UniqueConstraint(fields=("case", "report_number"), name="informant_buy_report_once")]

    def __str__(self) -> str:
        return f"Buy {self.report_number}"


class InformantNumber(CaseRecord):
    """Which informant number made a buy. No name of an informant is stored anywhere."""

    data_class = "informant_numbers"

    buy = models.OneToOneField(InformantBuy, models.PROTECT, related_name="informant")
    number = models.CharField(max_length=20)

    def __str__(self) -> str:
        return "Informant number"


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


class ChargePage(CaseRecord):
    """The prosecutor's page about a player: charges, the warrant as it would be asked for, case readiness."""

    data_class = "warrants"

    player = models.OneToOneField(Player, models.PROTECT, related_name="charge_page")
    court = models.CharField(max_length=160)
    charges = models.TextField("charges, a line each", max_length=2000)
    penalty = models.CharField("what the charges can bring", max_length=300)
    statement = models.TextField("statement of facts for the warrant", max_length=6000)
    limitation_on = models.DateField("last day to charge", null=True, blank=True)
    ready_on = models.DateField("case ready since", null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="charge_page_names_charges", condition=~Q(charges=""))]

    def __str__(self) -> str:
        return f"Charges of {self.player.number}"
