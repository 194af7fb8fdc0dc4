"""The team through the browser: who may do what, what a press records, what is sealed, what is printed."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from dmi.audit.models import AuditEvent
from dmi.documents import render
from dmi.documents.kinds import get
from dmi.documents.models import Document
from planning.team import forms, letters
from planning.team.models import Commitment, Holder, PrivateContact, Protocol, ReadinessDecision, Seat, SeatKind
from tests.factories import team as made

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("x")</script>'
ASKED = {
    "full_name": "Ruth Unusual", "organization": "Harbor House", "position": "lead", "may_be_named": "on",
    "invited_on": "2026-01-05", "version": "0",
}  # fmt: skip


def test_the_board_names_every_seat_and_what_is_missing(market, coordinator, as_, url):
    made.filled_seat(market, SeatKind.POLICE)
    page = as_(coordinator).get(url("team:board")).content.decode()
    for words in (
        "Prosecutor&#x27;s office",
        "Reentry services",
        "Nobody asked yet",
        "Not decided",
        "police executive",
    ):
        assert words in page
    assert "1 of 4 core seats ready" in page


def test_a_partner_is_asked_answers_commits_and_leaves(market, coordinator, as_, url):
    client = as_(coordinator)
    assert client.post(url("team:invite", "services"), ASKED).status_code == 302
    holder = Holder.objects.for_case(market).get()
    answer = {"answer": "accepted", "answered_on": "2026-01-09", "version": holder.version}
    assert client.post(url("team:record-answer", holder.pk), answer).status_code == 302
    signed = {"signed_on": "2026-01-31", "kept_at": "Binder 2", "version": "0"}
    assert client.post(url("team:record-commitment", holder.pk), signed).status_code == 302
    assert Commitment.objects.get().expires_on == date(2027, 1, 31)
    holder.refresh_from_db()
    left = {"left_on": timezone.localdate().isoformat(), "left_because": "New post", "version": holder.version}
    assert client.post(url("team:record-departure", holder.pk), left).status_code == 302
    verbs = AuditEvent.objects.filter(subject_id=str(holder.pk)).values_list("verb", flat=True)
    assert sorted(verbs) == ["partner_answered", "partner_asked", "partner_left"]
    assert holder.history.count() == 3


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2025-12-15", 12, "2026-12-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-31", 12, "2027-12-31"),
    ],
)
def test_a_commitment_ends_on_the_same_day_of_a_later_month(day, months, end):
    assert forms.months_later(date.fromisoformat(day), months) == date.fromisoformat(end)


def test_an_impossible_date_is_an_error_in_words_and_keeps_what_was_typed(market, coordinator, as_, url):
    holder = made.partner(market, SeatKind.CITY, accepts=None)
    sent = {"answer": "accepted", "answered_on": "2020-01-01", "answer_note": "Gladly", "version": holder.version}
    answer = as_(coordinator).post(url("team:record-answer", holder.pk), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The answer cannot come before the question." in page
    assert "Gladly" in page


def test_a_stale_form_overwrites_nothing(market, coordinator, as_, url):
    holder = made.partner(market, SeatKind.CITY, accepts=None)
    answer = as_(coordinator).post(url("team:edit-holder", holder.pk), ASKED | {"version": holder.version - 1})
    assert answer.status_code == 422
    assert "A colleague changed this record" in answer.content.decode()
    assert Holder.objects.get(pk=holder.pk).full_name == "Pat Overton"


def test_html_in_every_text_field_is_only_text(market, coordinator, as_, url):
    client = as_(coordinator)
    hostile = ASKED | {"full_name": HOSTILE, "organization": HOSTILE, "job_title": HOSTILE, "work_phone": HOSTILE}
    assert client.post(url("team:invite", "faith"), hostile).status_code == 302
    about = {"why": HOSTILE, "speaks_for": HOSTILE, "watch": HOSTILE, "version": Seat.objects.get(code="faith").version}
    assert client.post(url("team:describe-seat", "faith"), about).status_code == 302
    partner = {"title": HOSTILE, "why": HOSTILE, "speaks_for": HOSTILE, "version": "0"}
    assert client.post(url("team:add-partner"), partner).status_code == 302
    for address in (url("team:board"), url("team:seat", "faith")):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_a_double_click_asks_once(market, coordinator, as_, url):
    client = as_(coordinator)
    once = ASKED | {"once": "5d0f3ac2-6a53-4f8e-8c57-0fd5b3f4a111"}
    for _ in range(2):
        assert client.post(url("team:invite", "city"), once).status_code == 302
    assert Holder.objects.for_case(market).count() == 1


def test_only_the_coordinator_writes_the_roster(market, police, councilor, outsider, as_, url):
    assert as_(police).get(url("team:board")).status_code == 200
    assert as_(police).post(url("team:invite", "city"), ASKED).status_code == 403
    assert as_(councilor).get(url("team:board")).status_code == 200
    assert as_(outsider).get(url("team:board")).status_code == 404
    assert not Holder.objects.exists()


def test_a_council_member_sees_seats_and_no_planning_decision(market, coordinator, councilor, as_, url):
    decision = ReadinessDecision(case=market, outcome="no_go", reasons="Unusual doubts")
    decision.save_by(coordinator)
    assert "Unusual doubts" in as_(coordinator).get(url("team:board")).content.decode()
    assert "Unusual doubts" not in as_(councilor).get(url("team:board")).content.decode()


def test_private_contacts_stay_with_the_community_side(market, coordinator, neighbor, police, as_, url):
    holder = made.partner(market, SeatKind.COMMUNITY)
    sent = {"phone": "555 0199", "best_way": "After six", "version": "0"}
    assert as_(neighbor).post(url("team:keep-contact", holder.pk), sent).status_code == 302
    assert PrivateContact.objects.get().phone == "555 0199"
    assert "555 0199" in as_(coordinator).get(url("team:seat", "community")).content.decode()
    seen = as_(police).get(url("team:seat", "community")).content.decode()
    assert "555 0199" not in seen
    assert "Sealed to Community" in seen


def test_the_protocol_opens_to_prosecutors_and_is_concealed_from_others(market, prosecutor, coordinator, as_, url):
    terms = {"holds_cases": "on", "activation_rule": "Unusual rule", "agreed_on": "2026-02-02", "version": "0"}
    assert as_(prosecutor).post(url("team:edit-protocol"), terms).status_code == 302
    assert Protocol.objects.get().holds_cases
    assert "Unusual rule" in as_(prosecutor).get(url("team:show-protocol")).content.decode()
    assert as_(coordinator).get(url("team:show-protocol")).status_code == 404
    line = as_(coordinator).get(url("team:seat", "prosecutor")).content.decode()
    assert "Agreed" in line
    assert "Unusual rule" not in line


def test_go_without_a_ready_team_is_refused_in_words(market, coordinator, as_, url):
    sent = {"outcome": "go", "reasons": "We want to.", "version": "0"}
    answer = as_(coordinator).post(url("team:decide-go"), sent)
    assert answer.status_code == 422
    assert "every core seat filled, briefed and committed" in answer.content.decode()
    assert not ReadinessDecision.objects.exists()


def test_an_unknown_seat_and_a_foreign_holder_are_not_found(market, coordinator, as_, url):
    elsewhere = made.partner(made.market(slug="northmoor", name="Northmoor", number_prefix="N"), SeatKind.CITY)
    client = as_(coordinator)
    assert client.get(url("team:seat", "nobody")).status_code == 404
    assert client.post(url("team:edit-holder", elsewhere.pk), ASKED).status_code == 404


def test_each_paper_is_issued_once_for_the_same_facts(market, coordinator, prosecutor, as_, url):
    holders = made.whole_team(market)
    client = as_(coordinator)
    papers = (
        url("team:print-readiness"), url("team:print-roster"), url("team:print-handover", "police"),
        url("team:print-letter", holders[SeatKind.SERVICES].pk),
    )  # fmt: skip
    for address in (*papers, *papers):
        assert client.post(address).status_code == 302
    assert as_(prosecutor).post(url("team:print-protocol")).status_code == 302
    assert Document.objects.for_case(market).count() == 5
    assert as_(prosecutor).post(url("team:print-roster")).status_code == 403


@pytest.mark.parametrize("paper", ["readiness", "roster", "handover", "commitment", "protocol"])
def test_each_paper_shows_its_facts(market, paper):
    holders = made.whole_team(market)
    today = timezone.localdate()
    team = letters.selectors.team_of(market, today)
    facts, code, words = {
        "readiness": (letters.readiness(market, today), "readiness_assessment", "No gap"),
        "roster": (letters.roster(market, today), "team_roster", "police executive"),
        "handover": (letters.handover(market, team.seat("police"), today), "handover_pack", "What is open"),
        "commitment": (letters.commitment(holders[SeatKind.SERVICES], today), "commitment_letter", "Harbor House"),
        "protocol": (
            letters.protocol(market, Protocol.objects.get()),
            "prosecutor_protocol",
            "A complaint that stands",
        ),
    }[paper]
    from dmi.documents.facts import freeze, thaw

    kind = get(code)
    frozen = thaw(freeze(kind, facts).body)
    assert words in render.html_of(kind.template, {**frozen, "facts": frozen, "paper": {"title": kind.title}})
