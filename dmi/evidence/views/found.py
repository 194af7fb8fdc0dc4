"""Finding the item a page is about, as far as the reader may know of it."""

from __future__ import annotations

import uuid

from django.http import Http404

from dmi.core.requests import CaseRequest
from dmi.evidence import selectors
from dmi.evidence.models import MediaItem
from dmi.evidence.selectors import Sight


def item_of(request: CaseRequest, item_id: uuid.UUID) -> tuple[MediaItem, Sight]:
    """The item and what this reader may see of it; 404, as for an id that does not exist, when that is nothing."""
    known = selectors.visible(case=request.case, can=request.can, user=request.user)
    item = known.select_related("case", "checked_by", "released_by", "derived_from").filter(pk=item_id).first()
    if item is None:
        raise Http404
    seen = selectors.sight(item, can=request.can, user=request.user)
    if not seen.anything:
        raise Http404
    return item, seen
