"""Migrations draw fewer models; what was drawn holds together as if all had been."""

from __future__ import annotations

import pytest
from django.db import migrations, models
from django.db.migrations.state import ProjectState

from dmi.core.migration_state import fewer_models_drawn


def _created(name: str, **fields: models.Field) -> migrations.CreateModel:
    return migrations.CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


MARKET = _created("Market")
PLAYER = _created("Player", market=models.ForeignKey("trial.Market", models.CASCADE))
SIGHTING = _created("Sighting", player=models.ForeignKey("trial.Player", models.CASCADE))
HOUSE = _created("House", market=models.ForeignKey("trial.Market", models.CASCADE))
CHANGES = {
    "a field added": migrations.AddField("player", "alias", models.CharField(max_length=20, default="")),
    "a constraint": migrations.AddConstraint("player", models.UniqueConstraint(fields=["market"], name="one")),
    "a relation added": migrations.AddField("player", "house", models.ForeignKey("trial.House", models.CASCADE)),
    "a relation turned": migrations.AlterField("player", "market", models.ForeignKey("trial.House", models.CASCADE)),
    "a field taken away": migrations.RemoveField("player", "market"),
    "a model renamed": migrations.RenameModel("Player", "Person"),
}


def _drawn(change: migrations.operations.base.Operation) -> ProjectState:
    state = ProjectState()
    state.apps  # noqa: B018 - from here on each operation draws what it changed
    for operation in (MARKET, PLAYER, SIGHTING, HOUSE, change):
        operation.state_forwards("trial", state)
    return state


def _seen(state: ProjectState) -> dict[str, tuple[list[str], list[str]]]:
    return {
        model._meta.model_name: (
            sorted(f"{f.name} to {f.related_model and f.related_model.__name__}" for f in model._meta.fields),
            sorted(f"{r.name} of {r.related_model.__name__}" for r in model._meta.related_objects),
        )
        for model in state.apps.get_models()
    }


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_models_are_those_that_django_draws(change: migrations.operations.base.Operation) -> None:
    expected = _seen(_drawn(change))
    with fewer_models_drawn():
        assert _seen(_drawn(change)) == expected


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_relation_leads_to_the_class_that_is_there_now(change: migrations.operations.base.Operation) -> None:
    with fewer_models_drawn():
        state = _drawn(change)
    for model in state.apps.get_models():
        for field in model._meta.fields:
            if field.is_relation:
                assert field.related_model is state.apps.get_model("trial", field.related_model.__name__)


def test_what_nothing_changed_is_not_drawn_again() -> None:
    with fewer_models_drawn():
        state = _drawn(migrations.AlterModelOptions("player", {"ordering": ["id"]}))
        house, sighting = (state.apps.get_model("trial", name) for name in ("house", "sighting"))
        CHANGES["a field added"].state_forwards("trial", state)
        assert state.apps.get_model("trial", "house") is house
        assert state.apps.get_model("trial", "sighting") is not sighting
        assert state.is_delayed
