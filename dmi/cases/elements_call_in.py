"""Elements of the community phase and of the call-in: steps 5 to 7. Columns as in `elements.Element`."""

from __future__ import annotations

COMMUNITY_GATE = "community"
GATE = "callin"
KINDS_OF_HELP = (
    ("a", "Drug treatment"),
    ("b", "Education"),
    ("c", "Job training"),
    ("d", "Gainful employment"),
    ("e", "Help with family issues"),
    ("f", "Transportation"),
)

#   number, name, holder, data class, gate, done when, document
COMMUNITY = (
    ("5.0", "Win the community's support", "community", "meetings", COMMUNITY_GATE,
     "Blocks were canvassed, people met, and named voices are willing to speak.", "Buy-in report"),
    ("5.1", "Identify the justice partners", "coordinator", "roster", "",
     "The partners on the roster are known to the community team.", "Partner sheet"),
    ("5.2", "Engage the community", "community", "meetings", COMMUNITY_GATE,
     "Each audience has somebody who reaches it and a date.", "Engagement plan"),
    ("5.3", "Residents of the area", "community", "community_contacts", COMMUNITY_GATE,
     "The blocks of the area were visited door by door with a result for each.", "Canvass log"),
    ("5.4", "Neighborhood leaders", "community", "community_contacts", COMMUNITY_GATE,
     "Leaders were asked, and their answers are recorded.", "Contact records"),
    ("5.5", "Business owners, if applicable", "community", "community_contacts", "",
     "Business owners were asked, or the area has none.", "Contact records"),
    ("5.6", "Faith members", "community", "community_contacts", "",
     "Faith members were asked to visit, speak or mentor.", "Contact records"),
    ("5.7", "A series of meetings", "community", "meetings", COMMUNITY_GATE,
     "More than one meeting was held in the area, with notice, minutes and promises.",
     "Flyer, agenda, sign-in, minutes"),
    ("5.8", "Brief the Mayor and Council", "coordinator", "meetings", "",
     "The briefing is on record, without names.", "Council brief"),
    ("5a.0", "Set the call-in's time and place", "coordinator", "meetings", COMMUNITY_GATE,
     "Date, hour and room are fixed after comparing the choices.", "Venue sheet"),
    ("5a.1", "A fitting place inside the area", "coordinator", "meetings", COMMUNITY_GATE,
     "The place lies inside the target area, or the reason why not is written.", "Venue decision"),
)  # fmt: skip

FAMILIES = (
    ("6.0", "People with influence on each candidate", "community", "influentials", GATE,
     "Each candidate has the number of influential people the team asks for, or a documented search.",
     "Influential map"),
    ("6.1", "Family", "community", "influentials", "",
     "Family members were looked for.", "Influential records"),
    ("6.2", "Friends", "community", "influentials", "",
     "Friends were looked for.", "Influential records"),
    ("6.3", "Spiritual advisors", "community", "influentials", "",
     "Spiritual advisors were looked for.", "Influential records"),
    ("6.4", "Others outside the family", "community", "influentials", "",
     "Teachers, coaches, employers and others were looked for.", "Influential records"),
    ("6.5", "Visits in small groups", "community", "visit_log", GATE,
     "A pair from police and community has visited for each candidate, with the outcome.", "Visit log"),
    ("6.5a", "Explain the goals", "community", "visit_log", "",
     "The visit explained what the initiative is for.", "Talking points"),
    ("6.5b", "Invite them to ask for a change", "community", "visit_log", "",
     "The visited person was asked to help ask the candidate to stop.", "Talking points"),
    ("6.5c", "Encourage them to come", "community", "visit_log", "",
     "The visited person was asked to come to the call-in, and the answer is recorded.", "Reply list"),
    ("6a.0", "Send each candidate a letter", "coordinator", "letters", GATE,
     "Each candidate's letter is issued with number and date.", "Call-in letters"),
    ("6a.1", "Signed by Chief or Sheriff, delivered", "coordinator", "letters", GATE,
     "Each letter carries the signature block and its delivery is recorded.", "Delivery register"),
    ("6a.2", "The five things a letter says", "coordinator", "letters", GATE,
     "Each letter says: police know, it must stop, come, no arrest there, bring someone.",
     "Clause checklist"),
    ("6a.3", "The promise of no arrest", "prosecutor", "call_in_roster", GATE,
     "Open warrants were checked before the call-in and conflicts cleared.", "Safe-passage check"),
)  # fmt: skip

CALL_IN = (
    ("7a.0", "Arrange services for the call-in", "services", "services_catalogue", GATE,
     "Each kind of help has a provider attending or an agreed substitute.", "Services sheet"),
    *(
        (f"7a.{letter}", name, "services", "services_catalogue", GATE,
         "A provider has confirmed places for the date and who may use them.", "Catalogue entry, table sign")
        for letter, name in KINDS_OF_HELP
    ),
    ("7b.0", "Hold the call-in", "coordinator", "run_of_show", GATE,
     "The call-in was held to its run of show and attendance is recorded.",
     "Run of show, sign-in, after-note"),
    ("7b.1", "Face to face", "coordinator", "attendance", GATE,
     "Candidates, supporters and speakers have places in the room.", "Seating chart, place cards"),
    ("7b.2", "Show the fruits of undercover work", "police", "display_set", GATE,
     "A set of checked pictures is approved for display.", "Display set"),
    ("7b.2a", "Pictures of the dealers", "police", "display_set", "",
     "Each candidate has an approved picture, or the gap is known.", "Photo plates"),
    ("7b.2b", "Pictures of dealing", "police", "display_set", "",
     "Approved pictures show dealing, with bystanders made unrecognizable.", "Photo plates"),
    ("7b.2c", "Pictures of houses and corners", "police", "display_set", "",
     "Approved pictures show the places.", "Location plates"),
    ("7b.3", "A notebook for each person", "police", "notebooks", GATE,
     "Each candidate's notebook is printed, numbered and complete.",
     "Offender notebook, spine, tabs, manifest"),
    ("7b.3a", "What police know, cleared for the notebook", "prosecutor", "notebook_drafts", GATE,
     "The prosecutor has cleared each notebook and what was held back is logged.", "Redaction log"),
    ("7b.3b", "Unsigned arrest warrant", "prosecutor", "warrants", GATE,
     "Each notebook holds a warrant that is marked unsigned.", "Unsigned warrant"),
    ("7b.4", "A strong message in two parts", "police", "run_of_show", GATE,
     "The law-enforcement words are written, timed and agreed.", "Speaker scripts"),
    ("7b.4a", "Dealing and violence will not be tolerated", "police", "run_of_show", GATE,
     "This part of the message has its script.", "Script"),
    ("7b.4b", "Official notice: evidence held, a second chance", "prosecutor", "official_notices", GATE,
     "Each person present was served the notice, signed or witnessed.", "Official notice"),
    ("7b.5", "A strong message from the community", "community", "run_of_show", GATE,
     "Community speakers have their scripts and a fair share of the minutes.", "Community scripts"),
    ("7b.5a", "The behavior is not acceptable", "community", "run_of_show", GATE,
     "This part of the message has its script, spoken by a neighbor.", "Script"),
    ("7b.5b", "Offer help to those who want it", "services", "wants", GATE,
     "Wishes were taken that night and first appointments made.", "Intake slips"),
    *(
        (f"7b.5b.{letter}", f"{name}: offered and wanted", "services", "wants", "",
         "What was offered and what was wanted are counted.", "Offer and want counts")
        for letter, name in KINDS_OF_HELP
    ),
    ("7b.6", "A deadline to stop", "coordinator", "run_of_show", GATE,
     "The deadline is fixed, and printed for everybody who was notified.", "Deadline card"),
)  # fmt: skip

ROWS = (*COMMUNITY, *FAMILIES, *CALL_IN)
