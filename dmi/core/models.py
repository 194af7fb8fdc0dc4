"""The record every step builds on: it belongs to one case, keeps its history and knows its data class."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from dmi.core import changes

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


Row = TypeVar("Row", bound="Tracked")


class StaleRecord(Exception):
    """Somebody else changed the record after this person opened it; nothing was saved."""


class BypassesHistory(TypeError):
    """A bulk write on a tracked model would leave no history row, so it is refused."""


class TrackedQuerySet(models.QuerySet[Row]):
    """Reads as usual; bulk writes that leave no history are refused."""

    def update(self, **kwargs: Any) -> int:
        """Refused: `save_by()` each record, so that each leaves a history row."""
        raise BypassesHistory(f"{self.model.__name__}: save records one by one with save_by().")

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        """Refused: `create_by()` each record, so that each leaves a history row."""
        raise BypassesHistory(f"{self.model.__name__}: create records one by one with create_by().")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Refused: `save_by()` each record, so that each leaves a history row."""
        raise BypassesHistory(f"{self.model.__name__}: save records one by one with save_by().")

    def create_by(self, actor: User | None, **fields: Any) -> Row:
        """Create, validate and return one record in `actor`'s name (None: the system itself).

        Raises ValidationError when a field or a constraint refuses it.
        """
        record = self.model(**fields)
        record.save_by(actor)
        return record


class CaseQuerySet(TrackedQuerySet[Row]):
    """Records of a case; nothing is read without naming the case."""

    def for_case(self, case: MarketCase | None) -> Self:
        """Only the records of `case`; of no case, none."""
        return self.filter(case=case) if case is not None else self.none()


class Tracked(models.Model):
    """A row with an author, a version number and a full history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords(inherit=True)
    objects = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and tell that this table changed."""
        super().save(*args, **kwargs)
        changes.tell(self._meta.db_table, self.told_case_id)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and tell that this table changed."""
        deleted = super().delete(*args, **kwargs)
        changes.tell(self._meta.db_table, self.told_case_id)
        return deleted

    @property
    def told_case_id(self) -> uuid.UUID | None:
        """The case in which a change of this row is told; None for rows outside any case."""
        return getattr(self, "case_id", None)

    @property
    def _history_user(self) -> User | None:
        """The person django-simple-history writes beside the change: passed in, never guessed."""
        return self.updated_by

    @_history_user.setter
    def _history_user(self, value: User | None) -> None:
        self.updated_by = value

    @transaction.atomic
    def save_by(self, actor: User | None) -> None:
        """Validate and save in `actor`'s name, one version on.

        Raises ValidationError, and StaleRecord when the stored version is not the one this object was read with.
        """
        if self._state.adding:
            self.created_by = self.created_by or actor
        else:
            stored = type(self)._base_manager.select_for_update().values_list("version", flat=True)
            if stored.get(pk=self.pk) != self.version:
                raise StaleRecord(str(self.pk))
        self.updated_by = actor
        self.updated_at = timezone.now()
        self.full_clean()
        self.version += 1
        self.save()

    @transaction.atomic
    def delete_by(self, actor: User | None) -> None:
        """Delete in `actor`'s name; the history keeps the last state and who removed it."""
        self.updated_by = actor
        self.delete()


class CaseRecord(Tracked):
    """A tracked row of one case, labelled with one data class of the access policy."""

    data_class: ClassVar[str] = ""

    case = models.ForeignKey("cases.MarketCase", models.PROTECT, editable=False, related_name="+")

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        abstract = True
