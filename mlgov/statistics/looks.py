"""The chance that a running test statistic crosses its boundary at one of several looks.

The sum of unit-variance steps is followed from look to look: its density on the region where the test goes on
is carried forward by numerical integration. Source: Armitage, McPherson & Rowe 1969.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from mlgov.statistics.normal import normal_sf

_LEAST_NODES = 48
# A unit-variance kernel needs nodes closer than about 0.8; four per unit of half-width give that in the
# middle.
_NODES_PER_UNIT = 4.0
# A step of more than nine standard deviations has density below 1e-17.
_REACH = 9.0
_DENSITY_AT_ZERO = 1.0 / math.sqrt(2.0 * math.pi)


def crossing_probability(bounds: Sequence[float], drift: float = 0.0) -> float:
    """Return the probability that a sum of normal steps leaves (-bound, bound) at one of the looks.

    `bounds` holds one positive bound per look, on the scale of the sum (z bound times sqrt(look)); `drift`
    is the mean of one step. Without drift the result is the two-sided type I error, with drift the power.
    """
    crossed = _outside(bounds[0], drift)
    nodes, widths = _scaled_nodes(bounds[0])
    mass = [width * _density(node - drift) for node, width in zip(nodes, widths, strict=True)]
    for look, bound in enumerate(bounds[1:], start=2):
        crossed += sum(m * _outside(bound, node + drift) for m, node in zip(mass, nodes, strict=True))
        if look < len(bounds):
            nodes, mass = _step(nodes, mass, bound, drift)
    return crossed


def _outside(bound: float, mean: float) -> float:
    """Return the probability that a unit normal around `mean` lies outside (-bound, bound)."""
    return normal_sf(bound - mean) + normal_sf(bound + mean)


def _step(nodes: list[float], mass: list[float], bound: float, drift: float) -> tuple[list[float], list[float]]:
    """Carry the mass on the old nodes one step further, to nodes within the new bound."""
    targets, widths = _scaled_nodes(bound)
    exp, carried = math.exp, []
    for target, width in zip(targets, widths, strict=True):
        start = target - drift
        near = slice(bisect_left(nodes, start - _REACH), bisect_right(nodes, start + _REACH))
        total = 0.0
        for node, m in zip(nodes[near], mass[near], strict=True):
            gap = start - node
            total += m * exp(-0.5 * gap * gap)
        carried.append(width * total * _DENSITY_AT_ZERO)
    return targets, carried


def _density(x: float) -> float:
    return _DENSITY_AT_ZERO * math.exp(-0.5 * x * x)


def _scaled_nodes(bound: float) -> tuple[list[float], list[float]]:
    """Return quadrature nodes and weights on (-bound, bound), as many as the width asks for."""
    wanted = max(_LEAST_NODES, _NODES_PER_UNIT * bound)
    # Rounded up to sixteens, so that looks share their node tables.
    nodes, widths = _gauss_legendre(16 * math.ceil(wanted / 16))
    return [bound * node for node in nodes], [bound * width for width in widths]


@lru_cache(maxsize=64)
def _gauss_legendre(n: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return ascending nodes and weights on (-1, 1) by Newton's method on the Legendre polynomial."""
    pairs = []
    for i in range(n):
        x = -math.cos(math.pi * (i + 0.75) / (n + 0.5))
        for _ in range(8):
            value, slope = _legendre(n, x)
            x -= value / slope
        slope = _legendre(n, x)[1]
        pairs.append((x, 2.0 / ((1.0 - x * x) * slope * slope)))
    return tuple(x for x, _ in pairs), tuple(width for _, width in pairs)


def _legendre(n: int, x: float) -> tuple[float, float]:
    """Return the Legendre polynomial of degree `n` and its slope at `x`."""
    before, value = 1.0, x
    for k in range(2, n + 1):
        before, value = value, ((2 * k - 1) * x * value - (k - 1) * before) / k
    return value, n * (x * value - before) / (x * x - 1.0)
