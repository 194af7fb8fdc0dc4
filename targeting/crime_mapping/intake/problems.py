"""What can be wrong with a file as a whole, and with one row; every one has plain words for the person."""

from __future__ import annotations

REASONS = {
    "no_date": "has no date",
    "bad_date": "has a date that does not exist or cannot be read",
    "future_date": "lies in the future",
    "too_old": "lies before 1900",
    "empty_row": "is empty",
    "too_many_cells": "has more cells than there are headings, so its columns may have shifted",
    "bad_count": "has a count that is neither 1 nor −1",
    "withdraws_unnamed": "withdraws a record without naming it",
    "cell_too_long": "has a cell longer than 10,000 characters",
}
NOTES = {
    "no_coordinates": "Imported without a location: no coordinates in the file",
    "bad_coordinates": "Imported without a location: the coordinates cannot be a place",
    "far_away": "Imported, but the point lies far outside the city",
    "code_unmatched": "Imported, but the offense code is not in the crosswalk yet",
    "nothing_to_withdraw": "Withdraws a record that is not here",
    "swapped": "Latitude and longitude were the wrong way round and were turned",
}


class FileProblem(ValueError):
    """The file cannot be used as it is; `code` is for the program, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def words_for(reason: str) -> str:
    """The sentence for a reason or a note."""
    return f"The row {REASONS[reason]}" if reason in REASONS else NOTES[reason]
