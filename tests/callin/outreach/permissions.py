"""Which right opens each page; compared with the views by the permission test."""

ROWS = [
    ("outreach:letters", ("letters.view", "letters.masked")),
    ("outreach:wording", ("letters.change", "act.approve_letter")),
    ("outreach:approve-wording", ("act.approve_letter",)),
    ("outreach:print-letters", ("act.issue_letter",)),
    ("outreach:delivery", ("letters.change",)),
]
