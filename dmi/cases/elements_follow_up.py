"""Elements after the call-in: steps 8 and 9. Columns as in `elements.Element`."""

from __future__ import annotations

GATE = "followup"

#   number, name, holder, data class, gate, done when, document
ROWS = (
    ("8.0", "Enforce the message", "coordinator", "meetings", GATE,
     "Each promise made at the call-in has an owner and is kept, late or broken on record.",
     "Promise ledger"),
    ("8.1", "Police and community watch", "police", "complaints", "",
     "Sightings come in from both sides and are logged.", "Sighting log"),
    ("8.2", "Keep trying to buy", "police", "undercover_buys", GATE,
     "Attempts are recorded by place and hour, failed ones too.", "Buy-attempt log"),
    ("8.3", "Informants at confirmed places", "handler", "informant_buys", "",
     "Attempts by informants are recorded by place.", "Informant attempt log"),
    ("8.4", "Encourage residents to call", "community", "meetings", "",
     "Residents have the number to call.", "Flyer"),
    ("8.5", "Give residents' calls priority", "police", "complaints", GATE,
     "Calls are answered within the team's target and callers are called back.", "Call response log"),
    ("8.6", "Investigate at once", "police", "complaints", GATE,
     "Each complaint became an investigation within the team's target.", "Investigation card"),
    ("8.7", "Complaint, signature, arrest", "prosecutor", "activation", GATE,
     "Each well-founded complaint on a notified person was decided, from packet to signature.",
     "Activation packet"),
    ("8.8", "One assigned prosecutor", "prosecutor", "case_outcomes", GATE,
     "Exactly one assistant prosecutor is assigned to these cases.", "Assignment and outcome log"),
    ("9.0", "Follow up on promised help", "services", "follow_up", GATE,
     "For each person what was offered, wanted, referred and started is on record.", "Follow-up board"),
    ("9.1", "Contact each notified person", "services", "follow_up", GATE,
     "Each notified person was reached, or each attempt is dated.", "Contact log"),
    ("9.2", "Assign mentors", "community", "mentors", "",
     "Screened mentors are matched with those who want one.", "Mentor assignment"),
    ("9.3", "Calls and visits from the community", "community", "touch_log", "",
     "The community stays in touch and says so in a light log.", "Touch log"),
    ("9.4", "Newsletters and flyers", "police", "newsletter", "",
     "News went out on arrests with a public charge and on changed paths with written releases.",
     "Newsletter"),
    ("9.5", "Police keep coming to meetings", "police", "meetings", GATE,
     "Police were at the community's meetings after the call-in.", "Attendance log"),
    ("9.6", "Watch the crime data closely", "research", "dashboards", GATE,
     "Each month's figures for target and comparison area were read and answered.",
     "Monthly monitoring brief"),
)  # fmt: skip
