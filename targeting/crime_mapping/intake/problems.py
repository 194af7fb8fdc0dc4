"""What can be wrong with a file as a whole, and with one row; every one has plain words for the person."""

from __future__ import annotations

REASONS = {
    "no_date": "has no date",
    "bad_date": "has a date that does not exist or cannot be read",
    "future_date": "lies in the future",
    "too_old": "lies before 1900",
    "empty_row": "is empty",
    "headings_again": "repeats the headings",
    "too_many_cells": "has more cells than there are headings, so its columns may have shifted",
    "bad_count": "has a count that is neither 1 nor −1",
    "withdraws_unnamed": "withdraws a record without naming it",
    "cell_too_long": "has a cell longer than 10,000 characters",
    "left_out": "was left out by your choice",
}
NOTES = {
    "no_coordinates": "Imported without a location: no coordinates in the file",
    "bad_coordinates": "Imported without a location: the coordinates cannot be a place",
    "far_away": "Imported, but the point lies far outside the city",
    "doubtful_place": "Imported and located by its address, but the place is doubtful",
    "code_unmatched": "Imported, but the offense code is not in the crosswalk yet",
    "nothing_to_withdraw": "Withdraws a record that is not here",
    "date_order": "Dates such as 03/04/2018 could be read either way; they were read {order}",
    "swapped": "Latitude and longitude were the wrong way round and were turned",
}


_LEAVE_OUT = ("leave_out", "Leave these rows out")
# One fix for all rows with the same problem. The first is what happens anyway; choosing it settles the question.
FIXES: dict[str, tuple[tuple[str, str], ...]] = {
    "no_date": (_LEAVE_OUT,),
    "bad_date": (_LEAVE_OUT, ("day_only", "Keep the day, without the time")),
    "future_date": (_LEAVE_OUT,),
    "too_old": (_LEAVE_OUT,),
    "empty_row": (_LEAVE_OUT,),
    "headings_again": (_LEAVE_OUT,),
    "too_many_cells": (_LEAVE_OUT, ("cut", "Ignore the cells beyond the last heading")),
    "bad_count": (_LEAVE_OUT, ("one", "Count each as one")),
    "withdraws_unnamed": (_LEAVE_OUT,),
    "cell_too_long": (_LEAVE_OUT, ("cut", "Cut the long cells")),
    "bad_coordinates": (("keep", "Import without these coordinates"), _LEAVE_OUT),
    "far_away": (("keep", "Keep the points"), ("no_location", "Treat as no location"), _LEAVE_OUT),
    "doubtful_place": (
        ("keep", "Import, and look at the places afterwards"), ("no_location", "Treat as no location"), _LEAVE_OUT,
    ),
    "code_unmatched": (("keep", "Import as not matched"), _LEAVE_OUT),
    "date_order": (("month_first", "Month first: 03/04 is March 4"), ("day_first", "Day first: 03/04 is April 3")),
}  # fmt: skip


def is_fix(problem: str, fix: str) -> bool:
    """Whether this fix is offered for this problem."""
    return fix in dict(FIXES.get(problem, ()))


class FileProblem(ValueError):
    """The file cannot be used as it is; `code` is for the program, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def words_for(reason: str) -> str:
    """The sentence for a reason or a note."""
    return f"The row {REASONS[reason]}" if reason in REASONS else NOTES[reason]
