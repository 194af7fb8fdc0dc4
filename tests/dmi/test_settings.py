"""Settings fail loudly: what is missing or odd stops the program at its start, and no secret has a default."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from dmi.settings import env

ROOT = Path(__file__).resolve().parents[2]
KEY = base64.b64encode(b"k" * 32).decode()
REQUIRED = (
    "DMI_SECRET_KEY",
    "DMI_FIELD_KEYS",
    "DMI_ALLOWED_HOSTS",
    "DMI_TRUSTED_PROXIES",
    "DMI_DATABASE_HOST",
    "DMI_DATABASE_PASSWORD",
    "DMI_REDIS_URL",
    "DMI_REDIS_PASSWORD",
    "DMI_MEDIA_ROOT",
    "DMI_EMAIL_HOST",
)
ODD = {
    "DMI_SECRET_KEY": "short",
    "DMI_FIELD_KEYS": f"k1:{KEY[:20]}",
    "DMI_ALLOWED_HOSTS": "*",
    "DMI_TRUSTED_PROXIES": "the proxy",
    "DMI_DATABASE_PORT": "70000",
    "DMI_DATABASE_SSLMODE": "maybe",
    "DMI_REDIS_URL": "redis://:password@redis:6379/3",
    "DMI_REQUIRE_MFA": "perhaps",
    "DMI_IDLE_MINUTES": "0",
    "DMI_SESSION_HOURS": "1.5",
    "DMI_READS_PER_HOUR": "5",
    "DMI_TIME_ZONE": "Marlow/Eastgate",
    "DMI_MEDIA_ROOT": "media",
    "DMI_MEDIA_STORAGE": "tape",
    "DMI_LOG_LEVEL": "LOUD",
    "DMI_IDEL_MINUTES": "15",
}


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """The least a production installation must say."""
    return {
        "DMI_SECRET_KEY": "s" * 64,
        "DMI_FIELD_KEYS": f"k1:{KEY}",
        "DMI_ALLOWED_HOSTS": "casebook.example.org",
        "DMI_TRUSTED_PROXIES": "192.0.2.1",
        "DMI_DATABASE_HOST": "db.example.org",
        "DMI_DATABASE_PASSWORD": "made-up",
        "DMI_REDIS_URL": "rediss://redis.example.org:6379",
        "DMI_REDIS_PASSWORD": "made/up",
        "DMI_MEDIA_ROOT": str(tmp_path),
        "DMI_EMAIL_HOST": "none",
    }


def load(environment: dict[str, str], show: str = "") -> subprocess.CompletedProcess[str]:
    """Read the production settings in a process of their own; prints the expression `show`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DMI_")}
    code = f"from dmi.settings import prod as settings; print({show})"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False
    )


def test_the_least_that_must_be_said_is_enough(production):
    read = load(production, "settings.CELERY_BROKER_URL, settings.DEBUG, settings.SESSION_COOKIE_NAME")

    assert read.returncode == 0, read.stderr
    assert "rediss://:made%2Fup@redis.example.org:6379/0" in read.stdout
    assert "False" in read.stdout
    assert "__Host-session" in read.stdout


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_value_stops_the_start_and_is_named(production, name):
    del production[name]

    read = load(production)

    assert read.returncode != 0
    assert "ImproperlyConfigured" in read.stderr
    assert name in read.stderr


@pytest.mark.parametrize("name", ODD)
def test_an_odd_value_stops_the_start_and_is_named(production, name):
    read = load(production | {name: ODD[name]})

    assert read.returncode != 0
    assert "ImproperlyConfigured" in read.stderr
    assert name in read.stderr


def test_object_storage_needs_its_keys_and_gives_no_file_an_address(production):
    s3 = {"DMI_MEDIA_STORAGE": "s3", "DMI_S3_BUCKET": "evidence", "DMI_S3_ACCESS_KEY": "a", "DMI_S3_SECRET_KEY": "b"}
    show = "settings.STORAGES['default']['OPTIONS']"

    assert "DMI_S3_SECRET_KEY" in load(production | {**s3, "DMI_S3_SECRET_KEY": ""}, show).stderr
    read = load(production | s3, show)
    assert read.returncode == 0, read.stderr
    assert "'default_acl': None" in read.stdout


def test_a_secret_comes_from_a_file(tmp_path, monkeypatch):
    file = tmp_path / "secret"
    file.write_text("from the file\n")
    file.chmod(0o640)
    monkeypatch.setenv("DMI_THING_FILE", str(file))

    assert env.secret("DMI_THING") == "from the file"


@pytest.mark.parametrize(("mode", "content", "complaint"), [(0o644, "x", "chmod"), (0o600, " \n", "empty")])
def test_a_secret_file_that_others_may_read_or_that_is_empty_is_refused(
    tmp_path, monkeypatch, mode, content, complaint
):
    file = tmp_path / "secret"
    file.write_text(content)
    file.chmod(mode)
    monkeypatch.setenv("DMI_THING_FILE", str(file))

    with pytest.raises(ImproperlyConfigured, match=complaint):
        env.secret("DMI_THING")


def test_a_secret_given_twice_or_in_a_missing_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("DMI_THING_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ImproperlyConfigured, match="cannot read"):
        env.secret("DMI_THING")

    monkeypatch.setenv("DMI_THING", "x")
    with pytest.raises(ImproperlyConfigured, match="not both"):
        env.secret("DMI_THING")


@pytest.mark.parametrize("word", ["yes", "TRUE", "1", " on "])
def test_yes_has_several_spellings(monkeypatch, word):
    monkeypatch.setenv("DMI_THING", word)

    assert env.flag("DMI_THING") is True


def test_keys_keep_their_order_newest_first(monkeypatch):
    monkeypatch.setenv("DMI_THING", f"new:{KEY},\nold:{KEY}")

    assert list(env.keys("DMI_THING", key_bytes=32)) == ["new", "old"]


def test_a_key_named_twice_is_refused(monkeypatch):
    monkeypatch.setenv("DMI_THING", f"k:{KEY} k:{KEY}")

    with pytest.raises(ImproperlyConfigured, match="once"):
        env.keys("DMI_THING", key_bytes=32)
