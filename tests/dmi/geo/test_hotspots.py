"""Getis-Ord and PAI against published numbers."""

import numpy as np
import pytest

from dmi.geo import hotspots

POINTS = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], float)
VALUES = np.array([2, 3, 3.2, 5, 8, 7])


def band(*, own: bool) -> np.ndarray:
    """Neighbours within 15."""
    gap = np.hypot(*(POINTS[:, None] - POINTS[None, :]).T)
    near = (gap <= 15).astype(float)
    np.fill_diagonal(near, float(own))
    return near


def rows(weights: np.ndarray) -> np.ndarray:
    return weights / weights.sum(axis=1, keepdims=True)


PUBLISHED = {
    False: [-1.0136729, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941],
    True: [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331],
}


@pytest.mark.parametrize("star", [False, True])
def test_the_published_example_of_getis_and_ord(star: bool) -> None:
    assert hotspots.local_g(VALUES, band(own=star), star=star) == pytest.approx(PUBLISHED[star], abs=1e-8)


@pytest.mark.parametrize("star", [False, True])
def test_the_scale_of_the_weights_does_not_matter(star: bool) -> None:
    """Binary rows divided by their sum give the same z: the full formula has the squares of the weights in it."""
    assert hotspots.local_g(VALUES, rows(band(own=star)), star=star) == pytest.approx(PUBLISHED[star], abs=1e-8)


@pytest.mark.parametrize(("reach", "square"), [(1, True), (2.5, False)])
def test_the_grid_form_equals_the_matrix_form_also_with_ground_left_out(reach: float, square: bool) -> None:
    rng = np.random.default_rng(1)
    counts, ground = rng.poisson(2, (12, 15)).astype(float), rng.random((12, 15)) > 0.25
    found = hotspots.gi_star(counts, reach=reach, square=square, ground=ground)
    spots = np.argwhere(ground)
    apart = np.abs(spots[:, None] - spots[None, :])
    near = apart.max(axis=2) <= reach if square else (apart**2).sum(axis=2) <= reach**2
    expected = hotspots.local_g(counts[ground], near.astype(float))
    assert np.abs(found.z[ground] - expected).max() < 1e-10
    assert np.isnan(found.z[~ground]).all()
    assert not found.confidence[~ground].any()


def test_a_planted_hot_spot_is_found_and_noise_is_not() -> None:
    rng = np.random.default_rng(2)
    noise = rng.poisson(3, (40, 40)).astype(float)
    assert np.count_nonzero(hotspots.gi_star(noise).confidence) < 8
    planted = noise.copy()
    planted[10:14, 20:24] += 14
    found = hotspots.gi_star(planted).confidence
    assert (found[11:13, 21:23] == 99).all()
    assert np.count_nonzero(found[:, :15] > 0) < 4


def test_even_ground_has_no_hot_spots() -> None:
    found = hotspots.gi_star(np.full((5, 5), 3.0))
    assert not found.confidence.any()


def test_false_discovery_threshold_is_the_largest_that_passes() -> None:
    assert hotspots.false_discovery_threshold([0.01, 0.02, 0.03, 0.5], 0.05) == 0.03
    assert hotspots.false_discovery_threshold([0.2, 0.5], 0.05) == 0


@pytest.mark.parametrize(("cells", "pai"), [(1, 2.0), (2, 1.5), (3, 1.0)])
def test_pai_and_pei_of_the_known_example(cells: int, pai: float) -> None:
    found = hotspots.foresight([3, 2, 1], [6, 3, 0], area_share=cells / 3)
    assert found.pai == pytest.approx(pai)
    assert found.pei == pytest.approx(1)


def test_a_map_that_guessed_wrong_scores_below_one() -> None:
    found = hotspots.foresight([1, 2, 3], [6, 3, 0], area_share=1 / 3)
    assert (found.caught, found.pai, found.pei) == (0, 0, 0)


def test_concentration() -> None:
    assert hotspots.share_of_places_with_half([10, 5, 3, 2]) == 0.25
    assert hotspots.share_of_places_with_half([0, 0]) == 0
