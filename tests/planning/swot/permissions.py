"""Which right opens each page of the SWOT analysis; compared with the views by the permission test."""

READ, WRITE, PRINT = ("planning_items.view",), ("planning_items.change",), ("planning_items.print",)
LEAD = ("act.manage_team",)
ROWS = [
    ("swot:board", READ),
    ("swot:register", READ),
    ("swot:inventory", READ),
    ("swot:lock", LEAD),
    ("swot:open-next", LEAD),
    ("swot:print-board", PRINT),
    ("swot:print-register", PRINT),
    ("swot:add-item", WRITE),
    ("swot:edit-item", WRITE),
    ("swot:remove-item", WRITE),
    ("swot:put-back", WRITE),
    ("swot:weigh", WRITE),
    ("swot:plan-response", WRITE),
    ("swot:accept-risk", WRITE),
    ("swot:edit-response", WRITE),
    ("swot:finish-response", WRITE),
    ("swot:answer-prompt", WRITE),
]
