"""Acts of steps 6 and 6a."""

from callin.outreach.actions.families import (
    HasBeenContacted,
    VisitOpen,
    WrongSeat,
    assign_pair,
    hold_name_back,
    record_search,
    release_name,
    remove_influential,
    save_influential,
)
from callin.outreach.actions.letters import (
    CannotPrint,
    NotByYou,
    approve_wording,
    facts_hash,
    print_letters,
    record_delivery,
    save_wording,
)
from callin.outreach.actions.safety import AlreadyLifted, NoPair, check_safety, lift_flag, raise_flag
from callin.outreach.actions.visits import (
    CannotVisit,
    NothingToPrint,
    VisitClosed,
    meet_need,
    move_visit,
    plan_visit,
    print_visits,
    promise_need,
    record_follow_up,
    record_visit,
)

__all__ = (
    "AlreadyLifted", "CannotPrint", "CannotVisit", "HasBeenContacted", "NoPair", "NotByYou", "NothingToPrint",
    "VisitClosed", "VisitOpen", "WrongSeat", "approve_wording", "assign_pair", "check_safety", "facts_hash",
    "hold_name_back", "lift_flag", "meet_need", "move_visit", "plan_visit", "print_letters", "print_visits",
    "promise_need", "raise_flag", "record_delivery", "record_follow_up", "record_search", "record_visit",
    "release_name", "remove_influential", "save_influential", "save_wording",
)  # fmt: skip
