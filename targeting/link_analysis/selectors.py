"""Reading the link chart; the step's door."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from dmi.cases.progress import Progress, State
from dmi.core.dates import day_of
from targeting.link_analysis import layout
from targeting.link_analysis.chart import Chart, Node, Sight, may_know, read, removed_nodes, sight_of, sight_on_paper
from targeting.link_analysis.models import Arrangement, Entity, Link, NetworkImport

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

__all__ = (
    "Chart", "Node", "Sight", "arrangement", "chart", "imports", "may_know", "positions", "progress",
    "removed_entities", "removed_link",
    "sight_of", "sight_on_paper", "waiting",
)  # fmt: skip

chart = read


def arrangement(case: MarketCase) -> Arrangement | None:
    """The stored places, if the chart was ever arranged."""
    return Arrangement.objects.for_case(case).first()


def positions(case: MarketCase, whole: Chart, shown: Chart, sight: Sight) -> dict[str, layout.Spot]:
    """Where each entry shown stands: the stored places, stretched over the field.

    For a reader without sight of intelligence they are found anew from what is shown, because the stored ones follow
    from links that rest on it.
    """
    stored = arrangement(case) if sight.intelligence else None
    if stored is None:
        spots = layout.arrange(len(shown.nodes), shown.pairs)
    else:
        known = {i: tuple(stored.positions[n.key]) for i, n in enumerate(whole.nodes) if n.key in stored.positions}
        every = layout.beside(len(whole.nodes), whole.pairs, known)
        spots = layout.fit([every[whole.place[node.entity.pk]] for node in shown.nodes])
    return dict(zip([node.key for node in shown.nodes], layout.apart(spots), strict=True))


def waiting(case: MarketCase) -> QuerySet[Entity]:
    """People who are no subjects and wait for a prosecutor before they stand on the chart, oldest first."""
    return (
        Entity.objects.for_case(case)
        .on_chart()
        .filter(kind=Entity.Kind.PERSON, standing=Entity.Standing.OTHER, approved_at__isnull=True)
        .select_related("created_by")
        .order_by("created_at", "pk")
    )


def imports(case: MarketCase) -> QuerySet[NetworkImport]:
    """Files that were imported, newest first, undone ones among them."""
    return NetworkImport.objects.for_case(case).filter(committed_at__isnull=False).select_related("created_by")


def removed_entities(case: MarketCase, sight: Sight) -> list[Node]:
    """Entries taken off the chart that can be put back, newest first; the latest hundred."""
    return removed_nodes(case, sight, today=timezone.localdate())


def removed_link(case: MarketCase, pk: UUID | str, sight: Sight) -> Link | None:
    """A link that was taken off and can be put back, if this reader may know of it."""
    gone = Link.objects.for_case(case).filter(pk=pk, removed_at__isnull=False).select_related("contact").first()
    return gone if gone is not None and may_know(gone, sight) else None


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where element 3.5 stands, from the links every reader of the chart may know of; two queries."""
    known = read(case, Sight(), today=today)
    page = "link_analysis:chart"
    if not known.links:
        return {"3.5": Progress(State.MISSING, todo="Chart the links, or set the element aside", url_name=page)}
    many = len(known.links)
    last = day_of(max(link.created_at for link in known.links), case.time_zone)
    return {"3.5": Progress(State.DONE, f"{many} link{'s' * (many != 1)} charted", done_on=last, url_name=page)}
