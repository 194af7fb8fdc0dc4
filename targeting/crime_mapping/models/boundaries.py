"""The ground incidents lie on: boundaries, the grid they are counted in, and the drawn base of the map."""

from __future__ import annotations

from django.contrib.gis.db import models
from django.core.validators import MinValueValidator

from dmi.core.models import CaseRecord
from dmi.geo.density import Grid
from dmi.geo.projections import LocalPlane


class BoundaryLayer(CaseRecord):
    """One set of areas the city is divided into: beats, neighborhoods, census blocks or any other (element 1.2)."""

    data_class = "areas"

    kind = models.SlugField(max_length=40, help_text="beats, neighborhoods, census_blocks, districts or another word.")
    slot = models.PositiveSmallIntegerField(editable=False)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    crs = models.CharField("coordinate system of the file", max_length=60, blank=True)
    name_column = models.CharField(max_length=100, blank=True)
    code_column = models.CharField(max_length=100, blank=True)
    notes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("slot",)
        constraints = [
            models.UniqueConstraint(fields=("case", "kind"), name="one_layer_a_kind"),
            models.UniqueConstraint(fields=("case", "slot"), name="one_layer_a_slot"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The kind in words."""
        return self.kind.replace("_", " ").capitalize()


class Unit(models.Model):
    """One area of a layer: a beat, a neighborhood, a block. Replaced whole when its layer is loaded anew."""

    told_by = ("BoundaryLayer",)

    layer = models.ForeignKey(BoundaryLayer, models.CASCADE, related_name="units")
    place = models.PositiveIntegerField(help_text="Position in the layer, from 0; the incidents' units point here.")
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=120)
    residents = models.PositiveIntegerField(null=True, blank=True)
    shape = models.MultiPolygonField(srid=4326)
    square_meters = models.FloatField(validators=[MinValueValidator(0.0)])
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("layer", "place")
        constraints = [models.UniqueConstraint(fields=("layer", "place"), name="unit_has_its_place")]

    def __str__(self) -> str:
        return self.name


class MapGrid(CaseRecord):
    """The plane and the cells in which a city's incidents are counted; set once, so that maps can be compared."""

    data_class = "areas"

    lon = models.FloatField()
    lat = models.FloatField()
    x = models.FloatField()
    y = models.FloatField()
    cell = models.FloatField("side of a cell in meters", validators=[MinValueValidator(1.0)])
    columns = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    bandwidth = models.FloatField("reach in meters", validators=[MinValueValidator(1.0)])

    class Meta:
        constraints = [models.UniqueConstraint(fields=("case",), name="one_grid_a_case")]

    def __str__(self) -> str:
        return f"{self.columns} × {self.rows} cells of {self.cell:.0f} m"

    @property
    def plane(self) -> LocalPlane:
        """The flat plane in meters."""
        return LocalPlane(self.lon, self.lat)

    @property
    def grid(self) -> Grid:
        """The cells on that plane; a cell's number is row × columns + column."""
        return Grid(self.x, self.y, self.cell, self.columns, self.rows)


class GroundShape(models.Model):
    """A line or an area drawn below the layers: street, rail, water, park, block. Replaced whole by kind."""

    class Kind(models.TextChoices):
        STREET = "street", "Streets"
        RAIL = "rail", "Railroads"
        WATER = "water", "Water"
        PARK = "park", "Parks"
        BLOCK = "block", "City blocks"
        LANDMARK = "landmark", "Landmarks"

    case = models.ForeignKey("cases.MarketCase", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(default=3, help_text="1 main street, 2 collector, 3 local street.")
    shape = models.GeometryField(srid=4326)

    class Meta:
        indexes = [models.Index(fields=["case", "kind"], name="ground_by_kind")]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()
