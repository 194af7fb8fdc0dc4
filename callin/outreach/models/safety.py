"""Safety before a visit: what was checked, and what forbids or burdens a contact."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from callin.outreach.models.families import Influential
from dmi.core.models import CaseRecord


class SafetyCheck(CaseRecord):
    """Before a visit somebody looked for reasons against it, and asked whether this pair is right for this person."""

    data_class = "safety_flags"

    influential = models.ForeignKey(Influential, models.PROTECT, related_name="safety_checks")
    checked_on = models.DateField("checked on")
    looked_in = models.CharField(
        "asked or looked in", max_length=200, help_text="For example court orders, services, the person's own wish."
    )
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    neighbor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    pair_fits = models.BooleanField(
        "This pair fits: neither is kin, at odds with, or working a case on this person", default=False
    )

    class Meta:
        ordering = ("-checked_on", "-created_at")
        constraints = [models.CheckConstraint(name="check_says_where", condition=~Q(looked_in=""))]

    def __str__(self) -> str:
        return f"Safety check, {self.influential}"


class SafetyFlag(CaseRecord):
    """A reason not to contact somebody, or to take care; in force from a day until it ends or is lifted."""

    data_class = "safety_flags"

    class Kind(models.TextChoices):
        NO_CONTACT = "no-contact", "No-contact order"
        VIOLENCE = "violence", "Violence at home"
        OWN_WISH = "own-wish", "Asked not to be contacted"
        COUNSEL = "counsel", "Has counsel: prosecutor's word needed"
        CARE = "care", "Take care; a visit is still possible"

    influential = models.ForeignKey(Influential, models.PROTECT, related_name="safety_flags")
    kind = models.CharField(max_length=12, choices=Kind)
    source = models.CharField(max_length=200, help_text="Court and number of the order, or who said so and when.")
    advice = models.CharField("what visitors need to know", max_length=300, blank=True)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True, help_text="Leave empty if it has no end.")
    lifted_on = models.DateField(null=True, blank=True, editable=False)
    lifted_because = models.CharField("why it no longer holds", max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ("-from_on", "-created_at")
        constraints = [
            models.CheckConstraint(name="flag_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="flag_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                violation_error_message="It cannot end before it begins.",
            ),
            models.CheckConstraint(
                name="flag_lifted_with_a_reason",
                condition=Q(lifted_on__isnull=True, lifted_because="")
                | (Q(lifted_on__isnull=False) & ~Q(lifted_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.influential}"

    @property
    def stops_contact(self) -> bool:
        """Whether nobody may contact the person while it holds."""
        return self.kind != self.Kind.CARE

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day. One that begins later holds already: nobody walks into tomorrow's order."""
        return self.lifted_on is None and (self.until_on is None or self.until_on >= day)
