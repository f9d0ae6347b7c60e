"""The figures of a finding as SVG."""

from functools import lru_cache

from markupsafe import Markup

from mlgov.figure import Figure, Intervals
from mlgov.renderers.html import curves, intervals
from mlgov.renderers.html.texts import joined


@lru_cache(maxsize=512)
def drawn(figure: Figure) -> Markup:
    """One figure; "" where there is nothing to draw."""
    return joined([intervals.draw(figure) if isinstance(figure, Intervals) else curves.draw(figure)])
