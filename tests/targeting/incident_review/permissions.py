"""Which right opens each page; compared with the views by the permission test."""

MINUTES, SIT = ("review_minutes.view",), ("review_minutes.change",)
ROWS = [
    ("incident_review:board", ("assessments.view", "assessments.masked")),
    ("incident_review:queue", MINUTES),
    ("incident_review:session", MINUTES),
    ("incident_review:review", SIT),
    ("incident_review:start-session", SIT),
    ("incident_review:close-session", SIT),
    ("incident_review:person", ("police_contacts.view",)),
    ("incident_review:add-contact", ("police_contacts.change",)),
    ("incident_review:edit-contact", ("police_contacts.change",)),
    ("incident_review:add-intelligence", ("intelligence.change",)),
    ("incident_review:assess", ("assessments.change",)),
    ("incident_review:add-charge", ("pending_charges.change",)),
    ("incident_review:drop", ("assessments.change",)),
    ("incident_review:reopen", ("assessments.change",)),
    ("incident_review:recommend", ("act.recommend_candidate",)),
    ("incident_review:decide", ("act.decide_candidate",)),
    ("incident_review:roster", ("call_in_roster.view", "call_in_roster.masked")),
    ("incident_review:freeze", ("call_in_roster.change",)),
    ("incident_review:countersign", ("call_in_roster.change", "act.recommend_candidate")),
]
