"""Which right opens each page; compared with the views by the permission test."""

FAMILY = ("influentials.change", "influentials.change_own")
SAFETY = ("safety_flags.change",)
VISIT = ("visit_log.change_own",)

ROWS = [
    ("outreach:letters", ("letters.view", "letters.masked")),
    ("outreach:wording", ("letters.change", "act.approve_letter")),
    ("outreach:approve-wording", ("act.approve_letter",)),
    ("outreach:print-letters", ("act.issue_letter",)),
    ("outreach:delivery", ("letters.change",)),
    ("outreach:visits", ("visit_log.view", "visit_log.view_own", "visit_log.masked")),
    ("outreach:print-visits", ("visit_log.print",)),
    ("outreach:player", ("letters.view", "influentials.view", "influentials.view_own")),
    ("outreach:add-influential", FAMILY),
    ("outreach:edit-influential", FAMILY),
    ("outreach:remove-influential", FAMILY),
    ("outreach:record-search", FAMILY),
    ("outreach:assign-pair", ("act.assign_visits",)),
    ("outreach:release-name", ("act.release_name",)),
    ("outreach:check-safety", SAFETY),
    ("outreach:raise-flag", SAFETY),
    ("outreach:lift-flag", SAFETY),
    ("outreach:plan-visit", VISIT),
    ("outreach:record-visit", VISIT),
    ("outreach:record-follow-up", VISIT),
    ("outreach:promise-need", VISIT),
    ("outreach:meet-need", VISIT),
]
