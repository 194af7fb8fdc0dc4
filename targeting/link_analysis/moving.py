"""Networks that come in as files and charts that go out as files."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID
from xml.etree import ElementTree as Xml

from defusedcsv import csv as safe_csv
from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.jobs import actions as jobs
from dmi.jobs.models import Job
from dmi.people import selectors as people
from targeting.link_analysis import actions, informants
from targeting.link_analysis.chart import Chart
from targeting.link_analysis.models import Entity, Link, NetworkImport
from targeting.link_analysis.reading import NetworkProblem, read_network

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

MOST_NAMES, MOST_LINKS = 200, 600
MANY_LINKS = 60
COMMIT, NEEDS = "link_analysis.commit", "link_chart.change"
LINKS_A_BEAT = 20
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
HIDDEN = "\ufeff\u200b\u200c\u200d\u2060\x00"
LINK_KEYS = ("kind", "grade", "times", "cites", "record", "date", "source")


class TooLarge(Exception):
    """The network is larger than a chart a team can read."""


class AlreadyDone(Exception):
    """The file was imported, or the import undone, already."""


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the file and what it would be on the chart."""

    name: str
    entity: Entity | None
    player_id: object = None

    @property
    def is_new(self) -> bool:
        """Whether it is not on the chart yet."""
        return self.entity is None


@transaction.atomic
def check_file(*, case: MarketCase, name: str, content: bytes, about: dict[str, Any], actor: User) -> NetworkImport:
    """The file is read and stored for looking at; nothing is on the chart yet. Raises NetworkProblem, TooLarge."""
    network = read_network(content)
    if len(network.names) > MOST_NAMES or len(network.links) > MOST_LINKS:
        raise TooLarge(
            f"The file holds {len(network.names):,} names and {len(network.links):,} links. A chart takes at most "
            f"{MOST_NAMES:,} names and {MOST_LINKS:,} links at once. Cut the file to the people this market is about."
        )
    if any(informants.are_meant(one) for one in network.names):
        raise NetworkProblem(informants.NEVER)
    found = NetworkImport.objects.create_by(
        actor, case=case, file_name=name[:200], digest=hashlib.sha256(content).hexdigest(), shape=network.shape,
        names=[one[:120] for one in network.names], about=about,
        pairs=[[first, second, network.links[first, second]] for first, second in network.pairs],
    )  # fmt: skip
    _record(found, Verb.NETWORK_CHECKED, actor, names=len(network.names), links=len(network.links))
    return found


def matches(batch: NetworkImport) -> list[Match]:
    """What each name of the file would be: somebody on the list, an entry that is there, or a new entry."""
    kind = batch.about["entity_kind"]
    there = Entity.objects.for_case(batch.case).on_chart().filter(kind=kind).select_related("player")
    by_label = {entity.label.casefold(): entity for entity in there if entity.label}
    by_player = {entity.player_id: entity for entity in there if entity.player_id}
    known = _players(batch.case) if kind == Entity.Kind.PERSON else {}
    found = []
    for name in batch.names:
        player = known.get(name.casefold())
        entity = by_player.get(player) if player else by_label.get(name.casefold())
        found.append(Match(name, entity, player))
    return found


def _players(case: MarketCase) -> dict[str, UUID]:
    """Players in date by number and by full name, where no two share it."""
    found: dict[str, UUID] = {}
    shared: set[str] = set()
    for player in people.players(case):
        name = player.person.full_name.casefold()
        shared |= {name} & found.keys()
        found[name] = found[player.number.casefold()] = player.pk
    return {key: pk for key, pk in found.items() if key not in shared}


@transaction.atomic
def start_commit(*, batch: NetworkImport, actor: User) -> Job:
    """A large file goes onto the chart in the background. Raises AlreadyDone."""
    if batch.committed_at:
        raise AlreadyDone("This file is on the chart already.")
    job = job_of(batch)
    if job is None or not job.can_be_retried:
        return jobs.enqueue(
            kind=COMMIT, case=batch.case, actor=actor, needs=NEEDS, facts={"batch": str(batch.pk)},
            total=max(1, len(batch.pairs)), max_attempts=2, idempotency_key=_job_key(batch),
        )  # fmt: skip
    return jobs.retry(job=job, actor=actor)


def job_of(batch: NetworkImport) -> Job | None:
    """The work that puts a file onto the chart, once it was asked for."""
    return Job.objects.filter(idempotency_key=_job_key(batch)).first()


def _job_key(batch: NetworkImport) -> str:
    return f"{COMMIT}:{batch.pk}"


@transaction.atomic
def commit(*, batch: NetworkImport, actor: User | None, tick: Callable[[int], None] | None = None) -> NetworkImport:
    """Every name and link of the file is on the chart; links that the same file brought before are not doubled.

    Raises AlreadyDone, ValidationError.
    """
    batch = _locked(batch)
    if batch.committed_at:
        raise AlreadyDone("This file is on the chart already.")
    entities = _entities(batch, actor)
    for done, (first, second, weight) in enumerate(batch.pairs, 1):
        if tick and done % LINKS_A_BEAT == 0:
            tick(done)
        if entities[first] == entities[second]:  # the number and the name of the same player
            continue
        _link(batch, entities[first], entities[second], weight, actor)
    batch.committed_at = timezone.now()
    batch.save_by(actor)
    _record(batch, Verb.NETWORK_IMPORTED, actor, names=len(batch.names), links=len(batch.pairs))
    actions.arrange(case=batch.case, actor=actor, is_anew=False)
    return batch


def _entities(batch: NetworkImport, actor: User | None) -> list[Entity]:
    """An entry for every name, in the order of the file; a player named twice has one."""
    made: dict[object, Entity] = {}
    found = []
    for match in matches(batch):
        key = match.player_id or match.name.casefold()
        if key not in made:
            made[key] = _entity(batch, match, actor)
        found.append(made[key])
    return found


def _entity(batch: NetworkImport, match: Match, actor: User | None) -> Entity:
    if match.entity is not None:
        return match.entity
    label = "" if match.player_id else match.name
    return Entity.objects.create_by(
        actor, case=batch.case, kind=batch.about["entity_kind"], label=label, player_id=match.player_id,
        basis=batch.about["cites"], came_with=batch,
    )  # fmt: skip


def _link(batch: NetworkImport, first: Entity, second: Entity, weight: float, actor: User | None) -> None:
    about = batch.about
    Link.objects.create_by(
        actor, case=batch.case, first=first, second=second, kind=about["kind"], grade=about["grade"],
        record=about["record"], cites=about["cites"], happened_on=date.fromisoformat(about["happened_on"]),
        source=about["source"], times=max(1, min(round(weight), 100_000)), came_with=batch,
    )  # fmt: skip


@transaction.atomic
def undo(*, batch: NetworkImport, actor: User) -> NetworkImport:
    """The links the file brought are off the chart, and the entries it brought that nothing else links.

    Raises AlreadyDone.
    """
    batch = _locked(batch)
    if batch.committed_at is None or batch.undone_at:
        raise AlreadyDone("There is nothing to undo.")
    for link in batch.links.filter(removed_at__isnull=True):
        actions.remove(record=link, actor=actor)
    linked = Link.objects.for_case(batch.case).on_chart().values_list("first_id", "second_id")
    used = {pk for ends in linked for pk in ends}
    for entity in batch.entities.filter(removed_at__isnull=True).exclude(pk__in=used):
        actions.remove(record=entity, actor=actor)
    batch.undone_at = timezone.now()
    batch.save_by(actor)
    _record(batch, Verb.NETWORK_IMPORT_UNDONE, actor)
    return batch


def _columns(link: Link) -> list[Any]:
    return [
        link.get_kind_display(), link.get_grade_display(), link.times, link.cites, link.get_record_display(),
        link.happened_on.isoformat(), link.source,
    ]  # fmt: skip


def as_csv(chart: Chart) -> str:
    """A list of links, a row each, with both names first; cells that a spreadsheet would run are disarmed."""
    out = io.StringIO()
    writer = safe_csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(["source", "target", *LINK_KEYS, "source kind", "target kind"])
    for link in chart.links:
        first, second = chart.node(link.first_id), chart.node(link.second_id)
        assert first is not None
        assert second is not None
        kinds = [first.entity.get_kind_display(), second.entity.get_kind_display()]
        writer.writerow([_disarmed(cell) for cell in (first.in_words, second.in_words, *_columns(link), *kinds)])
    return out.getvalue()


def _disarmed(cell: Any) -> str:
    """One line without anything hidden before the first sign, so that the writer sees what a spreadsheet would run."""
    return " ".join(str(cell).split()).lstrip(HIDDEN)


def as_graphml(chart: Chart) -> str:
    """GraphML as other programs read it: names and kinds of the entries, how and whence of the links."""
    Xml.register_namespace("", GRAPHML)
    root = Xml.Element(f"{{{GRAPHML}}}graphml")
    for key, about in (("name", "node"), ("entity", "node"), *((key, "edge") for key in LINK_KEYS)):
        Xml.SubElement(
            root, f"{{{GRAPHML}}}key",
            {"id": key, "for": about, "attr.name": key, "attr.type": "int" if key == "times" else "string"},
        )  # fmt: skip
    graph = Xml.SubElement(root, f"{{{GRAPHML}}}graph", {"id": "chart", "edgedefault": "undirected"})
    for node in chart.nodes:
        element = Xml.SubElement(graph, f"{{{GRAPHML}}}node", {"id": node.key})
        _data(element, ("name", "entity"), (node.in_words, node.entity.get_kind_display()))
    for link in chart.links:
        ends = {"id": str(link.pk), "source": str(link.first_id), "target": str(link.second_id)}
        _data(Xml.SubElement(graph, f"{{{GRAPHML}}}edge", ends), LINK_KEYS, _columns(link))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode")


def _data(element: Xml.Element, keys: tuple[str, ...], values: Any) -> None:
    for key, value in zip(keys, values, strict=True):
        Xml.SubElement(element, f"{{{GRAPHML}}}data", {"key": key}).text = _printable(str(value))


def _printable(text: str) -> str:
    """The text without control characters, which XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")


def _locked(batch: NetworkImport) -> NetworkImport:
    return NetworkImport.objects.for_case(batch.case).select_for_update(of=("self",)).get(pk=batch.pk)


def _record(subject: NetworkImport, verb: Verb, actor: User | None, **facts: Any) -> None:
    audit.record(actor=actor, verb=verb, case_id=subject.case_id, subject=subject, facts=facts)
