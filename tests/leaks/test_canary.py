"""Where does what people wrote come out? Every text carries a token; every page and file is read by every member."""

from __future__ import annotations

import os
from collections import defaultdict

import pytest
from django.core import mail
from django.urls import reverse

from dmi.audit.models import AuditEvent
from dmi.cases.models import MarketCase
from dmi.documents.models import Document, PrintRun
from dmi.documents.models import State as Paper
from dmi.jobs import worker
from tests import cast, pages
from tests.built import Built, built_market, demo_template  # noqa: F401 - fixtures
from tests.leaks import crawl, planting
from tests.test_permissions import CASE_PAGES

pytestmark = pytest.mark.slow
# How many records each page is read with, and how many of the links on it with a filter. DMI_LEAKS=all reads more.
RECORDS, FILTERS = (2, 1) if os.environ.get("DMI_LEAKS") == "all" else (1, 0)
# What a page shows of another class of record on purpose: the field, the page, and the class that opens it there.
SHOWN_WITH = {
    # The register of sources is the whole team's (element 1.1).
    **{
        (f"crime_mapping.Source.{name}", f"crime_mapping:{page}"): "area_counts"
        for name in ("name", "owner", "known_bias")
        for page in ("sources", "map", "drawn-map", "concentrations", "before-after-drawn")
    },
    # A name is released to the neighbor of a visiting pair (O3). A letter says whom it invites, and where to.
    ("people.Person.full_name", "outreach:visits"): "influentials",
    ("people.Person.full_name", "documents:download"): "letters",
    ("people.Person.home_address", "documents:download"): "letters",
    ("people.Person.full_name", "documents:download-run"): "letters",
    ("people.Person.home_address", "documents:download-run"): "letters",
    # Of a run's parts, those are named that the reader may see.
    ("documents.PrintPart.heading", "documents:run"): "letters",
    # Who hands letters out keeps their copies' register.
    **{
        (f"documents.{table}.{name}", f"documents:{page}"): "letters"
        for table in ("Copy", "HistoricalCopy")
        for name in ("holder", "note", "witness")
        for page in ("copies", "copy")
    },
    # The caption is checked and released with the picture.
    ("evidence.MediaItem.caption", "evidence:list-items"): "cleared_media",
    ("evidence.MediaItem.caption", "evidence:show-item"): "cleared_media",
    # Totals by group, small ones hidden.
    ("people.Person.race", "incident_review:composition"): "composition",
    # What a file calls its offenses is matched by whoever imports files.
    ("crime_mapping.Incident.code", "crime_mapping:codes"): "import_batches",
    ("crime_mapping.Incident.title", "crime_mapping:codes"): "import_batches",
}
# Pages that open only in a state the built market is not in.
UNOPENED = {
    "audit:export-file", "cases:gate", "crime_mapping:area-new", "crime_mapping:import-columns",
    "crime_mapping:import-rows", "documents:move-copy", "incident_review:review", "mobilization:edit-engagement",
    "mobilization:finish-engagement", "outreach:record-visit", "people:renew", "survey:decline",
    "survey:mention-in-interview", "survey:name-in-interview", "survey:remind", "swot:lock", "team:state-capacity",
}  # fmt: skip


class Reading:
    """What each member saw; read once for each member."""

    def __init__(self, built: Built) -> None:
        self.built = built
        planting.free_the_history()
        self.planted = planting.plant(built.case)
        print_everything(built, built.case)
        self.known, self.missing = crawl.catalogue(built.case, most=RECORDS)
        self.known |= papers(built.case)
        self.leaks: dict[str, set[str]] = defaultdict(set)
        self.opened: set[str] = set()
        self.broken: set[str] = set()
        self.read: set[str] = set()

    def by(self, seat: str) -> list[str]:
        """What the seat's member was shown without a right to it: field, class and page."""
        if seat not in self.read:
            self._read(seat)
            self.read.add(seat)
        return sorted(self.leaks[seat])

    def again(self) -> None:
        """Pages that did not open with their first record are read with others."""
        closed = set(CASE_PAGES) - self.opened - UNOPENED
        everything = crawl.catalogue(self.built.case)[0]
        self.known = {name: everything[name] for name in closed & everything.keys()}
        for seat in cast.BY_SEAT:
            self._read(seat)

    def _read(self, seat: str) -> None:
        username = cast.BY_SEAT[seat]
        client, held = self.built.enter(username), cast.rights(self.built, username)
        for name, addresses in self.known.items():
            for shown in crawl.everything(client, self.built.case, {name: addresses}, filters=FILTERS):
                if shown.status >= 500:
                    self.broken.add(f"{name} as {seat}: {shown.status}")
                if shown.status in {200, 405}:
                    self.opened.add(name)
                for field in self.planted.found_in(shown.text).values():
                    if not cast.may_read(held, field.data_class) and not shown_with(field, name, held):
                        self.leaks[seat].add(f"{field.label} ({field.data_class}) on {name}")


def papers(case: MarketCase) -> dict[str, list[str]]:
    """The files that can be taken home: one of each kind, and every run."""
    newest = {paper.kind: paper for paper in Document.objects.for_case(case).order_by("created_at")}
    runs = PrintRun.objects.for_case(case).filter(state=Paper.READY)
    return {
        "documents:download": [reverse("documents:download", args=[case.pk, paper.pk]) for paper in newest.values()],
        "documents:download-run": [reverse("documents:download-run", args=[case.pk, run.pk]) for run in runs],
    }


def print_everything(built: Built, case: MarketCase) -> None:
    """Each page that prints is pressed by the first of the team who may; the papers are made."""
    for name in pages.names():
        if "print" not in name and "poster" not in name:
            continue
        try:
            address = next(iter(pages.addresses(case, name)))
        except LookupError:
            continue
        for username in cast.EVERYBODY:
            if set(CASE_PAGES[name].needs) & cast.rights(built, username):
                built.enter(username).post(address, {"group": "community", "language": "en"})
                break
    while worker.run_next() is not None:
        pass


def shown_with(field: planting.Field, page: str, held: frozenset[str]) -> bool:
    """Whether this page shows the field on purpose with a class these rights open, in full or as totals."""
    other = SHOWN_WITH.get((field.label, page))
    return other is not None and any(right.startswith(f"{other}.") for right in held)


def test_every_table_says_its_class_or_that_it_has_none() -> None:
    assert planting.unplaced() == []


def test_nobody_meets_what_the_policy_does_not_give(built_market: Built) -> None:  # noqa: F811 - the fixture itself
    """One test, because the market is planted and read once: every text carries a token, every page has a record,

    no member of any seat meets a token of a class the seat does not give, no page breaks, and neither the log nor the
    mail holds what people wrote.
    """
    reading = Reading(built_market)
    wrong = [*reading.planted.failed, *reading.missing]
    for seat in cast.BY_SEAT:
        reading.by(seat)
    reading.again()
    wrong += [f"{seat}: {leak}" for seat in cast.BY_SEAT for leak in reading.by(seat)]
    wrong += sorted(reading.broken) + sorted(set(CASE_PAGES) - reading.opened - UNOPENED)
    told = [f"{event.verb} {event.facts} {event.reason}" for event in AuditEvent.objects.all()]
    told += [f"{letter.subject} {letter.body}" for letter in getattr(mail, "outbox", [])]
    wrong += {f"told: {f.label}" for text in told for f in reading.planted.found_in(text).values()}
    assert not wrong, "\n".join(wrong)
