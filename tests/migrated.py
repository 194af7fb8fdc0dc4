"""A database with every migration applied, made once and copied for each test process.

Applying some forty migrations costs more than most test modules; a copy of the result costs a second. The copy's
template is known by a fingerprint of all migrations, so a changed migration makes a new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

ROOT = Path(__file__).parents[1]
PREFIX = "dmi_migrated_"


def template() -> str:
    """The name of a migrated, otherwise empty database; made when there is none for these migrations yet."""
    name = f"{PREFIX}{fingerprint()}"
    lock = settings.VAR / "test" / f"{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with _server() as server:
            if not _exists(server, name):
                _make(server, name)
    return name


def fingerprint() -> str:
    """What decides the tables: every migration of ours, and the packages that bring their own."""
    digest = hashlib.sha256()
    files = sorted(p for p in ROOT.glob("*/**/migrations/*.py") if ".venv" not in p.parts and "var" not in p.parts)
    for path in (*files, ROOT / "dmi" / "audit" / "triggers.py", ROOT / "requirements.lock"):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _server() -> psycopg.Connection:
    database = settings.DATABASES["default"]
    return psycopg.connect(host=database["HOST"], user=database["USER"], dbname="postgres", autocommit=True)


def _exists(server: psycopg.Connection, name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _make(server: psycopg.Connection, name: str) -> None:
    """Migrate a database under another name first, so that a half-made one is never copied; older ones go."""
    building = f"{name}_building"
    _drop(server, building)
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(building)))
    names = {**os.environ, "DMI_TEST_DATABASE": building, "DJANGO_SETTINGS_MODULE": "dmi.settings.test"}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0", "--no-input"]
    subprocess.run(command, env=names, cwd=ROOT, check=True)
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(name)))
    old = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [f"{PREFIX}%"])
    for (other,) in old.fetchall()[4:]:
        _drop(server, other)


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
