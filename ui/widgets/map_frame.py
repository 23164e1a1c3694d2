"""The rectangle of the map seen on the screen: a centre, a scale, a size in device pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace

Bounds = tuple[float, float, float, float]
"""West, south, east, north, in metres."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is seen: centre in metres, scale in device pixels per metre, size in device pixels."""

    x: float
    y: float
    scale: float
    width: int
    height: int

    @property
    def bounds(self) -> Bounds:
        """Rectangle covered, in metres."""
        half_w, half_h = self.width / self.scale / 2, self.height / self.scale / 2
        return (self.x - half_w, self.y - half_h, self.x + half_w, self.y + half_h)

    def to_pixel(self, x: float, y: float) -> tuple[float, float]:
        """Pixel (from the top left) of a point in metres."""
        return ((x - self.x) * self.scale + self.width / 2, (self.y - y) * self.scale + self.height / 2)

    def to_map(self, px: float, py: float) -> tuple[float, float]:
        """Point in metres under a pixel."""
        return (self.x + (px - self.width / 2) / self.scale, self.y - (py - self.height / 2) / self.scale)

    def panned(self, dx: float, dy: float) -> Frame:
        """The same frame once its content moved by (dx, dy) pixels."""
        return replace(self, x=self.x - dx / self.scale, y=self.y + dy / self.scale)

    def zoomed(self, factor: float, px: float, py: float) -> Frame:
        """The frame scaled by factor around a pixel, which keeps showing the same point."""
        x, y = self.to_map(px, py)
        scale = self.scale * factor
        return replace(
            self,
            x=x - (px - self.width / 2) / scale,
            y=y + (py - self.height / 2) / scale,
            scale=scale,
        )

    def widened(self, margin: float) -> Frame:
        """The frame with a margin all around, as a share of its size: what is drawn beyond the window."""
        return replace(
            self,
            width=self.width + 2 * round(self.width * margin),
            height=self.height + 2 * round(self.height * margin),
        )

    def clears(self, bounds: Bounds, corner: tuple[float, float]) -> bool:
        """True if a rectangle leaves free at least half of the width of a bottom left corner, in pixels."""
        wide, high = corner
        left, bottom = self.to_pixel(bounds[0], bounds[1])
        return bottom <= self.height - high or wide - max(left, 0.0) <= wide / 2

    def covers(self, other: Frame) -> bool:
        """True if the other frame is inside, at the same scale."""
        if self.scale != other.scale:
            return False
        mine, theirs, slack = self.bounds, other.bounds, 0.5 / self.scale
        return (
            mine[0] <= theirs[0] + slack
            and mine[1] <= theirs[1] + slack
            and mine[2] >= theirs[2] - slack
            and mine[3] >= theirs[3] - slack
        )


def fit(bounds: Bounds, width: int, height: int, margin: int = 24) -> Frame:
    """The frame of that size, in device pixels, that shows the whole of the bounds with a margin."""
    west, south, east, north = bounds
    wide = max(east - west, 1.0)
    high = max(north - south, 1.0)
    scale = min(max(width - 2 * margin, 1) / wide, max(height - 2 * margin, 1) / high)
    return Frame((west + east) / 2, (south + north) / 2, scale, max(width, 1), max(height, 1))


def fit_above(bounds: Bounds, whole: Frame, foot: float, margin: int = 24) -> Frame:
    """The frame as large as `whole` that shows the bounds above a foot of that height, in device pixels."""
    upper = fit(bounds, whole.width, max(round(whole.height - foot), 1), margin)
    return replace(whole, y=upper.y - foot / 2 / upper.scale, scale=upper.scale)
