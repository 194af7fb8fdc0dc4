"""Which right opens each page; compared with the views by the permission test."""

SEE, CHANGE = ("link_chart.view",), ("link_chart.change",)
ROWS = [
    ("link_analysis:chart", SEE),
    ("link_analysis:entity", SEE),
    ("link_analysis:way", SEE),
    ("link_analysis:groups", SEE),
    ("link_analysis:waiting", ("link_chart.change", "act.approve_charted_person")),
    ("link_analysis:approve-person", ("act.approve_charted_person",)),
    ("link_analysis:removed", CHANGE),
    ("link_analysis:arrange", CHANGE),
    ("link_analysis:add-entity", CHANGE),
    ("link_analysis:edit-entity", CHANGE),
    ("link_analysis:remove-entity", CHANGE),
    ("link_analysis:put-back-entity", CHANGE),
    ("link_analysis:add-link", CHANGE),
    ("link_analysis:edit-link", CHANGE),
    ("link_analysis:remove-link", CHANGE),
    ("link_analysis:put-back-link", CHANGE),
    ("link_analysis:import", CHANGE),
    ("link_analysis:check", CHANGE),
    ("link_analysis:commit-import", CHANGE),
    ("link_analysis:undo-import", CHANGE),
    ("link_analysis:print", ("link_chart.print",)),
]
