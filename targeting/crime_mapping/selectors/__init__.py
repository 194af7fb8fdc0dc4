"""Reads of step 1; the door other steps may use."""

from targeting.crime_mapping.selectors import (
    areas,
    batches,
    comparison,
    counts,
    grids,
    layers,
    located,
    overlays,
    periods,
    repeats,
    sight,
    streets,
    surfaces,
    tiles,
)
from targeting.crime_mapping.selectors.progress import progress

__all__ = [
    "areas", "batches", "comparison", "counts", "grids", "layers", "located", "overlays", "periods", "progress",
    "repeats", "sight", "streets", "surfaces", "tiles",
]  # fmt: skip
