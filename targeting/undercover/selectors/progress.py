"""Where the elements of step 4 stand.

Nothing here reads an informant's buy, a number, or sealed media: the answer is the same for every reader and the same
whether informants are used or not. 4.2 is answered by the handler's dated look over the sealed register, which is
asked for even where nothing stands in it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from dmi.cases.progress import Progress, State
from dmi.core.dates import day_of
from dmi.evidence.models import Status
from dmi.people.stages import ON_THE_CALL_IN
from targeting.undercover.models import BuyMedia, Observation, OfficerBuy, RegisterLook
from targeting.undercover.selectors.readiness import ReadinessRow, readiness

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

PAGE = "undercover:cases"
MAP = "crime_mapping:map"
LOOK_HOLDS_DAYS = 60


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where 4.0 to 4.3, and the buys on the map (1.5), stand. Facts are counts and never tell of informants."""
    rows = [row for row in readiness(case, today=today) if row.player.stage in ON_THE_CALL_IN]
    return {
        "1.5": _located(case),
        "4.0": _built(rows), "4.1": _bought(case, rows), "4.2": _register(case, today), "4.2a": _media(case, rows),
        "4.3": _activity(case, rows),
    }  # fmt: skip


def _located(case: MarketCase) -> Progress:
    """Officers' buys with a place, over a broad area that is drawn."""
    found = OfficerBuy.objects.for_case(case).aggregate(
        placed=Count("pk", filter=Q(point__isnull=False)), last=Max("bought_at", filter=Q(point__isnull=False))
    )
    if not found["placed"]:
        return Progress(State.MISSING, holder="police", todo="Give each buy its place on the map", url_name=MAP)
    fact = f"{found['placed']} {'buy' if found['placed'] == 1 else 'buys'} on the map"
    if case.broad_area is None:
        return Progress(State.UNDER_WAY, fact, holder="police", todo="Draw the broad target area", url_name=MAP)
    return Progress(State.DONE, fact, done_on=day_of(found["last"], case.time_zone), url_name=MAP)


def _built(rows: list[ReadinessRow]) -> Progress:
    """The buys the team asks for and the prosecutor's word, for each candidate."""
    enough = sum(row.summary.meets_policy for row in rows)
    ready_on = [row.charge_page.ready_on for row in rows if row.charge_page and row.charge_page.ready_on]
    if not rows:
        return Progress(State.MISSING, todo="Choose candidates, then build their cases", url_name=PAGE)
    fact = f"{enough} of {len(rows)} with the buys asked for"
    if enough < len(rows):
        state = State.UNDER_WAY if any(row.summary.count for row in rows) else State.MISSING
        return Progress(state, fact, todo=f"Complete the buys on {len(rows) - enough}", url_name=PAGE)
    if len(ready_on) < len(rows):
        todo = "Say of each candidate whether the case stands"
        return Progress(State.UNDER_WAY, fact, holder="prosecutor", todo=todo, url_name=PAGE)
    return Progress(State.DONE, fact, done_on=max(ready_on), url_name=PAGE)


def _bought(case: MarketCase, rows: list[ReadinessRow]) -> Progress:
    """Each candidate has a buy by an officer, and each buy its laboratory and evidence numbers."""
    bought = [row.summary for row in rows if row.summary.count]
    buys = sum(summary.count for summary in bought)
    fact = f"{buys} recorded, on {len(bought)} of {len(rows)}" if rows else ""
    if not rows or len(bought) < len(rows):
        state = State.UNDER_WAY if buys else State.MISSING
        return Progress(state, fact, todo="Record a buy by an officer on each candidate", url_name=PAGE)
    ids = [row.player.pk for row in rows]
    unnumbered = OfficerBuy.objects.for_case(case).filter(Q(lab_number="") | Q(evidence_numbers=""), player__in=ids)
    lacking = unnumbered.count()
    if lacking:
        todo = f"Enter laboratory and evidence numbers of {lacking}"
        return Progress(State.UNDER_WAY, fact, todo=todo, url_name=PAGE)
    last = max(summary.last_on for summary in bought if summary.last_on)
    return Progress(State.DONE, fact, done_on=last, url_name=PAGE)


def _register(case: MarketCase, today: date) -> Progress:
    """The handler looked the sealed register over of late; what stands in it is nobody's fact."""
    looked_on = RegisterLook.objects.for_case(case).values_list("looked_on", flat=True).first()
    todo = "Look the sealed register over and say so"
    if looked_on is None:
        return Progress(State.MISSING, holder="handler", todo=todo)
    if looked_on < today - timedelta(days=LOOK_HOLDS_DAYS):
        return Progress(State.UNDER_WAY, "Register not looked over of late", holder="handler", todo=todo)
    return Progress(State.DONE, "Register looked over", done_on=looked_on, holder="handler")


def _media(case: MarketCase, rows: list[ReadinessRow]) -> Progress:
    """Each recorded buy by an officer has something kept with its fingerprint, and all of it was checked."""
    ids = [row.player.pk for row in rows]
    taped = OfficerBuy.objects.for_case(case).filter(player__in=ids).exclude(recording=OfficerBuy.Recording.NONE)
    counts = taped.aggregate(
        n=Count("pk", distinct=True), kept=Count("pk", filter=Q(media__isnull=False), distinct=True)
    )
    if not counts["n"]:
        return Progress(State.MISSING, todo="Record buys on audio or video", url_name=PAGE)
    fact = f"{counts['kept']} of {counts['n']} recorded buys kept"
    attached = BuyMedia.objects.for_case(case).filter(buy__player__in=ids)
    waiting = attached.filter(item__status=Status.UNCHECKED).count()
    if counts["kept"] < counts["n"]:
        state = State.UNDER_WAY if counts["kept"] else State.MISSING
        return Progress(state, fact, todo="Take the recordings in", url_name=PAGE)
    if waiting:
        return Progress(State.UNDER_WAY, fact, holder="handler", todo=f"Check {waiting} recordings", url_name=PAGE)
    return Progress(State.DONE, fact, url_name=PAGE)


def _activity(case: MarketCase, rows: list[ReadinessRow]) -> Progress:
    """Each candidate has other observed activity on record."""
    ids = {row.player.pk for row in rows}
    found = list(Observation.objects.for_case(case).filter(player__in=ids).values_list("player_id", "seen_at"))
    seen = len({pk for pk, _ in found})
    page = "undercover:observations"
    fact = f"{len(found)} records, on {seen} of {len(ids)}" if ids else ""
    if ids and seen == len(ids):
        return Progress(State.DONE, fact, done_on=day_of(max(at for _, at in found), case.time_zone), url_name=page)
    state = State.UNDER_WAY if found else State.MISSING
    return Progress(state, fact, todo="Record surveillance or other activity on each candidate", url_name=page)
