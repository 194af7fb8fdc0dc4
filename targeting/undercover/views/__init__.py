"""Pages of step 4."""

from targeting.undercover.views.activity import add_observation, edit_observation, show_observations
from targeting.undercover.views.buys import add_buy, attach, edit_buy, show_buy, upload
from targeting.undercover.views.cases import (
    edit_charge_page,
    mark_ready,
    show_cases,
    show_player,
    take_word_back,
)
from targeting.undercover.views.ground import show_buy_points
from targeting.undercover.views.operations import (
    add_operation,
    close_operation,
    edit_operation,
    link_buys,
    name_readers,
    show_operation,
    show_operations,
)
from targeting.undercover.views.prints import (
    print_activity,
    print_buy,
    print_custody,
    print_informant_buy,
    print_readiness,
)
from targeting.undercover.views.sealed import (
    add_informant_buy,
    edit_informant_buy,
    look_over,
    show_informant_buy,
    show_informant_buys,
    upload_informant,
)

__all__ = [
    "add_buy", "add_informant_buy", "add_observation", "add_operation", "attach", "close_operation", "edit_buy",
    "edit_charge_page", "edit_informant_buy", "edit_observation", "edit_operation", "link_buys", "look_over",
    "mark_ready", "name_readers", "print_activity", "print_buy", "print_custody", "print_informant_buy",
    "print_readiness", "show_buy", "show_buy_points", "show_cases", "show_informant_buy", "show_informant_buys",
    "show_observations", "show_operation", "show_operations", "show_player", "take_word_back", "upload",
    "upload_informant",
]  # fmt: skip
