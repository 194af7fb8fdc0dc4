"""Which right opens each page; compared with the views by the permission test."""

ROWS = [
    ("mobilization:plan", ("meetings.view",)),
    ("mobilization:add-engagement", ("meetings.change",)),
    ("mobilization:edit-engagement", ("meetings.change",)),
    ("mobilization:finish-engagement", ("meetings.change",)),
]
