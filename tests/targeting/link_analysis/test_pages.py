"""The pages of link analysis: looking, changing with a way back, files, paper."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dmi.audit.models import AuditEvent, ExportRequest
from dmi.audit.verbs import Verb
from dmi.documents.models import Document
from dmi.jobs import worker
from targeting.link_analysis import moving
from targeting.link_analysis.models import Entity, Link, NetworkImport
from tests.factories import link_analysis as made
from tests.factories import many, survey


@pytest.fixture
def three(case):
    casey, drew = survey.player(case), survey.player(case, "Drew Hollis")
    found = [
        made.entity(case, player=casey),
        made.entity(case, player=drew),
        made.entity(case, "Gray sedan", kind="vehicle"),
    ]
    made.link(found[0], found[2], kind="drives", cites="Traffic stop 26-04410")
    made.link(found[1], found[2], kind="drives", cites="Traffic stop 26-04411")
    return found


def once(**given):
    return {"once": str(uuid.uuid4())} | given


def a_link(first, second, **given):
    return once(
        first=first.pk, second=second.pk, kind="seen_together", times=1, grade="seen", record="contact",
        cites="Report 26-1", happened_on=timezone.localdate().isoformat(), source="", note="", version=0, **given,
    )  # fmt: skip


def a_file(text, **given):
    fields = {
        "file": SimpleUploadedFile("net.csv", text.encode()), "entity_kind": "person", "kind": "seen_together",
        "grade": "recorded", "record": "court", "cites": "Court order 26-7", "source": "",
        "happened_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    return once(**(fields | given))


def test_the_chart_opens_around_the_first_player_with_drawing_table_and_records(at, url, three):
    page = at("police").get(url("link_analysis:chart")).content.decode()
    assert "Around Casey Brightwell (E-01), one link away" in page
    assert "Traffic stop 26-04410" in page
    assert "Drew Hollis</a>" not in page
    assert "<svg" in page
    assert "style=" not in page
    assert "cytoscape.min.js" in page


def test_the_whole_chart_a_kind_a_period_and_nonsense(at, url, three):
    client = at("prosecutor")
    assert "Traffic stop 26-04411" in client.get(url("link_analysis:chart"), {"reach": "all"}).content.decode()
    cut = client.get(url("link_analysis:chart"), {"reach": "all", "kind": "family"}).content.decode()
    assert "No links here" in cut
    old = client.get(url("link_analysis:chart"), {"reach": "all", "until": "2001-01-01"}).content.decode()
    assert "No links here" in old
    for asked in ({"reach": "9"}, {"center": "x"}, {"since": "yesterday"}, {"removed": "x"}, {"page": "x"}):
        assert client.get(url("link_analysis:chart"), asked).status_code == 200


def test_empty_pages_say_what_to_do(at, url, db):
    client = at("police")
    for name in ("chart", "way", "groups", "waiting", "removed"):
        assert 'class="empty"' in client.get(url(f"link_analysis:{name}")).content.decode()
    assert "Put at least two entries" in client.get(url("link_analysis:add-link")).content.decode()


def test_an_entry_is_explained_in_words_and_never_scored(at, url, three):
    page = at("police").get(url("link_analysis:entity", three[2].pk)).content.decode()
    assert "Linked to 2 of the 2 other entries" in page
    assert "100 in 100" in page
    assert "does not say how dangerous" in page
    groups = at("police").get(url("link_analysis:groups")).content.decode()
    assert "Group 1, 3 entries" in groups
    assert not any(word in (page + groups).casefold() for word in ("risk", "score", "rank"))


def test_the_shortest_way_names_every_record(at, url, three):
    asked = {"start": three[0].pk, "end": three[1].pk}
    page = at("police").get(url("link_analysis:way"), asked).content.decode()
    assert "2 links" in page
    assert "26-04410" in page
    assert "26-04411" in page
    assert at("police").get(url("link_analysis:way"), {"start": three[0].pk, "end": uuid.uuid4()}).status_code == 422


def test_a_link_is_added_once_corrected_and_taken_off_with_undo(at, url, three):
    client = at("police")
    sent = a_link(three[0], three[1])
    for _ in range(2):
        assert client.post(url("link_analysis:add-link"), sent).status_code == 302
    link = Link.objects.get(kind="seen_together")
    changed = a_link(three[0], three[1]) | {"cites": "Report 26-2", "version": link.version}
    assert client.post(url("link_analysis:edit-link", link.pk), changed).status_code == 302
    stale = client.post(url("link_analysis:edit-link", link.pk), changed | once())
    assert stale.status_code == 422
    answer = client.post(url("link_analysis:remove-link", link.pk), once(), follow=True)
    assert "Undo" in answer.content.decode()
    client.post(url("link_analysis:put-back-link", link.pk), once())
    link.refresh_from_db()
    assert (link.removed_at, link.cites) == (None, "Report 26-2")


@pytest.mark.parametrize("field", ["cites", "source", "note"])
def test_informants_never_stand_on_the_chart(at, url, three, field):
    sent = a_link(three[0], three[1]) | {field: "Told by CI-104"}
    answer = at("police").post(url("link_analysis:add-link"), sent)
    assert answer.status_code == 422
    assert "Informants are never" in answer.content.decode()


def test_a_contact_on_file_fills_in_citation_and_date(at, url, three):
    from tests.factories import incident_review as review

    contact = review.contact(three[0].player, kind="arrest", report_number="26-5")
    sent = a_link(three[0], three[1]) | {"contact": contact.pk, "cites": "", "happened_on": ""}
    at("police").post(url("link_analysis:add-link"), sent)
    link = Link.objects.get(contact=contact)
    assert link.cites == "Arrest 26-5"
    assert link.happened_on == timezone.localtime(contact.happened_at).date()


def test_family_waits_for_a_prosecutor(at, url, case, three):
    police, prosecutor = at("police"), at("prosecutor")
    sent = once(kind="person", label="Mother of E-01", standing="other", basis="She asked for it.", version=0)
    police.post(url("link_analysis:add-entity"), sent)
    mother = Entity.objects.get(label="Mother of E-01")
    assert "Mother of E-01" not in police.get(url("link_analysis:chart"), {"reach": "all"}).content.decode()
    assert police.post(url("link_analysis:approve-person", mother.pk), once()).status_code == 403
    assert "She asked for it." in prosecutor.get(url("link_analysis:waiting")).content.decode()
    prosecutor.post(url("link_analysis:approve-person", mother.pk), once())
    assert "Mother of E-01" in police.get(url("link_analysis:chart"), {"reach": "all"}).content.decode()


def test_an_entry_is_added_taken_off_and_put_back(at, url, case):
    client = at("police")
    client.post(url("link_analysis:add-entity"), once(kind="phone", label="555-0177", version=0))
    phone = Entity.objects.get(label="555-0177")
    client.post(url("link_analysis:remove-entity", phone.pk), once())
    assert "555-0177" in client.get(url("link_analysis:removed")).content.decode()
    client.post(url("link_analysis:put-back-entity", phone.pk), once())
    phone.refresh_from_db()
    assert phone.removed_at is None
    assert client.post(url("link_analysis:arrange"), once()).status_code == 302


# --- files -----


def test_a_matrix_is_checked_then_imported_then_undone(at, url, case, three):
    client = at("police")
    text = ",E-01,Drew Hollis,Sparrow\nE-01,0,3,0\nDrew Hollis,0,0,1\nSparrow,0,0,0\n"
    answer = client.post(url("link_analysis:import"), a_file(text), follow=True)
    page = answer.content.decode()
    assert "3 names, 2 links" in page
    assert "There already" in page
    batch = NetworkImport.objects.get()
    assert Link.objects.count() == 2
    for _ in range(2):
        client.post(url("link_analysis:commit-import", batch.pk), once())
    assert Link.objects.filter(came_with=batch).count() == 2
    assert set(Link.objects.filter(came_with=batch).values_list("times", flat=True)) == {3, 1}
    assert Entity.objects.filter(came_with=batch).get().label == "Sparrow"
    client.post(url("link_analysis:undo-import", batch.pk), once())
    assert not Link.objects.filter(came_with=batch, removed_at=None).exists()
    assert Entity.objects.get(label="Sparrow").removed_at
    assert Link.objects.filter(removed_at=None).count() == 2


def test_a_large_file_goes_onto_the_chart_in_the_background(at, url, case, three):
    client = at("police")
    rows = "".join(f"Wren {n},Wren {n + 1}\n" for n in range(moving.MANY_LINKS + 5))
    client.post(url("link_analysis:import"), a_file(rows))
    batch = NetworkImport.objects.get()
    for _ in range(2):
        client.post(url("link_analysis:commit-import", batch.pk), once())
    assert not Link.objects.filter(came_with=batch).exists()
    page = client.get(url("link_analysis:check", batch.pk)).content.decode()
    assert "Waiting to start" in page
    ended = worker.run_until_ended(moving.job_of(batch))
    assert ended.state == "done", ended.error
    assert Link.objects.filter(came_with=batch).count() == moving.MANY_LINKS + 5
    assert "On the chart" in client.get(url("link_analysis:check", batch.pk)).content.decode()


def test_the_number_and_the_name_of_one_player_are_one_entry(at, url, case, three):
    client = at("police")
    client.post(url("link_analysis:import"), a_file("E-01,Casey Brightwell\nE-01,Wren\n"))
    client.post(url("link_analysis:commit-import", NetworkImport.objects.get().pk), once())
    assert Link.objects.filter(came_with__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"file": SimpleUploadedFile("a.csv", b",a,b\na,0,x\nb,0,0\n")}, "Row 2, column 3"),
        ({"record": "intelligence"}, "reported, never seen"),
        ({"happened_on": "2999-01-01"}, "has not come yet"),
        ({"cites": "Confidential source"}, "Informants are never"),
        ({"file": SimpleUploadedFile("a.csv", b"CI 14,Casey\n")}, "Informants are never"),
    ],
)
def test_a_file_that_will_not_do_is_refused_in_words(at, url, case, given, says):
    answer = at("police").post(url("link_analysis:import"), a_file("a,b\n", **given))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not NetworkImport.objects.exists()


def asked_file(client, case, shape):
    """What this client asks for; the request."""
    address = reverse("audit:export-ask", args=[case.pk]) + f"?kind=link_chart_{shape}"
    client.post(address, once(reason="For the analyst's own program"))
    return ExportRequest.objects.latest("asked_at")


@pytest.mark.parametrize(("shape", "begins"), [("csv", "source,target"), ("graphml", "<?xml")])
def test_the_chart_leaves_as_a_file_when_two_of_the_police_say_so(at, case, three, shape, begins):
    note = made.intelligence(three[1].player)
    made.link(three[0], three[1], grade="reported", record="intelligence", intelligence=note, cites="Whispered")
    first, second = at("police"), at("police")
    wish = asked_file(first, case, shape)
    file, approve = (reverse(f"audit:export-{name}", args=[case.pk, wish.pk]) for name in ("file", "approve"))
    assert first.get(file).status_code == 403
    first.post(approve, once())
    assert first.get(file).status_code == 403
    second.post(approve, once())
    assert second.get(file).status_code == 403
    answer = first.get(file)
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith(begins)
    assert "Casey Brightwell" in text
    assert "Whispered" not in text
    assert f"link-chart-{shape}" in answer["Content-Disposition"]
    event = AuditEvent.objects.get(verb=Verb.EXPORT_TAKEN)
    assert event.facts["kind"] == f"link_chart_{shape}"


def test_who_may_not_take_the_chart_out_neither_asks_nor_sees_nor_approves(at, case, three):
    wish = asked_file(at("police"), case, "csv")
    for seat in ("prosecutor", "handler", "coordinator"):
        assert at(seat).get(reverse("audit:exports", args=[case.pk])).status_code == 403
    officer = at("auditor")
    assert "list of links" not in officer.get(reverse("audit:exports", args=[case.pk])).content.decode()
    assert officer.get(reverse("audit:export-ask", args=[case.pk]) + "?kind=link_chart_csv").status_code == 404
    assert officer.post(reverse("audit:export-approve", args=[case.pk, wish.pk]), once()).status_code == 404
    assert at("police").get(reverse("audit:export-ask", args=[case.pk]) + "?kind=audit_log").status_code == 404


def test_the_document_holds_no_intelligence_and_police_wait_for_a_second_person(at, url, case, three):
    note = made.intelligence(three[1].player)
    made.link(three[0], three[1], grade="reported", record="intelligence", intelligence=note, cites="Whispered")
    at("police").post(url("link_analysis:print"), once(reach="all"))
    document = Document.objects.get(kind="link_chart")
    assert document.awaits_second
    assert document.compartment == "Li"
    assert "Whispered" not in str(document.frozen.body)
    at("prosecutor").post(url("link_analysis:print"), once(reach="1"))
    assert not Document.objects.exclude(pk=document.pk).get(kind="link_chart").awaits_second


def test_many_who_wait_are_read_in_pages(at, url, case, line_is_kept):
    waiting = made.entity(case, "Mother of E-01", standing="other", basis="She asked for it.")
    many.copies(waiting, {"label": "'Mother of Z-' || g"})
    many.read_through(at("prosecutor"), url("link_analysis:waiting"), expected=many.MANY + 1, most=20)
