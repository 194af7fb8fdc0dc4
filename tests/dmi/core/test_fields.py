"""Encrypted text: unreadable in the table, bound to its place, readable under older keys."""

from __future__ import annotations

import base64

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps

from dmi.core import fields

KEYS = {name: base64.b64encode(name.encode() * 16).decode() for name in ("k1", "k2")}
PLACE = "buys_buy.note"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.DMI_FIELD_KEYS = dict(KEYS)


def test_a_text_comes_back_and_is_not_readable_in_between():
    blob = fields.encrypt("Casey, größer ⟦canary⟧", PLACE)
    assert blob.startswith("v1:k1:")
    assert "Casey" not in blob
    assert fields.decrypt(blob, PLACE) == "Casey, größer ⟦canary⟧"


def test_the_same_text_never_looks_the_same_twice():
    assert fields.encrypt("x", PLACE) != fields.encrypt("x", PLACE)


def test_a_text_moved_to_another_column_does_not_open():
    with pytest.raises(fields.CannotDecrypt):
        fields.decrypt(fields.encrypt("x", PLACE), "buys_buy.other")


@pytest.mark.parametrize("place", [8, -3])
def test_an_altered_text_does_not_open(place):
    blob = list(fields.encrypt("a longer text", PLACE))
    blob[place] = "A" if blob[place] != "A" else "B"
    with pytest.raises(fields.CannotDecrypt):
        fields.decrypt("".join(blob), PLACE)


@pytest.mark.parametrize("blob", ["plain text", "v1:k9:AAAA", "v0:k1:AAAA", "v1:k1:", "v1:k1:!!", "v1:k2:AAAA"])
def test_what_was_never_encrypted_here_does_not_open(blob):
    with pytest.raises(fields.CannotDecrypt):
        fields.decrypt(blob, PLACE)


def test_a_blob_relabelled_with_another_key_does_not_open():
    with pytest.raises(fields.CannotDecrypt):
        fields.decrypt(fields.encrypt("x", PLACE).replace(":k1:", ":k2:"), PLACE)


def test_after_a_new_key_old_texts_still_open_and_new_ones_use_it(settings):
    old = fields.encrypt("x", PLACE)
    settings.DMI_FIELD_KEYS = {"k3": KEYS["k2"]} | KEYS
    assert fields.decrypt(old, PLACE) == "x"
    assert fields.encrypt("x", PLACE).startswith("v1:k3:")


@pytest.mark.parametrize("wrong", [{}, {"k1": "not base64!"}, {"k1": base64.b64encode(b"short").decode()}])
def test_without_a_proper_key_nothing_is_stored(settings, wrong):
    settings.DMI_FIELD_KEYS = wrong
    with pytest.raises(ImproperlyConfigured):
        fields.encrypt("x", PLACE)


@pytest.fixture
def note(db):
    with isolate_apps("dmi.core"):

        class Note(models.Model):
            text = fields.EncryptedTextField(blank=True, default="")

            class Meta:
                app_label = "core"

            def __str__(self) -> str:
                return self.text

        with connection.schema_editor() as editor:
            editor.create_model(Note)
        yield Note


def stored(note):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM {note._meta.db_table}")
        return [text for (text,) in cursor.fetchall()]


def test_a_model_reads_and_writes_it_like_any_text(note):
    note.objects.create(text="Casey")
    assert note.objects.get().text == "Casey"
    assert list(note.objects.values_list("text", flat=True)) == ["Casey"]
    note.objects.update(text="Robin")
    assert note.objects.get().text == "Robin"
    assert stored(note)[0].startswith("v1:k1:")


def test_an_empty_text_stays_empty(note):
    note.objects.create()
    assert stored(note) == [""]
    assert note.objects.filter(text__isnull=False).count() == 1


@pytest.mark.parametrize("lookup", ["text", "text__icontains", "text__in"])
def test_it_cannot_be_searched_in_the_database(note, lookup):
    with pytest.raises(FieldError):
        note.objects.filter(**{lookup: ["x"] if lookup.endswith("in") else "x"}).exists()


def test_it_cannot_be_unique_or_indexed():
    for option in ("unique", "db_index", "primary_key"):
        with pytest.raises(ImproperlyConfigured):
            fields.EncryptedTextField(**{option: True})
