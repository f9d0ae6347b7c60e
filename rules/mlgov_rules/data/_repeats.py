"""Rows that two parts of a split share: copied, or equal by chance because rows repeat by themselves."""

import math

from mlgov.rulekit import MeasuredOverlap, Repeats

FREE = 0.99  # share of different rows in the earlier part from which on rows do not repeat by themselves
SIGMAS = 4.0
LEAST = 10


def copies(repeats: Repeats, overlap: MeasuredOverlap) -> int:
    """How many rows of the later part are copies; 0 where chance explains all that is shared.

    If n1 and n2 rows are drawn by chance and some values occur twice among them, such a pair falls into both parts in
    2 n2 of 2 n2 + n1 cases, else twice into the first (as far as it leaves a trace there). More shared pairs than that
    were copied.
    """
    if not repeats.rows or repeats.distinct >= FREE * overlap.earlier_rows:
        return repeats.rows
    pairs = repeats.alone + repeats.doubled
    expected = 2 * overlap.later_rows / (2 * overlap.later_rows + overlap.earlier_rows)
    spread = math.sqrt(pairs * expected * (1 - expected))
    surplus = repeats.alone - pairs * expected
    return repeats.alone if repeats.alone >= LEAST and surplus > SIGMAS * spread else 0
