"""Pages of the evidence store."""

from dmi.evidence.views.acts import (
    check_item,
    move_item,
    release_item,
    send_back_item,
    take_still,
    verify_item,
    withhold_item,
)
from dmi.evidence.views.files import open_original, show_copy
from dmi.evidence.views.pages import edit_item, list_items, print_custody, show_item, take_in

__all__ = [
    "check_item", "edit_item", "list_items", "move_item", "open_original", "print_custody", "release_item",
    "send_back_item", "show_copy", "show_item", "take_in", "take_still", "verify_item", "withhold_item",
]  # fmt: skip
