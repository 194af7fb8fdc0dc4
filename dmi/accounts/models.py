"""People who sign in, the agencies they work for, and the browsers they are signed in on."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from simple_history.models import HistoricalRecords

from dmi.cases import policy
from dmi.core import changes
from dmi.core.models import Tracked

if TYPE_CHECKING:
    from collections.abc import Iterable

UNTRACKED = ("password", "last_login")


class Agency(Tracked):
    """An employer of team members; its letterhead heads the letters it signs."""

    class Kind(models.TextChoices):
        POLICE = "police", "Police department"
        SHERIFF = "sheriff", "Sheriff's office"
        PROSECUTOR = "prosecutor", "Prosecutor's office"
        US_ATTORNEY = "us_attorney", "U.S. Attorney's office"
        PROBATION = "probation", "Probation or parole"
        COMMUNITY = "community", "Community organization"
        SERVICES = "services", "Service provider"
        CITY = "city", "City or county government"
        COLLEGE = "college", "College or university"
        OTHER = "other", "Other"

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind)
    is_criminal_justice = models.BooleanField(
        "criminal-justice agency",
        default=False,
        help_text="Only people employed by such an agency can be cleared for law-enforcement records.",
    )
    logo_text = models.CharField(
        max_length=60,
        blank=True,
        help_text="Optional: words set in place of a crest at the head of a letter.",
    )
    address_line_1 = models.CharField("address, first line", max_length=120, blank=True)
    address_line_2 = models.CharField("address, second line", max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    head_name = models.CharField("name of the head", max_length=120, blank=True, help_text="Signs the letters.")
    head_title = models.CharField("title of the head", max_length=120, blank=True, help_text="For example Chief.")

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ("name",)
        constraints = [models.UniqueConstraint(Lower("name"), name="agency_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def address_lines(self) -> list[str]:
        """The lines of the address that are filled in, as a letterhead sets them."""
        return [line for line in (self.address_line_1, self.address_line_2) if line]


class User(AbstractUser):
    """A person who signs in. What they may do comes from seats on cases, never from here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        help_text="Letters, digits and the signs . + - _ only. Large and small letters are the same.",
        error_messages={"unique": "Another account already uses this name."},
    )
    is_active = models.BooleanField("active", default=True, help_text="Nobody signs in with a closed account.")
    first_name = None  # type: ignore[assignment]  # one name in one field
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("email address", max_length=254)
    full_name = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=120, blank=True, help_text="For example Detective, Narcotics.")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="people")
    phone = models.CharField("work phone", max_length=40, blank=True)
    screened_on = models.DateField("background screening done", null=True, blank=True)
    screening_expires_on = models.DateField("screening good through", null=True, blank=True)
    trained_on = models.DateField("security training done", null=True, blank=True)
    training_expires_on = models.DateField("training good through", null=True, blank=True)

    REQUIRED_FIELDS = ["email"]

    told_by = ("User",)
    _history_user: User | None = None
    history = HistoricalRecords(excluded_fields=list(UNTRACKED))

    class Meta(AbstractUser.Meta):
        abstract = False
        verbose_name = "account"
        verbose_name_plural = "accounts"
        ordering = ("full_name", "username")
        permissions = [("change_clearance", "Can record a person's screening and training")]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="username_once_in_any_case",
                violation_error_message="Another account already uses this name.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="email_once_in_any_case",
                violation_error_message="Another account already uses this email address.",
            ),
            models.CheckConstraint(
                name="screening_ends_after_start",
                condition=Q(screening_expires_on__isnull=True)
                | Q(screened_on__isnull=False, screening_expires_on__gte=F("screened_on")),
                violation_error_message="The screening cannot end before it was done.",
            ),
            models.CheckConstraint(
                name="training_ends_after_start",
                condition=Q(training_expires_on__isnull=True)
                | Q(trained_on__isnull=False, training_expires_on__gte=F("trained_on")),
                violation_error_message="The training cannot end before it was done.",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        """A sign-in name never looks like an email address: people may sign in with either."""
        super().clean()
        if "@" in self.username:
            raise ValidationError({"username": "A username cannot contain @."})

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Signing in and re-hashing a password change nothing that history keeps or a kept answer rests on."""
        if update_fields is not None and set(update_fields) <= set(UNTRACKED):
            self.skip_history_when_saving = True
        else:
            changes.tell(self._meta.db_table)
        try:
            super().save(*args, update_fields=update_fields, **kwargs)
        finally:
            self.__dict__.pop("skip_history_when_saving", None)

    def get_full_name(self) -> str:
        """The name Django and its libraries show."""
        return self.display_name

    def get_short_name(self) -> str:
        """The short name Django and its libraries show."""
        return self.short_name

    @property
    def display_name(self) -> str:
        """The name as written out; the username while none is recorded."""
        return self.full_name.strip() or self.username

    @property
    def short_name(self) -> str:
        """Initial and last name, as in "T. Ames"."""
        words = self.full_name.split()
        return f"{words[0][0]}. {words[-1]}" if len(words) > 1 else self.display_name

    def is_cleared(self, on: date | None = None) -> bool:
        """Whether law-enforcement compartments may open to this person that day (default today).

        Screened and trained, both in date, employed by a criminal-justice agency, and active.
        A missing date is a missing clearance (CJIS Security Policy 5.12).
        """
        on = on or timezone.localdate()
        return bool(
            self.is_active
            and self.agency
            and self.agency.is_criminal_justice
            and _covers(self.screened_on, self.screening_expires_on, on)
            and _covers(self.trained_on, self.training_expires_on, on)
        )


class SignIn(models.Model):
    """One browser a person is signed in on, from the first password to sign-out or expiry."""

    class Ended(models.TextChoices):
        BY_PERSON = "signed_out", "Signed out"
        ELSEWHERE = "elsewhere", "Signed out from another browser"
        TOO_LONG = "too_long", "12 hours had passed"
        PASSWORD = "password", "Password changed"
        ACCOUNT = "account", "Account closed or changed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    started_at = models.DateTimeField(default=timezone.now)
    active_at = models.DateTimeField(default=timezone.now)
    locked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=12, choices=Ended, blank=True)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-started_at",)
        default_permissions = ()
        indexes = [models.Index(fields=("user", "ended_at"), name="sign_in_open")]

    def __str__(self) -> str:
        return f"{self.browser or 'Browser'}, {self.started_at:%Y-%m-%d %H:%M}"


class SpentCode(models.Model):
    """A one-time code that was used, so that it works once even when the cache is emptied."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    spent_at = models.DateTimeField(default=timezone.now)

    KEPT_FOR = timedelta(minutes=5)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("user", "digest"), name="code_spent_once")]

    def __str__(self) -> str:
        return f"{self.spent_at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def spend(cls, user: User, code: str) -> None:
        """Note the code as used; raises IntegrityError when it was used in the last minutes."""
        cls.objects.filter(user=user, spent_at__lt=timezone.now() - cls.KEPT_FOR).delete()
        cls.objects.create(user=user, digest=salted_hmac("dmi.accounts.code", code.replace(" ", "")).hexdigest())


class Proposal(Tracked):
    """A change that gives somebody more: one person proposes it (`created_by`), an administrator carries it out.

    `before` is how things stood when it was proposed; the act is refused when they stand differently. A person
    proposed by a coordinator is named by `email` until an administrator finds or makes the account.
    """

    class Kind(models.TextChoices):
        SEAT = "seat", "Seat on a market"
        CLEARANCE = "clearance", "Clearance"
        ADMINISTRATOR = "administrator", "Runs accounts"
        FACTORS = "factors", "Second factors reset"
        REOPEN = "reopen", "Account opened again"
        AGENCY = "agency", "Criminal-justice agency"

    class State(models.TextChoices):
        OPEN = "open", "Waiting"
        DONE = "done", "Confirmed"
        TURNED_DOWN = "turned_down", "Turned down"
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPIRED = "expired", "Ran out"

    OPEN_FOR = timedelta(days=7)

    kind = models.CharField(max_length=16, choices=Kind)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    about = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey("cases.MarketCase", models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("seat", max_length=20, choices=list(policy.SEATS.items()), blank=True)
    email = models.EmailField("email address", max_length=254, blank=True)
    full_name = models.CharField("name", max_length=120, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    reason = models.CharField("why", max_length=400, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "about", "agency", "case", "role", "email"),
                condition=Q(state="open"),
                nulls_distinct=False,
                name="proposed_once",
                violation_error_message="The same is proposed already and waits for a second administrator.",
            ),
            models.CheckConstraint(
                name="confirmed_by_a_second_person",
                condition=~Q(state="done")
                | (
                    Q(created_by__isnull=False, decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("created_by"))
                    & ~Q(decided_by=F("about"))
                ),
            ),
            models.CheckConstraint(
                name="nobody_proposes_for_oneself",
                condition=Q(about__isnull=True) | ~Q(about=F("created_by")),
                violation_error_message="Nobody proposes this for themselves. Ask a colleague.",
            ),
            models.CheckConstraint(
                name="proposed_seat_has_its_market",
                condition=~Q(kind="seat")
                | (Q(case__isnull=False) & ~Q(role="") & (Q(about__isnull=False) | ~Q(email=""))),
            ),
            models.CheckConstraint(
                name="proposal_is_about_something",
                condition=Q(kind="seat") | Q(kind="agency", agency__isnull=False) | Q(about__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.whom}"

    @property
    def whom(self) -> str:
        """The person or agency it is about, as written out."""
        return str(self.about or self.agency or f"{self.full_name} ({self.email})")

    @property
    def open_until(self) -> datetime:
        """When it runs out by itself."""
        return self.created_at + self.OPEN_FOR

    @property
    def is_open(self) -> bool:
        """Whether it may still be confirmed."""
        return self.state == self.State.OPEN and timezone.now() < self.open_until


def _covers(start: date | None, end: date | None, on: date) -> bool:
    return start is not None and end is not None and start <= on <= end
