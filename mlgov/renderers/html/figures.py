"""The figures of a finding as SVG."""

from markupsafe import Markup

from mlgov.figure import Figure, Intervals
from mlgov.renderers.html import curves, intervals
from mlgov.renderers.html.texts import joined


def drawn(figure: Figure) -> Markup:
    """One figure; "" where there is nothing to draw."""
    return joined([intervals.draw(figure) if isinstance(figure, Intervals) else curves.draw(figure)])
