"""Which right opens each page; compared with the views by the permission test."""

READ, WRITE = ("meetings.view",), ("meetings.change",)
ROWS = [
    ("meetings:list-meetings", READ),
    ("meetings:show-meeting", READ),
    ("meetings:add-meeting", WRITE),
    ("meetings:edit-meeting", WRITE),
    ("meetings:record-minutes", WRITE),
    ("meetings:add-decision", WRITE),
    ("meetings:add-task", WRITE),
    ("meetings:take-calendar", READ),
    ("meetings:print-meeting", ("meetings.print",)),
    ("meetings:finish-task", READ),
    ("meetings:reopen-task", READ),
]
