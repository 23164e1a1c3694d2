"""A canvas that remembers what is drawn on it, for tests of charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from maps.canvas import Box, Face, Pen, Ring


@dataclass
class Recorder:
    """Texts with the boxes they take, and fills with their colours."""

    texts: list[tuple[str, Box]] = field(default_factory=list)
    fills: list[tuple[str, Box]] = field(default_factory=list)
    paths: int = 0

    def path(
        self, rings: Sequence[Ring], *, fill: str | None = None, pen: Pen | None = None, closed: bool = True
    ) -> None:
        """Count a path."""
        self.paths += 1

    def text(self, x: float, y: float, text: str, face: Face, anchor: str = "start") -> None:
        """Remember a text: its box goes from the height of capitals to the base line."""
        width = face.width(text)
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        if text.strip():
            self.texts.append((text, Box(left, y - face.size * 0.72, width, face.size * 0.72)))

    def rect(self, box: Box, *, fill: str | None = None, pen: Pen | None = None, radius: float = 0.0) -> None:
        """Remember a filled rectangle."""
        if fill:
            self.fills.append((fill, box))

    def circles(
        self, centres: Ring, radii: Sequence[float], *, fill: str | None = None, pen: Pen | None = None
    ) -> None:
        """Nothing is kept of circles."""

    @contextmanager
    def clip(self, rings: Sequence[Ring]) -> Iterator[None]:
        """Nothing is cut."""
        yield

    def overlaps(self) -> list[tuple[str, str]]:
        """Pairs of texts that cover each other by more than a point both ways."""
        found = []
        for rank, (one, box) in enumerate(self.texts):
            for other, second in self.texts[rank + 1 :]:
                across = min(box.right, second.right) - max(box.x, second.x)
                down = min(box.bottom, second.bottom) - max(box.y, second.y)
                if across > 1.0 and down > 1.0:
                    found.append((one, other))
        return found

    def outside(self, box: Box, margin: float = 3.0) -> list[str]:
        """Texts that leave a box."""
        return [
            text
            for text, held in self.texts
            if held.x < box.x - margin
            or held.right > box.right + margin
            or held.y < box.y - margin
            or held.bottom > box.bottom + margin
        ]
