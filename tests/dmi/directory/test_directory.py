"""The contact book and the catalogue of help."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from dmi.directory import selectors
from dmi.directory.models import Contact, Organisation, Service
from tests.factories import evidence as made
from tests.factories.directory import contact, organisation, service

pytestmark = pytest.mark.django_db


def url(name, case, *args):
    return reverse(f"directory:{name}", args=[case.pk, *args])


def test_an_organization_is_in_the_book_once(case):
    organisation(case, name="Calder Chapel")
    with pytest.raises(ValidationError, match="in the book already"):
        organisation(case, name="CALDER CHAPEL")


def test_people_are_found_by_name_organization_and_kind(case):
    chapel = organisation(case, name="Calder Chapel")
    ada = contact(case, name="Ada Moss", organisation=chapel, kind="faith")
    contact(case, name="Ben Lowe")
    assert list(selectors.contacts(case=case, q="calder moss")) == [ada]
    assert list(selectors.contacts(case=case, kind="faith")) == [ada]
    assert not selectors.contacts(case=made.market("westgate"))


def test_who_asked_to_be_left_alone_is_not_called(case):
    contact(case, do_not_contact=True)
    assert not Contact.objects.for_case(case).may_be_called()


def test_help_on_offer_leaves_out_what_has_ended_and_names_missing_kinds(case):
    service(case, program="Welding", kind="training")
    service(case, program="Old", kind="treatment", is_active=False)
    assert [row["program"] for row in selectors.help_on_offer(case)] == ["Welding"]
    assert "Drug treatment" in selectors.kinds_without_help(case)
    assert "Job training" not in selectors.kinds_without_help(case)


def test_the_community_seat_adds_and_changes_a_contact(case, at):
    client = at("community", cleared=False)
    sent = {"name": "Ada Moss", "kind": "leader", "answer": "not_asked", "version": "0"}
    answer = client.post(url("add-contact", case), sent)
    ada = Contact.objects.for_case(case).get()
    assert answer.url == ada.get_absolute_url()
    assert client.post(url("edit-contact", case, ada.pk), sent | {"answer": "yes", "version": "1"}).status_code == 302
    assert client.get(url("list-contacts", case), {"answer": "yes"}).content.count(b"Ada Moss") == 1
    assert AuditEvent.objects.filter(verb=Verb.CONTACT_SAVED).count() == 2
    assert ada.history.count() == 2


def test_an_organization_of_another_market_cannot_be_slipped_in(case, at):
    foreign = organisation(made.market("westgate"))
    sent = {"name": "Ada", "kind": "leader", "answer": "not_asked", "organisation": str(foreign.pk)}
    assert b"not one of the available choices" in at("community").post(url("add-contact", case), sent).content


def test_organizations_on_their_pages(case, at):
    client = at("coordinator", cleared=False)
    client.post(url("add-organisation", case), {"name": "Calder Chapel", "kind": "faith", "is_active": "on"})
    chapel = Organisation.objects.for_case(case).get()
    contact(case, name="Ada Moss", organisation=chapel)
    assert b"Ada Moss" in client.get(chapel.get_absolute_url()).content
    assert b"Calder Chapel" in client.get(url("list-organisations", case)).content
    sent = {"name": "Calder Chapel", "kind": "faith", "phone": "call me", "version": "1"}
    assert b"Digits, spaces" in client.post(url("edit-organisation", case, chapel.pk), sent).content


def test_the_services_seat_keeps_the_catalogue_and_everyone_reads_it(case, at):
    client = at("services", cleared=False)
    sent = {
        "kind": "training",
        "program": "Welding",
        "provider": "Marlow Works",
        "offers": "<b>Six weeks</b>",
        "is_active": "on",
    }
    client.post(url("add-service", case), sent)
    welding = Service.objects.for_case(case).get()
    page = at("police").get(welding.get_absolute_url()).content
    assert b"&lt;b&gt;Six weeks" in page
    assert at("police").get(url("edit-service", case, welding.pk)).status_code == 403
    assert b"Nothing on offer yet for" in at("council", cleared=False).get(url("list-services", case)).content


@pytest.mark.parametrize(
    "role", ["police", "handler", "prosecutor", "federal_prosecutor", "services", "research", "administrator"]
)
def test_the_contact_book_is_closed_to_other_seats(case, at, role):
    somebody = contact(case)
    client = at(role)
    for page in (url("list-contacts", case), url("list-organisations", case), somebody.get_absolute_url()):
        assert client.get(page).status_code == 403
