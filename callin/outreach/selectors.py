"""Reading steps 6 and 6a; the step's door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callin.outreach.models import CallInLetter

if TYPE_CHECKING:
    from dmi.people.models import Player


def latest_letter(player: Player) -> CallInLetter | None:
    """The newest letter issued to the player, if any."""
    found = CallInLetter.objects.for_case(player.case).filter(player=player).select_related("document")
    return found.order_by("-created_at").first()
