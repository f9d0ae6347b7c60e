"""Small pieces of SVG that the figures are made of; everything about looks stands in the style sheet."""

from mlgov.renderers.html.texts import harmless

WIDE, LEFT, RIGHT = 640, 12, 12
LETTER = 6.6  # pixels that a letter takes at most, at the size of figures


def svg(high: float, name: str, told: str, parts: list[str]) -> str:
    """A figure with its name and what a reader who does not see it should know."""
    head = f'<svg class="fig" viewBox="0 0 {WIDE} {high:g}" role="img" aria-label="{harmless(f"{name}. {told}")}">'
    return "".join([head, *parts, "</svg>"])


def words(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    """A text."""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{harmless(text)}</text>'


def rule(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return f'<line class="{kind}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>'


def dot(x: float, y: float, kind: str) -> str:
    """A point."""
    return f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="4.5"/>'


def box(x: float, y: float, wide: float, high: float, kind: str) -> str:
    """A rectangle."""
    return f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}"/>'


def fitted(text: str, wide: float) -> str:
    """A text cut so that it does not leave its room; letters of Chinese, Japanese and Korean take two."""
    room = wide / LETTER
    for at, letter in enumerate(text):
        room -= 1.8 if ord(letter) >= 0x1100 else 1
        if room < 0:
            return text[: max(at - 1, 1)] + "…"
    return text
