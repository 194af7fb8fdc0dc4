"""Which right opens each page; compared with the views by the permission test."""

EXPORT = ("audit_log.export", "link_chart.export")
ROWS = [
    ("audit:log", ("audit_log.view", "audit_log.view_own")),
    ("audit:exports", EXPORT),
    ("audit:export-ask", EXPORT),
    ("audit:export-approve", EXPORT),
    ("audit:export-file", EXPORT),
    ("audit:alarms", "act.acknowledge_alarm"),
    ("audit:alarm", "act.acknowledge_alarm"),
]
