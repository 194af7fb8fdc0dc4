"""Which right opens each page of the team; compared with the views by the permission test."""

READ, WRITE = ("roster.view",), ("roster.change",)
AGREE = ("agreements.change",)
ROWS = [
    ("team:board", READ),
    ("team:seat", READ),
    ("team:add-partner", WRITE),
    ("team:describe-seat", WRITE),
    ("team:invite", WRITE),
    ("team:edit-holder", WRITE),
    ("team:record-answer", WRITE),
    ("team:record-departure", WRITE),
    ("team:add-record", AGREE),
    ("team:record-commitment", AGREE),
    ("team:keep-contact", ("community_contacts.change",)),
    ("team:state-capacity", ("services_catalogue.change",)),
    ("team:show-protocol", ("prosecutor_terms.view",)),
    ("team:edit-protocol", ("prosecutor_terms.change",)),
    ("team:decide-go", ("act.decide_go",)),
    ("team:print-readiness", ("planning_items.print",)),
    ("team:print-handover", ("planning_items.print",)),
    ("team:print-roster", ("roster.print",)),
    ("team:print-letter", ("agreements.print",)),
    ("team:print-protocol", ("prosecutor_terms.print",)),
]
