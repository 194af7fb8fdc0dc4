"""What the clock looks for in the register of copies and among documents."""

from __future__ import annotations

from django.utils import timezone

from dmi.audit import alarms, watch
from dmi.cases import policy
from dmi.documents.models import Copy, Document, PrintRun


@watch.declare
def copies() -> None:
    """A copy handed out is not back on its day; once for each copy and day."""
    late = Copy.objects.filter(place=Copy.Place.HANDED, due_on__lt=timezone.localdate())
    for copy in late:
        alarms.sound("copy_overdue", f"{copy.pk}:{copy.due_on}", case_id=copy.case_id, facts={"due_on": copy.due_on})


@watch.declare
def labels() -> None:
    """A document under a class the policy does not know is shown to nobody, and somebody must hear of it."""
    for model in (Document, PrintRun):
        for found in model.objects.exclude(label_class__in=list(policy.CLASSES)):
            facts = {"record": model._meta.model_name}
            alarms.sound("unknown_label", f"{facts['record']}:{found.pk}", case_id=found.case_id, facts=facts)
