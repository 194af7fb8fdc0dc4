"""Acts of step 4."""

from targeting.undercover.actions.buys import (
    NotAttachable,
    NotReady,
    add_media,
    attach,
    correct_buy,
    keep_answer,
    mark_ready,
    record_buy,
    save_charge_page,
    save_observation,
    take_word_back,
)
from targeting.undercover.actions.operations import close_operation, link_buys, name_readers, save_operation
from targeting.undercover.actions.sealed import (
    add_informant_media,
    correct_informant_buy,
    look_over_register,
    record_informant_buy,
)

__all__ = [
    "NotAttachable", "NotReady", "add_informant_media", "add_media", "attach", "close_operation", "correct_buy",
    "correct_informant_buy", "keep_answer", "link_buys", "look_over_register", "mark_ready", "name_readers",
    "record_buy", "record_informant_buy", "save_charge_page", "save_observation", "save_operation", "take_word_back",
]  # fmt: skip
