"""Which right opens each page; compared with the views by the permission test."""

CASE, MARK = ("act.see_case",), ("act.mark_element",)
ROWS = [
    ("cases:overview", CASE),
    ("cases:todo", CASE),
    ("cases:station", CASE),
    ("cases:who-may-see", CASE),
    ("cases:view-as", CASE),
    ("cases:set-aside", MARK),
    ("cases:take-back", MARK),
    ("cases:gates", ("planning_items.view",)),
    ("cases:gate", ("act.pass_gate",)),
    ("cases:policy", ("planning_items.view", "act.set_policy")),
    ("cases:call-in", ("run_of_show.change",)),
]
