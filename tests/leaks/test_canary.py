"""Where does what people wrote come out, and where do links lead? Every text carries a token; each member reads all."""

from __future__ import annotations

import os
from collections import defaultdict

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from dmi.audit.models import AuditEvent
from dmi.cases.models import MarketCase
from dmi.documents.models import Document, PrintRun
from dmi.documents.models import State as Paper
from dmi.jobs import worker
from tests import cast, pages
from tests.built import Built, built_market, demo_template  # noqa: F401 - fixtures
from tests.leaks import crawl, links, planting
from tests.test_permissions import CASE_PAGES

pytestmark = pytest.mark.slow
IS_WHOLE = os.environ.get("DMI_LEAKS") == "all"  # every sample of every page, not only the first that opens
TRIES = 8  # records tried until one of them opens
NOT_THIS_ONE = {403, 404}
# What stands on these hangs on the record: a person's stage, a paper's kind. Every sample is read.
EVERY_SAMPLE = {
    "people:player", "incident_review:person", "undercover:player", "documents:download", "documents:download-run",
}  # fmt: skip
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
    ("people.Person.full_name", "outreach:player"): "influentials",
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
    ("people.Person.race", "documents:download"): "composition",
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
    """What each member saw, where it should not have come out, and where its links led."""

    def __init__(self, built: Built) -> None:
        self.built = built
        planting.free_the_history()
        self.planted = planting.plant(built.case)
        print_everything(built, built.case)
        self.known, self.missing = crawl.catalogue(built.case, most=TRIES)
        self.known |= papers(built.case)
        self.opened: set[str] = set()
        self.wrong: set[str] = set()

    def by(self, seat: str) -> None:
        """Read every page as the seat's member, on the first record on which it opens, then where its links lead."""
        username = cast.BY_SEAT[seat]
        client, held = self.built.enter(username), cast.rights(self.built, username)
        led: dict[str, set[str]] = defaultdict(set)
        answers: dict[str, int] = {}
        for name, addresses in self.known.items():
            may = bool(held & set(CASE_PAGES[name].needs))
            for address in addresses:
                shown = self._look(client, name, address, seat, held)
                led[name] |= links.leading_from(self.built.case, shown)
                if shown.status not in NOT_THIS_ONE:
                    answers[links.asked_of(address)] = shown.status
                if not may or not (shown.status in NOT_THIS_ONE or name in EVERY_SAMPLE or IS_WHOLE):
                    break
        for name, led_to in led.items():
            for link in links.to_follow(led_to, answers):
                answers[links.asked_of(link)] = self._look(client, links.page_of(link), link, seat, held).status
            refused = {links.page_of(link): answers.get(links.asked_of(link)) for link in sorted(led_to)}
            self.wrong |= {
                f"{seat}: {name} leads to {page}, which answers {status}"
                for page, status in refused.items()
                if status in links.REFUSALS
            }

    def _look(self, client: Client, name: str, address: str, seat: str, held: frozenset[str]) -> crawl.Shown:
        """Read one address, and look for tokens of a class these rights do not give. Nothing stays changed."""
        with transaction.atomic():
            shown = crawl.look(client, address, counted=False)
            transaction.set_rollback(True)
        if shown.status >= 500:
            self.wrong.add(f"{name} as {seat}: {shown.status}")
        if shown.status in {200, 405}:
            self.opened.add(name)
        for field in self.planted.found_in(shown.text).values():
            if not cast.may_read(held, field.data_class) and not shown_with(field, name, held):
                self.wrong.add(f"{seat}: {field.label} ({field.data_class}) on {name}")
        return shown


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

    no member of any seat meets a token of a class the seat does not give, no page breaks, no link that is shown leads
    to a refusal, and neither the log nor the mail holds what people wrote.
    """
    reading = Reading(built_market)
    for seat in cast.BY_SEAT:
        reading.by(seat)
    wrong = [*reading.planted.failed, *reading.missing, *sorted(reading.wrong)]
    wrong += sorted(set(CASE_PAGES) - reading.opened - UNOPENED)
    told = [f"{event.verb} {event.facts} {event.reason}" for event in AuditEvent.objects.all()]
    told += [f"{letter.subject} {letter.body}" for letter in getattr(mail, "outbox", [])]
    wrong += {f"told: {f.label}" for text in told for f in reading.planted.found_in(text).values()}
    assert not wrong, "\n".join(wrong)
