"""Acts of the review: the meeting, the file of a player, what each office says, and the list for the call-in."""

from targeting.incident_review.actions.decisions import (
    decide,
    decline_federal,
    fix_criteria,
    look_first,
    recommend,
    set_separate_path,
    skip_all_first_looks,
    skip_first_look,
    take_back_decline,
    write_criteria,
)
from targeting.incident_review.actions.files import (
    fix_refined_list,
    save_assessment,
    save_charge,
    save_contact,
    save_intelligence,
    save_violence,
)
from targeting.incident_review.actions.reviews import (
    close_session,
    correct_attendance,
    drop_player,
    reopen_player,
    review_player,
    start_session,
)
from targeting.incident_review.actions.rosters import (
    add_to_roster,
    check_passage,
    countersign_roster,
    freeze_roster,
    override_passage,
    remove_from_roster,
    save_hand_off,
    save_residents,
)
from targeting.incident_review.actions.shared import (
    AlreadyFixed,
    Closed,
    CriteriaFirst,
    ListOpen,
    LookFirst,
    NoQuorum,
    NotByYou,
    NotInTheQueue,
)

__all__ = (
    "AlreadyFixed", "Closed", "CriteriaFirst", "ListOpen", "LookFirst", "NoQuorum", "NotByYou", "NotInTheQueue",
    "add_to_roster", "check_passage", "close_session", "correct_attendance", "countersign_roster", "decide",
    "decline_federal", "drop_player", "fix_criteria", "fix_refined_list", "freeze_roster", "look_first",
    "override_passage", "recommend", "remove_from_roster", "reopen_player", "review_player", "save_assessment",
    "save_charge", "save_contact", "save_hand_off", "save_intelligence", "save_residents", "save_violence",
    "set_separate_path", "skip_all_first_looks", "skip_first_look", "start_session",
    "take_back_decline", "write_criteria",
)  # fmt: skip
