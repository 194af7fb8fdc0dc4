"""Migrations of a large project without drawing every model anew at each operation.

After each operation Django draws the changed model's class again, and with it every model that can be reached from it
over any relation, in either direction. Here everything is related to the case and to the accounts, so each of some
six hundred operations would draw all models: minutes of it. Only the changed model and the models that point to it
can hold the class that went; those are drawn, and before a data migration looks at the models, Django draws all of
them as it always does (``is_delayed``). The resulting tables are the same (docs/decisions/009).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]
"""App label and the model's name in lower case."""


@contextmanager
def fewer_models_drawn() -> Iterator[None]:
    """While it is open, an operation draws the model it changed and those that point to it."""
    djangos_own = ProjectState._find_reload_model  # type: ignore[attr-defined]  # private
    ProjectState._find_reload_model = _changed_and_pointing_to_it  # type: ignore[attr-defined]  # private
    try:
        yield
    finally:
        ProjectState._find_reload_model = djangos_own  # type: ignore[attr-defined]  # private


def _changed_and_pointing_to_it(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[Key]:
    state.is_delayed = True
    pointing = defaultdict(set)
    for key, model in state.models.items():
        for target in _targets(key, model):
            pointing[target].add(key)
    found = {(app_label, model_name)}
    queue = list(found)
    while queue:
        new = pointing[queue.pop()] - found
        found |= new
        queue.extend(new)
    return found


def _targets(key: Key, model: ModelState) -> set[Key]:
    """The models that this one inherits from or has a relation to, through tables included."""
    named: list[Any] = [base for base in model.bases if isinstance(base, str)]
    for field in model.fields.values():
        if field.is_relation:
            named += [field.related_model, getattr(field.remote_field, "through", None)]
    return {resolve_relation(name, *key) for name in named if name is not None}
