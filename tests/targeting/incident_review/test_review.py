"""Step 3 and 3a: quorum, the queue person by person, the file, and who is still active."""

from __future__ import annotations

import pytest
from django.utils import timezone

from dmi.cases.progress import State
from dmi.people.stages import Stage
from targeting.incident_review import selectors
from targeting.incident_review.models import IntelligenceNote, PoliceContact, ReviewSession
from tests.factories import incident_review as made
from tests.factories import survey

pytestmark = pytest.mark.django_db


def test_a_review_needs_the_quorum_of_the_policy(case, at, url):
    client = at("police")
    sent = {"held_on": "2026-03-02", "version": "0"}
    alone = client.post(
        url("incident_review:start-session"), sent | {"present": "Sgt. Penhale, Narcotics\nDr. Ross, Research"}
    )
    assert alone.status_code == 422
    assert "asks for 2 officers" in alone.content.decode()
    no_unit = client.post(url("incident_review:start-session"), sent | {"present": "Penhale\nDale"})
    assert no_unit.status_code == 422
    two = client.post(url("incident_review:start-session"), sent | {"present": "\n".join(made.OFFICERS)})
    assert two.status_code == 302
    assert ReviewSession.objects.for_case(case).get().officers == list(made.OFFICERS)


@pytest.mark.parametrize(("outcome", "stage"), [("keep", "reviewed"), ("drop", "dropped"), ("more", "named")])
def test_the_review_keeps_drops_or_asks_for_more(case, at, url, outcome, stage):
    player, client = survey.player(case), at("police")
    page = url("incident_review:review", player.pk)
    assert client.get(page).url == url("incident_review:start-session")
    made.open_review(case)
    assert client.post(page, {"outcome": outcome, "reason": "", "version": "0"}).status_code == 422
    assert client.post(page, {"outcome": outcome, "reason": "Known to both.", "version": "0"}).status_code == 302
    assert made.again(player).stage == stage
    queue = client.get(url("incident_review:queue")).content.decode()
    assert ("Casey Brightwell" in queue) == (outcome == "more")
    if outcome == "keep":
        assert (
            "not in the queue"
            in client.post(page, {"outcome": "drop", "reason": "No.", "version": "0"}).content.decode()
        )


def test_a_closed_review_has_minutes(case, at, url):
    session, client = made.open_review(case), at("police")
    page = url("incident_review:close-session", session.pk)
    assert client.post(page, {"notes": "", "version": "1"}).status_code == 422
    assert client.post(page, {"notes": "Two names kept.", "version": "1"}).status_code == 302
    assert "Two names kept." in client.get(url("incident_review:session", session.pk)).content.decode()
    assert selectors.open_session(case) is None


def test_a_police_contact_is_added_and_corrected(case, at, url):
    player, client = survey.player(case), at("police")
    sent = {"kind": "arrest", "happened_at": "2026-02-01T22:10", "summary": "Arrested for sale.", "version": "0"}
    page = url("incident_review:add-contact", player.pk)
    assert "need their number" in client.post(page, sent).content.decode()
    assert client.post(page, sent | {"happened_at": "2199-01-01T10:00", "report_number": "1"}).status_code == 422
    assert client.post(page, sent | {"report_number": "26-04471"}).status_code == 302
    contact = PoliceContact.objects.for_case(case).get()
    edit = url("incident_review:edit-contact", contact.pk)
    better = sent | {"report_number": "26-04471", "summary": "Arrested for a sale of crack.", "version": "1"}
    assert client.post(edit, better).status_code == 302
    assert "A colleague changed" in client.post(edit, better).content.decode()
    assert "sale of crack" in client.get(url("incident_review:person", player.pk)).content.decode()
    assert at("prosecutor").post(page, sent).status_code == 403


def test_a_juvenile_record_is_sealed_and_stays_out_of_the_notebook(case, at, url):
    player = survey.player(case)
    made.contact(player, kind="report", report_number="15-1", summary="Theft at fifteen.", is_juvenile=True)
    seen = made.contact(player)
    made.contact(player, kind="sighting")
    page = url("incident_review:person", player.pk)
    assert "Theft at fifteen." not in (shown := at("police").get(page).content.decode())
    assert "Juvenile record" in shown
    assert "Juvenile record" not in at("handler").get(page).content.decode()  # not even that there is one
    assert "Theft at fifteen." in at("prosecutor").get(page).content.decode()
    assert "Theft at fifteen." not in at("police").get(page, {"tab": "contacts"}).content.decode()
    shown = selectors.notebook_contacts(case, [player])[player.pk]
    assert shown.reports == [seen]
    assert len(shown.sightings) == 2


def test_intelligence_needs_a_basis_and_is_shown_apart(case, at, url):
    player, client = survey.player(case), at("police")
    sent = {
        "reliability": "B", "validity": "2", "offence": "Sale", "note": "Supplied by a cousin.",
        "support": "26-1", "review_by": "2199-01-01", "version": "0",
    }  # fmt: skip
    page = url("incident_review:add-intelligence", player.pk)
    assert "28 CFR 23.20" in client.post(page, sent).content.decode()
    assert client.post(page, sent | {"gathered_lawfully": "on"}).status_code == 302
    assert IntelligenceNote.objects.for_case(case).count() == 1
    shown = client.get(url("incident_review:person", player.pk), {"tab": "intelligence"}).content.decode()
    assert "Supplied by a cousin." in shown
    assert "Within this case" in shown.replace("within this case", "Within this case")
    assert at("coordinator").get(url("incident_review:person", player.pk)).status_code == 403
    assert at("prosecutor").get(page).status_code == 403


def test_a_reviewed_player_seen_in_the_window_is_listed(case, at, url):
    player, client = made.reviewed(case), at("police")
    page = url("incident_review:assess", player.pk)
    old = {
        "level": "street",
        "level_basis": "Report 1",
        "violence": "none",
        "last_active_on": "2020-01-01",
        "activity_basis": "Report 1",
        "version": "0",
    }
    assert client.post(page, old | {"violence": "some"}).status_code == 422
    assert client.post(page, old).status_code == 302
    assert made.again(player).stage == Stage.REVIEWED
    new = old | {"last_active_on": timezone.localdate().isoformat(), "version": "1"}
    assert client.post(page, new).status_code == 302
    assert made.again(player).stage == Stage.LISTED
    assert client.get(url("incident_review:assess", survey.player(case, "Drew Hollis").pk)).status_code == 404


def test_who_is_no_longer_active_is_dropped_and_can_be_reviewed_again(case, at, url):
    player, client = made.reviewed(case), at("police")
    drop, reopen = (url(f"incident_review:{name}", player.pk) for name in ("drop", "reopen"))
    assert client.post(drop, {"reason": ""}).status_code == 422
    assert client.post(drop, {"reason": "Moved away."}).status_code == 302
    assert made.again(player).stage == Stage.DROPPED
    assert client.post(reopen, {"reason": "Came back."}).status_code == 302
    assert made.again(player).stage == Stage.REVIEWED
    listed = made.listed(case, "Drew Hollis")
    assert client.post(url("incident_review:drop", listed.pk), {"reason": "No."}).status_code == 422


def test_a_pending_charge_is_kept_with_counsel(case, at, url):
    player = made.reviewed(case)
    sent = {
        "docket": "26-CR-1",
        "court": "County",
        "charge": "Theft",
        "counsel": "A. Bell",
        "filed_on": "2026-01-02",
        "version": "0",
    }
    page = url("incident_review:add-charge", player.pk)
    client = at("prosecutor")
    assert client.post(page, sent).status_code == 302
    assert "A. Bell" in client.get(url("incident_review:person", player.pk)).content.decode()
    assert at("probation").get(page).status_code == 403
    assert client.post(page, sent).status_code == 422


def test_nobody_sees_a_file_whose_basis_is_overdue(case, at, url):
    player = survey.player(case)
    player.review_by = timezone.localdate().replace(year=2020)
    player.save_by(None)
    assert at("police").get(url("incident_review:person", player.pk)).status_code == 404


def test_progress_goes_from_nothing_to_done(case):
    today = timezone.localdate()
    empty = selectors.progress(case=case, today=today)
    assert {p.state for p in empty.values()} == {State.MISSING}
    made.contact(made.listed(case))
    survey.player(case, "Drew Hollis")
    found = selectors.progress(case=case, today=today)
    assert found["3.0"].state == State.UNDER_WAY
    assert found["3.2"].state == State.DONE
    assert found["3.3a"].fact == "1 not reviewed"
    assert found["3a.0"].fact == "1 of 1 active in the area"
    assert found["3b.0"].state == State.MISSING
    assert all("Casey" not in p.fact + p.todo for p in found.values())
