"""Kernel density against the exact sum."""

from itertools import pairwise

import numpy as np
import pytest

from dmi.geo.density import Grid, density, fitting_cell, kernel_weights
from dmi.geo.isobands import region_at_least
from dmi.geo.projections import SQUARE_METERS_PER_SQUARE_MILE, LocalPlane

BOUNDS = (0.0, 0.0, 4_000.0, 3_000.0)


@pytest.fixture(scope="module")
def points() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    x = np.concatenate((rng.normal(1500, 220, 2500), rng.uniform(0, 4000, 1500)))
    y = np.concatenate((rng.normal(1600, 180, 2500), rng.uniform(0, 3000, 1500)))
    keep = (x > 0) & (x < 4000) & (y > 0) & (y < 3000)
    return x[keep], y[keep]


def exact(x: np.ndarray, y: np.ndarray, grid: Grid, bandwidth: float, kernel: str) -> np.ndarray:
    """The textbook sum over all points, per square mile."""
    xs, ys = grid.centers()
    total = np.zeros(grid.shape)
    for px, py in zip(x, y, strict=True):
        squared = (xs[None, :] - px) ** 2 + (ys[:, None] - py) ** 2
        if kernel == "quartic":
            total += 3 / (np.pi * bandwidth**2) * np.clip(1 - squared / bandwidth**2, 0, None) ** 2
        else:
            total += np.exp(-squared / (2 * bandwidth**2)) / (2 * np.pi * bandwidth**2)
    return total * SQUARE_METERS_PER_SQUARE_MILE


@pytest.mark.parametrize(("kernel", "bandwidth"), [("quartic", 320.0), ("gaussian", 160.0)])
def test_the_surface_equals_the_exact_sum_within_one_percent_of_the_peak(points, kernel, bandwidth) -> None:
    x, y = points
    surface = density(x, y, bounds=BOUNDS, bandwidth=bandwidth, cell=bandwidth / 8, kernel=kernel)
    truth = exact(x, y, surface.grid, bandwidth, kernel)
    assert np.abs(surface.per_square_mile - truth).max() / truth.max() < 0.01
    one_percent = truth.size // 100
    best, ours = (set(np.argsort(-v.ravel())[:one_percent]) for v in (truth, surface.per_square_mile))
    assert len(best & ours) / one_percent > 0.97


def test_no_event_is_lost_or_made(points) -> None:
    x, y = points
    assert density(x, y, bounds=BOUNDS, bandwidth=300).total == pytest.approx(len(x), rel=1e-9)


def test_a_cell_is_never_more_than_a_fifth_of_the_bandwidth() -> None:
    assert fitting_cell(500, 100) == 100
    assert fitting_cell(500, 101) == 50.5
    assert kernel_weights("quartic", 300, 40).sum() == pytest.approx(1)


def test_the_settings_are_said_in_one_sentence(points) -> None:
    surface = density(*points, bounds=BOUNDS, bandwidth=152.4, cell=30.48)
    assert surface.statement == f"Quartic kernel, bandwidth 500 feet, cells of 100 feet, {len(points[0]):,} events."


def test_no_events_give_an_empty_surface_without_bands() -> None:
    surface = density([], [], bounds=BOUNDS, bandwidth=300)
    assert surface.peak == 0
    assert surface.bands() == []


def test_bands_are_valid_do_not_overlap_and_hold_what_their_edges_say(points) -> None:
    surface = density(*points, bounds=BOUNDS, bandwidth=300)
    bands = surface.bands()
    assert len(bands) == 5
    assert all(b.shape.is_valid and not b.shape.is_empty for b in bands)
    for low, high in pairwise(bands):
        assert low.shape.intersection(high.shape).area < 1e-6
    cells = surface.grid.inside(bands[-1].shape)
    assert surface.per_square_mile[cells].min() >= bands[-1].low * 0.97
    moved = surface.bands(plane=LocalPlane(-90.2, 38.6))
    assert -90.3 < moved[0].shape.centroid.x < -90.1


def test_a_round_hill_gives_a_round_region_of_the_right_size() -> None:
    xs = ys = np.linspace(-2, 2, 81)
    hill = 4 - (xs[None, :] ** 2 + ys[:, None] ** 2)
    assert region_at_least(hill, xs, ys, 3.0).area == pytest.approx(np.pi, rel=0.01)
    ring = region_at_least(-np.abs(hill - 3), xs, ys, -0.5)
    assert len(ring.interiors) == 1


def test_too_fine_a_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        Grid.over((0, 0, 1e6, 1e6), cell=10)
