"""What people did, in the past tense. Each app adds its verbs in its own group."""

from __future__ import annotations

from django.db import models


class Verb(models.TextChoices):
    """One kind of act in the audit log."""

    # access
    RECORD_VIEWED = "record_viewed", "Sealed page opened"
    ACCESS_DENIED = "access_denied", "Access refused"

    # accounts
    SIGNED_IN = "signed_in", "Signed in"
    SIGN_IN_FAILED = "sign_in_failed", "Sign-in failed"
    SIGNED_OUT = "signed_out", "Signed out"
    ACCOUNT_LOCKED = "account_locked", "Account locked"
    ACCOUNT_RELEASED = "account_released", "Account released"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    PASSWORD_RESET_ASKED = "password_reset_asked", "Asked for a new password"
    FACTOR_ADDED = "factor_added", "Second factor added"
    FACTOR_REMOVED = "factor_removed", "Second factor removed"
    FACTOR_FAILED = "factor_failed", "Second factor failed"
    FACTORS_RESET = "factors_reset", "Second factors reset by an administrator"
    RECOVERY_CODES_MADE = "recovery_codes_made", "Recovery codes made"
    SCREEN_LOCKED = "screen_locked", "Screen locked"
    SCREEN_UNLOCKED = "screen_unlocked", "Screen unlocked"
    SIGN_INS_ENDED = "sign_ins_ended", "Signed out elsewhere"
    ACCOUNT_INVITED = "account_invited", "Account made and invited"
    ACCOUNT_INVITED_AGAIN = "account_invited_again", "Invitation sent again"
    ACCOUNT_CHANGED = "account_changed", "Account changed"
    ACCOUNT_CLOSED = "account_closed", "Account closed"
    ACCOUNT_REOPENED = "account_reopened", "Account opened again"
    CLEARANCE_CHANGED = "clearance_changed", "Clearance changed"
    AGENCY_CHANGED = "agency_changed", "Agency changed"
    NOTICE_ACCEPTED = "notice_accepted", "Sign-in notice accepted"

    # crime mapping: sources, imports, boundaries
    SOURCE_ENTERED = "source_entered", "Source of incidents entered"
    SOURCE_CHANGED = "source_changed", "Source of incidents changed"
    SOURCE_ASSESSED = "source_assessed", "Source of incidents assessed"
    FILE_CHECKED = "file_checked", "File of incidents checked"
    INCIDENTS_IMPORTED = "incidents_imported", "Incidents imported"
    IMPORT_UNDONE = "import_undone", "Import undone"
    REPORTED_ROWS_TAKEN = "reported_rows_taken", "Rows that were not imported downloaded"
    CODE_MATCHED = "code_matched", "Offense code matched"
    FIX_CHOSEN = "fix_chosen", "Fix for rows of a file chosen"
    PLACE_DECIDED = "place_decided", "Doubtful place of an address decided"
    BOUNDARIES_LOADED = "boundaries_loaded", "Boundaries loaded"
    AREA_DRAWN = "area_drawn", "Area drawn"
    AREA_REDRAWN = "area_redrawn", "Draft of an area drawn over"
    AREA_ADOPTED = "area_adopted", "Area adopted"
    AREA_SIGNED = "area_signed", "Target area signed"
    AREA_DISCARDED = "area_discarded", "Draft of an area thrown away"
    EVALUATION_PLANNED = "evaluation_planned", "Evaluation plan written"
    EVALUATION_DECIDED = "evaluation_decided", "Evaluation plan decided"

    # audit
    AUDIT_READ = "audit_read", "Audit log read"
    EXPORT_ASKED = "export_asked", "Asked to take records out as a file"
    EXPORT_APPROVED = "export_approved", "Approved that records leave as a file"
    EXPORT_TAKEN = "export_taken", "Took records out as a file"

    # jobs
    JOB_CANCELLED = "job_cancelled", "Background job cancelled"
    JOB_RETRIED = "job_retried", "Background job tried again"
    JOB_REFUSED = "job_refused", "Background job refused"
    JOB_FAILED = "job_failed", "Background job failed"

    # cases
    CASE_OPENED = "case_opened", "Market opened"
    SEAT_GIVEN = "seat_given", "Seat given"
    SEAT_SUSPENDED = "seat_suspended", "Seat suspended"
    GATE_DECIDED = "gate_decided", "Gate decided"
    ELEMENT_TAKEN_BACK = "element_taken_back", "Element taken back"
    ELEMENT_SET_ASIDE = "element_set_aside", "Element set aside"
    AREA_SET = "area_set", "Target area set"
    CALL_IN_SET = "call_in_set", "Call-in date set"
    POLICY_CHANGED = "policy_changed", "Team policy changed"

    # mobilization
    ENGAGEMENT_PLANNED = "engagement_planned", "Engagement planned"
    ENGAGEMENT_DONE = "engagement_done", "Engagement done"

    # letters
    WORDING_SAVED = "wording_saved", "Wording of the letter saved"
    WORDING_APPROVED = "wording_approved", "Wording of the letter approved"
    LETTERS_PRINTED = "letters_printed", "Call-in letters printed"
    LETTER_DELIVERED = "letter_delivered", "Letter delivered"

    # families
    INFLUENTIAL_ADDED = "influential_added", "Influential person added"
    INFLUENTIAL_CORRECTED = "influential_corrected", "Influential person corrected"
    INFLUENTIAL_REMOVED = "influential_removed", "Influential person removed"
    FAMILY_SEARCHED = "family_searched", "Search for family and friends recorded"
    PAIR_ASSIGNED = "pair_assigned", "Visiting pair assigned"
    NAME_RELEASED = "name_released", "Candidate's name released to the pair"
    NAME_HELD_BACK = "name_held_back", "Release of the candidate's name taken back"
    SAFETY_CHECKED = "safety_checked", "Safety before a visit checked"
    SAFETY_FLAG_RAISED = "safety_flag_raised", "Safety flag raised"
    SAFETY_FLAG_LIFTED = "safety_flag_lifted", "Safety flag lifted"
    VISIT_PLANNED = "visit_planned", "Visit planned"
    VISIT_RECORDED = "visit_recorded", "Visit recorded"
    FOLLOW_UP_RECORDED = "follow_up_recorded", "Contact after a visit recorded"
    NEED_PROMISED = "need_promised", "Ride, child care or other need promised"
    NEED_MET = "need_met", "Promised need met"
    VISITS_PRINTED = "visits_printed", "Visit plan and sheets printed"

    # people
    PLAYER_NAMED = "player_named", "Name put on the list"
    PLAYER_MOVED = "player_moved", "Player moved along the list"
    PLAYER_REVALIDATED = "player_revalidated", "Basis looked at again"
    PERSON_CORRECTED = "person_corrected", "Person corrected"
    PLAYERS_MERGED = "players_merged", "Two entries merged into one person"
    MERGER_UNDONE = "merger_undone", "Merger of two entries undone"
    PLAYERS_TOLD_APART = "players_told_apart", "Two entries found to be different people"

    # evidence
    MEDIA_TAKEN_IN = "media_taken_in", "Evidence taken in"
    MEDIA_REFUSED = "media_refused", "Upload refused"
    MEDIA_READY = "media_ready", "Copies of evidence made"
    MEDIA_FAILED = "media_failed", "Copies of evidence could not be made"
    MEDIA_DESCRIBED = "media_described", "Evidence described"
    MEDIA_CHECKED = "media_checked", "Evidence checked for faces and voices"
    MEDIA_RELEASED = "media_released", "Evidence released"
    MEDIA_WITHHELD = "media_withheld", "Evidence withheld"
    MEDIA_REOPENED = "media_reopened", "Evidence sent back to be checked"
    MEDIA_OPENED = "media_opened", "Original opened"
    MEDIA_VERIFIED = "media_verified", "Hash of an original compared"
    MEDIA_MOVED = "media_moved", "Evidence handed on"
    CUSTODY_PRINTED = "custody_printed", "Custody sheet printed"

    # directory
    ORGANISATION_SAVED = "organisation_saved", "Organization saved"
    CONTACT_SAVED = "contact_saved", "Contact saved"
    SERVICE_SAVED = "service_saved", "Service saved"

    # meetings
    MEETING_SAVED = "meeting_saved", "Meeting saved"
    MINUTES_RECORDED = "minutes_recorded", "Minutes recorded"
    TASK_ADDED = "task_added", "Task added"
    TASK_DONE = "task_done", "Task done"
    TASK_REOPENED = "task_reopened", "Task opened again"
    MEETING_PRINTED = "meeting_printed", "Meeting printed"
    CALENDAR_TAKEN = "calendar_taken", "Calendar entry taken"

    # places
    PLACE_SAVED = "place_saved", "Place saved"

    # documents
    DOCUMENT_ISSUED = "document_issued", "Document issued"
    DOCUMENT_RENDERED = "document_rendered", "Document's file made"
    DOCUMENT_DELIVERED = "document_delivered", "Document handed out"
    DOCUMENT_WITHDRAWN = "document_withdrawn", "Document withdrawn"
    RUN_ISSUED = "run_issued", "Print run started"
    RUN_DELIVERED = "run_delivered", "Print run handed out"
    PRINT_APPROVED = "print_approved", "Print agreed to by a second person"
    COPY_HANDED_OVER = "copy_handed_over", "Copy handed over"
    COPY_RETURNED = "copy_returned", "Copy returned"
    COPY_DESTROYED = "copy_destroyed", "Copy destroyed"
    COPY_LOST = "copy_lost", "Copy reported lost"

    # team
    PARTNER_ADDED = "partner_added", "Partner seat added"
    PARTNER_DESCRIBED = "partner_described", "Partner seat described"
    PARTNER_ASKED = "partner_asked", "Person asked to join the team"
    PARTNER_CORRECTED = "partner_corrected", "Roster entry corrected"
    PARTNER_ANSWERED = "partner_answered", "Answer of a partner recorded"
    PARTNER_LEFT = "partner_left", "Departure from the team recorded"
    PRIVATE_CONTACT_KEPT = "private_contact_kept", "Private contact of a partner kept"
    COMMITMENT_RECORDED = "commitment_recorded", "Signed commitment recorded"
    SEAT_RECORD_ADDED = "seat_record_added", "Briefing or agreement recorded"
    CAPACITY_STATED = "capacity_stated", "Capacity of a service stated"
    PROTOCOL_AGREED = "protocol_agreed", "Prosecutor protocol agreed"
    READINESS_DECIDED = "readiness_decided", "Go or no-go decided"

    # swot
    INVENTORY_OPENED = "inventory_opened", "SWOT inventory opened"
    INVENTORY_LOCKED = "inventory_locked", "SWOT inventory locked"
    ITEM_POSTED = "item_posted", "SWOT item posted"
    ITEM_CHANGED = "item_changed", "SWOT item changed"
    ITEM_REMOVED = "item_removed", "SWOT item removed"
    ITEM_PUT_BACK = "item_put_back", "SWOT item put back"
    ITEM_WEIGHED = "item_weighed", "Weight given to a SWOT item"
    RESPONSE_PLANNED = "response_planned", "Response to a SWOT item planned"
    RESPONSE_CHANGED = "response_changed", "Response to a SWOT item changed"
    RESPONSE_FINISHED = "response_finished", "Response to a SWOT item finished"
    RISK_ACCEPTED = "risk_accepted", "Risk accepted"
    PROMPT_ANSWERED = "prompt_answered", "Threat prompt answered"

    # survey
    INTERVIEW_RECORDED = "interview_recorded", "Officer's answers recorded"
    REPLY_HANDED_IN = "reply_handed_in", "Community reply handed in"
    NOMINATION_RECORDED = "nomination_recorded", "Player named in the survey"
    ADDRESS_MENTIONED = "address_mentioned", "Address named in the survey"
    OFFICERS_ASKED = "officers_asked", "Officers asked to answer the survey"
    OFFICER_REMINDED = "officer_reminded", "Officer reminded of the survey"
    OFFICER_DECLINED = "officer_declined", "Officer declined the survey"
    SURVEY_LINK_OPENED = "survey_link_opened", "Community link opened"
    SURVEY_LINK_CLOSED = "survey_link_closed", "Community link closed"

    # link_analysis
    ENTITY_CHARTED = "entity_charted", "Put on the link chart"
    ENTITY_CHANGED = "entity_changed", "Entry of the link chart changed"
    ENTITY_REMOVED = "entity_removed", "Taken off the link chart"
    ENTITY_PUT_BACK = "entity_put_back", "Put back on the link chart"
    CHARTED_PERSON_APPROVED = "charted_person_approved", "Person who is no subject approved for the link chart"
    LINK_CHARTED = "link_charted", "Link charted"
    LINK_CHANGED = "link_changed", "Link changed"
    LINK_REMOVED = "link_removed", "Link removed"
    LINK_PUT_BACK = "link_put_back", "Link put back"
    CHART_ARRANGED = "chart_arranged", "Link chart arranged again"
    NETWORK_CHECKED = "network_checked", "File of links checked"
    NETWORK_IMPORTED = "network_imported", "File of links imported"
    NETWORK_IMPORT_UNDONE = "network_import_undone", "Import of links undone"

    # incident_review
    SITTING_OPENED = "sitting_opened", "Incident review opened"
    SITTING_CLOSED = "sitting_closed", "Incident review closed"
    PLAYER_REVIEWED = "player_reviewed", "Player reviewed at a sitting"
    CONTACT_RECORDED = "contact_recorded", "Police contact recorded"
    INTELLIGENCE_RECORDED = "intelligence_recorded", "Intelligence recorded"
    PLAYER_ASSESSED = "player_assessed", "Player assessed"
    CHARGE_RECORDED = "charge_recorded", "Pending charge recorded"
    RECOMMENDATION_RECORDED = "recommendation_recorded", "Police recommendation recorded"
    DECISION_RECORDED = "decision_recorded", "Prosecutor's decision recorded"
    ROSTER_FROZEN = "roster_frozen", "Call-in list frozen"
    ROSTER_COUNTERSIGNED = "roster_countersigned", "Call-in list countersigned"
    SITTING_CHANGED = "sitting_changed", "Those present at an incident review corrected"
    PLAYER_FILE_OPENED = "player_file_opened", "File of a player opened"
    VIOLENCE_RECORDED = "violence_recorded", "Line of a history of violence recorded"
    REFINED_LIST_FIXED = "refined_list_fixed", "Refined list fixed"
    CRITERIA_WRITTEN = "criteria_written", "Criteria written"
    CRITERIA_FIXED = "criteria_fixed", "Criteria fixed"
    FIRST_LOOK_RECORDED = "first_look_recorded", "First look at a card without name recorded"
    FEDERAL_DECLINED = "federal_declined", "Federal decline recorded"
    FEDERAL_DECLINE_TAKEN_BACK = "federal_decline_taken_back", "Federal decline taken back"
    SEPARATE_PATH_SET = "separate_path_set", "Separate path of a minor set"
    SAFE_PASSAGE_CHECKED = "safe_passage_checked", "Safe passage checked"
    SAFE_PASSAGE_OVERRIDDEN = "safe_passage_overridden", "Open safe-passage check set aside"
    CASE_HANDED_OFF = "case_handed_off", "Case handed over for prosecution"
    RESIDENTS_ENTERED = "residents_entered", "Shares of residents entered"

    # notification
    NOTEBOOK_CLEARED = "notebook_cleared", "Notebook cleared for printing"
    BINDER_PRINTED = "binder_printed", "Call-in binder printed"

    # undercover
    BUY_RECORDED = "buy_recorded", "Officer's buy recorded"
    BUY_CORRECTED = "buy_corrected", "Officer's buy corrected"
    BUY_MEDIA_ATTACHED = "buy_media_attached", "Evidence attached to a buy"
    INFORMANT_BUY_RECORDED = "informant_buy_recorded", "Informant's buy recorded"
    CHARGE_PAGE_SAVED = "charge_page_saved", "Charge page saved"
    PLAYER_CASE_READY = "player_case_ready", "Case against a player called ready"
    PLAYER_CASE_NOT_READY = "player_case_not_ready", "Case against a player no longer called ready"
    BUY_MEDIA_ADDED = "buy_media_added", "Evidence taken in for a buy"
    INFORMANT_BUY_CORRECTED = "informant_buy_corrected", "Informant's buy corrected"
    INFORMANT_MEDIA_ADDED = "informant_media_added", "Evidence taken in for an informant's buy"
    SEALED_REGISTER_LOOKED_OVER = "sealed_register_looked_over", "Sealed register looked over"
    INFERENCE_ANSWERED = "inference_answered", "Reason given for showing a picture that may give away a buyer"
    OPERATION_PLANNED = "operation_planned", "Operation planned"
    OPERATION_CHANGED = "operation_changed", "Operation plan changed"
    OPERATION_CLOSED = "operation_closed", "Operation closed with its outcome"
    OPERATION_READERS_SET = "operation_readers_set", "Readers of an operation named"
    OPERATION_BUYS_LINKED = "operation_buys_linked", "Buys linked to an operation"
    OBSERVATION_RECORDED = "observation_recorded", "Observed activity recorded"
    OBSERVATION_CORRECTED = "observation_corrected", "Observed activity corrected"


def choices() -> list[tuple[str, str]]:
    """Every verb with its words; a function, so that a new verb asks for no migration."""
    return Verb.choices
