"""Residents answer through a link: no account, no name, no address kept, and nobody can flood it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dmi.audit.models import AuditEvent
from targeting.survey import actions, letters, selectors
from targeting.survey.actions import links
from targeting.survey.models import CommunityLink, CommunityReply, LinkUse, TipSource
from tests.factories import survey as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(case):
    return made.link(case)


@pytest.fixture
def phone():
    """A phone that signs in nowhere."""
    return Client(REMOTE_ADDR="203.0.113.9")


def page(link):
    return reverse("answer:page", args=[link.token])


def sheet(**given):
    screens = selectors.screens(selectors.current_set("community"))
    filled = {"once": str(uuid.uuid4()), "screen": str(len(screens)), "go": "send", "lang": "en"}
    return filled | {"answer_places": "Corner of Calder and Eighth"} | given


def test_a_resident_goes_through_the_screens_and_sends(case, link, phone):
    first = phone.get(page(link))
    assert first.status_code == 200
    assert "Where do you see drugs being sold?" in first.content.decode()
    assert "read what you write" in first.content.decode()
    sent = {"once": str(uuid.uuid4()), "screen": "0", "go": "next", "lang": "en", "answer_places": "Calder <b>"}
    second = phone.post(page(link), sent).content.decode()
    assert 'name="answer_places" value="Calder &lt;b&gt;"' in second
    assert "How safe do you feel" in second
    back = phone.post(page(link), sent | {"screen": "1", "go": "back"}).content.decode()
    assert 'value="Calder &lt;b&gt;"' in back
    assert not CommunityReply.objects.exists()
    done = phone.post(page(link), sheet(answer_safe_night="2", answer_hours=["night"]), follow=True)
    assert "Thank you" in done.content.decode()
    reply = CommunityReply.objects.for_case(case).get()
    assert (reply.channel, reply.link, reply.created_by) == ("online", link, None)
    assert reply.answers == {"places": "Corner of Calder and Eighth", "safe_night": "2", "hours": ["night"]}


def test_the_page_speaks_spanish_when_asked_or_when_the_phone_does(link, phone):
    assert "¿Dónde ve que se venden drogas?" in phone.get(page(link) + "?lang=es").content.decode()
    assert '<html lang="es">' in phone.get(page(link), headers={"accept-language": "es-MX,es"}).content.decode()
    turned = phone.post(
        page(link), {"screen": "1", "to": "es", "lang": "en", "answer_places": "Calder"}
    ).content.decode()
    assert "¿Y de noche?" in turned
    phone.post(page(link), sheet(lang="es"))
    assert CommunityReply.objects.get().language == "es"


def test_the_address_is_kept_nowhere_in_clear(case, link, phone):
    phone.post(page(link), sheet())
    assert LinkUse.objects.get().times == 1
    tables = [t for t in connection.introspection.table_names() if t.startswith(("survey_", "audit_"))]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%%203.0.113%%'")
            assert cursor.fetchone()[0] == 0, table
    event = AuditEvent.objects.get(verb="reply_handed_in")
    assert (event.address, event.actor) == (None, None)


def test_a_signed_in_member_leaves_no_trace_either(case, at, link):
    client = at("community")
    client.post(page(link), sheet())
    assert CommunityReply.objects.for_case(case).get().created_by is None
    assert AuditEvent.objects.get(verb="reply_handed_in").actor is None


def test_pressing_twice_sends_once(link, phone):
    sent = sheet()
    for _ in range(2):
        assert phone.post(page(link), sent).status_code == 302
    assert CommunityReply.objects.count() == 1


def test_a_contact_lies_apart_and_encrypted(case, link, phone, at, url):
    phone.post(page(link), sheet(name="Ruth Linden", reached_at="555-0177"))
    source = TipSource.objects.for_case(case).get()
    assert (source.full_name, source.reached_at) == ("Ruth Linden", "555-0177")
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM survey_tipsource t UNION SELECT h::text FROM survey_historicaltipsource h")
        assert not any("Ruth" in row or "0177" in row for (row,) in cursor.fetchall())
    for role in ("police", "prosecutor", "coordinator"):
        shown = at(role).get(url("survey:reply", source.reply_id)).content.decode()
        assert "Calder" in shown
        assert "Ruth" not in shown


def test_an_empty_sheet_is_not_sent(link, phone):
    answer = phone.post(page(link), sheet(answer_places=" "))
    assert answer.status_code == 422
    assert "at least one question" in answer.content.decode()
    wrong = phone.post(page(link), sheet(answer_safe_day="99"))
    assert wrong.status_code == 422
    assert not CommunityReply.objects.exists()


def test_one_address_and_one_link_take_so_many_answers_a_day(case, phone):
    link = made.link(case, per_day=8)
    codes = [phone.post(page(link), sheet()).status_code for _ in range(links.PER_ADDRESS + 1)]
    assert codes == [302] * links.PER_ADDRESS + [429]
    others = [Client(REMOTE_ADDR=f"203.0.113.{n}").post(page(link), sheet()).status_code for n in (1, 2, 3)]
    assert others == [302, 302, 429]
    assert CommunityReply.objects.count() == 8


def test_counts_are_forgotten_and_hashes_differ_from_day_to_day(link):
    today = timezone.localdate()
    assert links.address_hash("203.0.113.9", today) != links.address_hash("203.0.113.9", today - timedelta(days=1))
    assert links.address_hash("2001:db8::1", today) == links.address_hash("2001:db8::2", today)
    old = LinkUse.objects.create(link=link, used_on=today - timedelta(days=5), address_hash="x", times=3)
    actions.answer_through(
        link=link, once=uuid.uuid4(), address="", language="en", answers={"places": "Calder"}, contact={}
    )
    assert not LinkUse.objects.filter(pk=old.pk).exists()


def test_a_closed_or_old_link_says_so_and_a_made_up_one_is_not_found(case, phone, at, url):
    link = made.link(case)
    client = at("community", cleared=False)
    assert client.post(url("survey:close-link", link.pk)).status_code == 302
    assert phone.get(page(link)).status_code == 410
    assert phone.post(page(link), sheet()).status_code == 410
    old = made.link(case, expires_on=timezone.localdate())
    old.opened_on = old.expires_on = timezone.localdate() - timedelta(days=1)
    old.save_by(None)
    assert phone.get(page(old)).status_code == 410
    assert phone.get(reverse("answer:page", args=["made-up"])).status_code == 404
    assert phone.get(reverse("answer:thanks", args=["made-up"])).status_code == 404


def test_the_community_opens_links_and_the_token_is_not_stored_in_clear(case, at, url):
    client = at("community", cleared=False)
    last = timezone.localdate() + timedelta(days=30)
    sent = {"place": "New Hope Church", "expires_on": last.isoformat(), "per_day": "50", "version": "0"}
    answer = client.post(url("survey:add-link"), sent, follow=True)
    link = CommunityLink.objects.for_case(case).get()
    assert f"/answer/{link.token}/" in answer.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM survey_communitylink t")
        assert link.token not in cursor.fetchone()[0]
    assert "New Hope Church" in client.get(url("survey:links")).content.decode()
    far = (timezone.localdate() + timedelta(days=400)).isoformat()
    assert client.post(url("survey:add-link"), sent | {"expires_on": far}).status_code == 422
    assert at("police").get(url("survey:link", link.pk)).status_code == 403
    assert client.post(url("survey:print-poster", link.pk)).status_code == 302


def test_the_code_is_a_square_drawing_with_its_quiet_border():
    drawn = letters.code_drawing("https://casebook.example/answer/abc/")
    assert drawn["size"] >= 29
    assert drawn["path"].startswith("M4 4h7v1h-7z")
