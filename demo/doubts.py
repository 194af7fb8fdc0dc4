"""What every real file brings and an invented one would not: misspelled streets, unknown codes, rows without a date."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta

from demo.city import City
from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.places import county
from targeting.crime_mapping.actions import batches, places
from targeting.crime_mapping.models import PlaceDecision, Source
from targeting.crime_mapping.selectors.sight import Sight

HEADINGS = ("Call No", "Received", "Nature", "Location", "Longitude", "Latitude", "Caller Name", "Caller Phone")
MISSPELLED, DECIDED = "812 CHANDLERS ST", "415 THATCHERS ST"
ALL = Sight(exact=True, points=True, victims=True, contacts=True)


def add_addresses(case: MarketCase, city: City, actor: User) -> None:
    """The county's own list of addresses, in which rows without coordinates are looked up."""
    lines = "\n".join(f"{door.text},{door.lon:.7f},{door.lat:.7f}" for door in city.addresses)
    county.load_addresses(case=case, stream=io.BytesIO(f"address,longitude,latitude\n{lines}\n".encode()), actor=actor)


def add_files(case: MarketCase, city: City, actor: User) -> None:
    """A file of late calls with places to look at, one place decided; and another file that is only checked."""
    source = Source.objects.for_case(case).get(kind=Source.Kind.CALLS)
    last = city.incidents[-1].occurred_at
    late = _file(_late(last))
    batches.import_now(source=source, upload=io.BytesIO(late), file_name="late calls.csv", actor=actor)
    places.decide(case=case, address=DECIDED, kind=PlaceDecision.Kind.ACCEPTED, sight=ALL, actor=actor)
    sent = _file(_next(last))
    batch = batches.receive(source=source, upload=io.BytesIO(sent), file_name="calls of the week.csv", actor=actor)
    batches.check(batch=batch, actor=actor)


def _late(last: datetime) -> list[tuple[str, str, str, str]]:
    days = [(last - timedelta(days=n)).strftime("%m/%d/%Y %H:%M") for n in range(6)]
    return [
        ("L-001", days[0], "Drug activity", MISSPELLED),
        ("L-002", days[1], "Drug activity", MISSPELLED),
        ("L-003", days[2], "Noise", DECIDED),
        ("L-004", days[3], "Loitering", "1106 FLETCHERS ST"),
        ("L-005", days[4], "Disturbance", "812 CALDER ST"),
        ("L-006", days[5], "Signal 77", "814 CALDER ST"),
    ]


def _next(last: datetime) -> list[tuple[str, str, str, str]]:
    days = [(last - timedelta(days=n)).strftime("%m/%d/%Y %H:%M") for n in range(8)]
    return [
        ("W-001", days[0], "Drug activity", "812 CALDER ST"),
        ("W-002", days[1], "Shots heard", "820 CALDER ST"),
        ("W-003", "", "Noise", "816 CALDER ST"),
        ("W-004", "02/30/2026 10:00", "Noise", "816 CALDER ST"),
        ("W-005", days[2], "Signal 77", "818 CALDER ST"),
        ("W-006", days[3], "Signal 78", "1410 CHANDLERS ST"),
        ("W-007", days[4], "Disturbance", "NO SUCH PLACE 7"),
        ("W-008", days[5], "Suspicious person", "900 CALDER ST"),
    ]


def _file(rows: Iterable[tuple[str, str, str, str]]) -> bytes:
    """As a dispatch system exports it: no coordinates, and columns about callers that nobody reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows((*row, "0", "0", "left out", "left out") for row in rows)
    return out.getvalue().encode()
