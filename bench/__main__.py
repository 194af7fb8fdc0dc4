"""`python -m bench [NAME …] [--quick]`: measure, print the table, write JSON under var/bench. See script/bench."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "bench"
GROUPS = ("queries", "pages", "binder", "maps", "lists", "crime", "intake", "networks")


def main() -> None:
    """Every group that was asked for, one after the other."""
    reader = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    reader.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(GROUPS)}; all when none is named")
    reader.add_argument("--quick", action="store_true", help="smaller data and fewer runs; only to see that it works")
    asked = reader.parse_args()
    unknown = set(asked.names) - set(GROUPS)
    if unknown:
        reader.error(f"there is no group {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    if not os.environ.get("DMI_DATABASE", "").startswith("dmi_bench"):
        reader.error("run it with script/bench, which makes a database for it")
    sys.path.append(str(FOLDER / "site"))  # the references; behind what the casebook itself uses
    start_django()
    from django.db import connection

    from bench import measure

    if not connection.settings_dict["NAME"].startswith("dmi_bench"):
        reader.error(f"refused: this is the database {connection.settings_dict['NAME']}")

    for name in asked.names or GROUPS:
        rows = import_module(f"bench.{name}").run(quick=asked.quick)
        sys.stdout.write(f"\n{name}\n{measure.show(rows)}\n")
        sys.stdout.flush()
        measure.write(rows, FOLDER, name)


def start_django() -> None:
    """The casebook on the bench database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dmi.settings.dev")
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]


if __name__ == "__main__":
    main()
