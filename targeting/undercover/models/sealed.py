"""What stays with the handler and the prosecutors: buys by informant number, and what releasing could give away."""

from __future__ import annotations

from typing import Any

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.utils import timezone

from dmi.core.models import CaseRecord
from dmi.evidence.models import MediaItem
from dmi.people.models import Player
from targeting.undercover.models.buys import CODE, BuyFacts, OfficerBuy


class InformantBuy(BuyFacts):
    """A buy by an informant: restricted, and the informant is a number in a table of its own."""

    data_class = "informant_buys"

    class Search(models.TextChoices):
        CLEAN = "clean", "Searched, nothing found"
        FOUND = "found", "Searched, something found"
        NONE = "none", "Not searched"

    player = models.ForeignKey(Player, models.PROTECT, related_name="informant_buys")
    search_before = models.CharField("search before", max_length=6, choices=Search, default=Search.NONE)
    search_before_note = models.CharField("by whom, and what was found", max_length=300, blank=True)
    search_after = models.CharField("search after", max_length=6, choices=Search, default=Search.NONE)
    search_after_note = models.CharField("by whom, and what was found after", max_length=300, blank=True)
    is_controlled_money = models.BooleanField("controlled money", default=False)
    money_returned_dollars = models.DecimalField(
        "money given back in dollars", max_digits=8, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    handler_code = models.CharField("handler, by code", max_length=16, blank=True, validators=[CODE])
    watched_by = models.CharField("watched by, codes only", max_length=120, blank=True)

    class Meta:
        ordering = ("bought_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("case", "report_number"), name="informant_buy_report_once",
                violation_error_message="An informant's buy with this report number is on file already.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Buy {self.report_number}"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The code in one spelling before anything is compared with it."""
        self.handler_code = self.handler_code.strip().upper()
        super().full_clean(*args, **kwargs)

    @property
    def open_points(self) -> list[str]:
        """What a court will ask for and the record does not say."""
        none = self.Search.NONE
        reasons = (
            (self.search_before == none, "search before"), (self.search_after == none, "search after"),
            (not self.is_controlled_money, "controlled money"), (not self.serials.strip(), "serial numbers"),
            (not self.handler_code, "handler"), (not self.evidence_numbers.strip(), "evidence numbers"),
        )  # fmt: skip
        return [words for holds, words in reasons if holds]


class InformantNumber(CaseRecord):
    """Which informant number made a buy. No name of an informant is stored anywhere."""

    data_class = "informant_numbers"

    buy = models.OneToOneField(InformantBuy, models.PROTECT, related_name="informant")
    number = models.CharField(max_length=20, validators=[CODE])

    def __str__(self) -> str:
        return "Informant number"


class InformantMedia(CaseRecord):
    """A photograph or recording of an informant's buy; sealed with it."""

    data_class = "informant_buys"

    buy = models.ForeignKey(InformantBuy, models.PROTECT, related_name="media")
    item = models.ForeignKey(MediaItem, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200)

    class Meta:
        ordering = ("created_at",)
        constraints = [models.UniqueConstraint(fields=("buy", "item"), name="item_once_an_informant_buy")]

    def __str__(self) -> str:
        return self.caption


class RegisterLook(CaseRecord):
    """The handler has looked the sealed register over; said whether or not anything stands in it."""

    data_class = "informant_buys"

    looked_on = models.DateField("looked over on", default=timezone.localdate)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-looked_on", "-created_at")

    def __str__(self) -> str:
        return f"Looked over on {self.looked_on}"


class InferenceAnswer(CaseRecord):
    """Why a picture of a buy may be shown although it can give away who bought; kept sealed."""

    data_class = "informant_buys"

    buy = models.ForeignKey(OfficerBuy, models.PROTECT, related_name="+")
    item = models.ForeignKey(MediaItem, models.PROTECT, related_name="+")
    cautions = ArrayField(models.CharField(max_length=20))
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"Reason for {self.buy}"
