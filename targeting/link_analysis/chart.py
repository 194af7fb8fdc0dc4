"""The chart as one reader may see it: which entries, which links, and what can be counted among them.

What a reader may not know is not on the chart, not in its counts and not in its measures: links that rest on
intelligence, lines of juvenile records, people whose review date has passed, people no prosecutor has approved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from targeting.link_analysis import measures, ways
from targeting.link_analysis.models import Entity, Link

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase
    from dmi.places.models import Place

ADULT_AGE = 18


@dataclass(frozen=True, slots=True)
class Sight:
    """How far a reader sees."""

    intelligence: bool = False
    juvenile: bool = False
    names: bool = False
    addresses: bool = False
    is_for_taking_away: bool = False


# What the stored places are found from; they show nothing that a reader of intelligence may not know.
STORED = Sight(intelligence=True)


def sight_of(can: frozenset[str]) -> Sight:
    """How far somebody with these rights sees on the screen."""
    return Sight(
        intelligence="intelligence.view" in can,
        juvenile="juvenile.view" in can,
        names="player_list.view" in can,
        addresses="key_addresses.view" in can,
    )


def sight_on_paper(can: frozenset[str]) -> Sight:
    """What leaves the screen: never intelligence, never a line about a minor or about somebody of unknown age."""
    seen = sight_of(can)
    return Sight(names=seen.names, addresses=seen.addresses, is_for_taking_away=True)


@dataclass(frozen=True, slots=True)
class Node:
    """One entry of the chart, named for this reader."""

    entity: Entity
    name: str
    small: str

    @property
    def key(self) -> str:
        """Its key in scripts, positions and files."""
        return str(self.entity.pk)

    @property
    def kind(self) -> str:
        """What it is, as a code."""
        return self.entity.kind

    @property
    def is_influential(self) -> bool:
        """Family, a witness, a resident or a helper, approved by a prosecutor."""
        return self.entity.standing == Entity.Standing.OTHER and self.entity.kind == Entity.Kind.PERSON

    @property
    def in_words(self) -> str:
        """The name with its number, where it has one."""
        return f"{self.name} ({self.small})" if self.small else self.name


@dataclass(frozen=True)
class Chart:
    """Entries and links in a fixed order, and what follows from them."""

    nodes: list[Node]
    links: list[Link]

    @cached_property
    def place(self) -> dict[UUID, int]:
        """Where each entity stands in `nodes`."""
        return {node.entity.pk: index for index, node in enumerate(self.nodes)}

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """Who is linked to whom, once, by places."""
        found = {tuple(sorted((self.place[link.first_id], self.place[link.second_id]))) for link in self.links}
        return sorted((first, second) for first, second in found)

    @cached_property
    def degrees(self) -> list[int]:
        """How many others each entry is linked to."""
        return measures.degree(len(self.nodes), self.pairs)

    @cached_property
    def betweenness(self) -> list[float]:
        """The share of shortest ways that lead through each entry."""
        return ways.betweenness(len(self.nodes), self.pairs)

    def node(self, pk: UUID) -> Node | None:
        """The entry of this entity, if it is on the chart."""
        index = self.place.get(pk)
        return None if index is None else self.nodes[index]

    def links_of(self, pk: UUID) -> list[tuple[Link, Node]]:
        """Every link of an entity with the other end, newest first."""
        found = []
        for link in self.links:
            if pk in (link.first_id, link.second_id):
                other = link.second_id if link.first_id == pk else link.first_id
                found.append((link, self.nodes[self.place[other]]))
        return found

    def around(self, pk: UUID, steps: int) -> Chart:
        """What can be reached from an entity in so many links, and the links among it."""
        keep = measures.within(len(self.nodes), self.pairs, self.place[pk], steps)
        return self.only({self.nodes[index].entity.pk for index in keep})

    def only(self, keep: set[UUID]) -> Chart:
        """These entities and the links among them."""
        links = [link for link in self.links if link.first_id in keep and link.second_id in keep]
        return Chart([node for node in self.nodes if node.entity.pk in keep], links)

    def linked_by(self, links: Iterable[Link], *, keep: UUID | None = None) -> Chart:
        """These links and what they join; `keep` stays even without a link."""
        links = list(links)
        ends = {link.first_id for link in links} | {link.second_id for link in links} | {keep}
        return Chart([node for node in self.nodes if node.entity.pk in ends], links)

    def way(self, start: UUID, end: UUID) -> list[Node]:
        """One shortest way from one entity to another, both included; empty when there is none."""
        size = len(self.nodes)
        return [
            self.nodes[index] for index in measures.shortest_path(size, self.pairs, self.place[start], self.place[end])
        ]

    def between(self, first: Node, second: Node) -> list[Link]:
        """The links that join two entries directly."""
        both = {first.entity.pk, second.entity.pk}
        return [link for link in self.links if {link.first_id, link.second_id} == both]


def read(case: MarketCase, sight: Sight, *, today: date) -> Chart:
    """The chart of the case for a reader; two queries.

    Without sight of intelligence an entry shows only through its links, so that none betrays a link that is kept back.
    """
    entities = [entity for entity in _entities(case, today) if _may_stand(entity, sight, today)]
    known = {entity.pk for entity in entities}
    links = [
        link for link in _links(case, sight, today) if link.first_id in known and link.second_id in known
    ]  # fmt: skip
    nodes = sorted((_node(entity, sight) for entity in entities), key=_in_order)
    chart = Chart(nodes, links)
    return chart if sight.intelligence else chart.linked_by(links)


def removed_nodes(case: MarketCase, sight: Sight, *, today: date, most: int = 100) -> list[Node]:
    """Entries taken off the chart that this reader may know of, newest first."""
    gone = Entity.objects.for_case(case).filter(removed_at__isnull=False).select_related("player__person", "place")
    entities = [e for e in gone.order_by("-removed_at") if e.awaits_approval or _may_stand(e, sight, today)]
    return [_node(entity, sight) for entity in entities[:most]] if sight.intelligence else []


def _entities(case: MarketCase, today: date) -> QuerySet[Entity]:
    in_date = Q(player__isnull=True) | Q(player__review_by__gte=today)
    return (
        Entity.objects.for_case(case).on_chart().filter(in_date).select_related("player__person", "place").order_by()
    )  # fmt: skip


def _may_stand(entity: Entity, sight: Sight, today: date) -> bool:
    if entity.awaits_approval:
        return False
    if entity.player is None or sight.juvenile:
        return True
    age = entity.player.person.age_on(today)
    return age >= ADULT_AGE if age is not None else not sight.is_for_taking_away


def _links(case: MarketCase, sight: Sight, today: date) -> QuerySet[Link]:
    found = Link.objects.for_case(case).on_chart().filter(
        Q(intelligence__isnull=True) | Q(intelligence__review_by__gte=today)
    )  # fmt: skip
    if not sight.intelligence:
        found = found.exclude(record=Link.Record.INTELLIGENCE)
    if not sight.juvenile:
        found = found.exclude(contact__is_juvenile=True)
    return found.order_by("-happened_on", "created_at", "pk")


def may_know(link: Link, sight: Sight) -> bool:
    """Whether a reader may know of this link at all."""
    if link.record == Link.Record.INTELLIGENCE and not sight.intelligence:
        return False
    return sight.juvenile or link.contact is None or not link.contact.is_juvenile


def _node(entity: Entity, sight: Sight) -> Node:
    if entity.player is not None:
        number = entity.player.number
        return Node(entity, entity.player.person.full_name, number) if sight.names else Node(entity, number, "")
    if entity.place is not None:
        return Node(entity, _short_address(entity.place) if sight.addresses else "Key address", "")
    return Node(entity, entity.label, "")


def _short_address(place: Place) -> str:
    return place.name or f"{place.address} {place.unit}".strip()


def _in_order(node: Node) -> tuple[int, str, str]:
    return list(Entity.Kind.values).index(node.kind), node.name.casefold(), node.key
