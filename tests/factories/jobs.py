"""Jobs for tests."""

from __future__ import annotations

import uuid
from typing import Any

from dmi.jobs import actions
from dmi.jobs.models import Job

KIND = "test.steps"


def job(**given: Any) -> Job:
    """A waiting job of the system's own (no actor, no case), with a key of its own."""
    wanted = {
        "kind": KIND, "case": None, "actor": None, "needs": "", "facts": {}, "idempotency_key": f"test:{uuid.uuid4()}",
    }  # fmt: skip
    return actions.enqueue(**(wanted | given))
