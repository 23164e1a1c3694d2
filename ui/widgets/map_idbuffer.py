"""Identities instead of colours: an integer image of polygon numbers, coloured by one look-up.

Each pixel holds the number of the polygon under its centre plus one, 0 where there is none. Recolouring,
changing classes or years and finding what is under the pointer never look at an outline again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ui.widgets.map_frame import Bounds, Frame
    from ui.widgets.map_shapes import Shapes


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges of polygons, ordered upwards, horizontal ones left out: arrays of shape (e,), and owners."""

    x0: NDArray[np.float64]
    y0: NDArray[np.float64]
    x1: NDArray[np.float64]
    y1: NDArray[np.float64]
    owner: NDArray[np.int32]

    def inside(self, bounds: Bounds) -> Edges:
        """The edges that cross the band of the bounds.

        Those to the left and to the right are kept: they say on which side of a border a pixel is.
        """
        keep = (self.y1 >= bounds[1]) & (self.y0 <= bounds[3])
        if keep.all():
            return self
        return Edges(self.x0[keep], self.y0[keep], self.x1[keep], self.y1[keep], self.owner[keep])


def edges_of(shapes: Shapes) -> Edges:
    """Edges of the polygons; two polygons that share a border give exactly the same numbers for it."""
    if not len(shapes.coords):
        nothing = np.empty(0)
        return Edges(nothing, nothing, nothing, nothing, np.empty(0, np.int32))
    inside = np.ones(len(shapes.coords), dtype=bool)
    inside[shapes.starts[1:] - 1] = False
    first = np.flatnonzero(inside)
    a, b = shapes.coords[first], shapes.coords[first + 1]
    owner = np.repeat(shapes.owner, np.diff(shapes.starts) - 1)
    up = b[:, 1] > a[:, 1]
    slanted = a[:, 1] != b[:, 1]
    low = np.where(up[:, None], a, b)[slanted]
    high = np.where(up[:, None], b, a)[slanted]
    return Edges(low[:, 0], low[:, 1], high[:, 0], high[:, 1], owner[slanted])


def rasterise(shapes: Shapes, edges: Edges, frame: Frame) -> NDArray[np.int32]:
    """Image of polygon numbers plus one, shape (height, width); 0 outside.

    A pixel belongs to the polygon that holds its centre (even-odd rule). Only comparisons and sorts on whole
    arrays: a thread that runs this leaves the interface free.
    """
    width, height = frame.width, frame.height
    image = np.zeros(width * height, dtype=np.int32)
    seen = edges.inside(frame.bounds)
    if len(seen.owner) < len(edges.owner):
        seen = _of_visible(seen, shapes, frame)
    keys = _crossings(seen, frame)
    if not len(keys):
        return image.reshape(height, width)
    keys.sort()
    begin, end = keys[0::2], keys[1::2]
    row_key, left = np.divmod(begin, width + 1)
    lengths = end - begin
    filled = lengths > 0
    row_key, left, lengths = row_key[filled], left[filled], lengths[filled]
    owner, row = np.divmod(row_key, height)
    _fill(image, row * width + left, lengths, owner + 1)
    return image.reshape(height, width)


def _of_visible(edges: Edges, shapes: Shapes, frame: Frame) -> Edges:
    keep = shapes.visible(frame.bounds)[edges.owner]
    return Edges(edges.x0[keep], edges.y0[keep], edges.x1[keep], edges.y1[keep], edges.owner[keep])


def _crossings(edges: Edges, frame: Frame) -> NDArray[np.int64]:
    """One number per crossing of an edge with the centre line of a row: owner, row, first column after it."""
    width, height = frame.width, frame.height
    west, _, _, north = frame.bounds
    top = (north - edges.y1) * frame.scale
    bottom = (north - edges.y0) * frame.scale
    first = np.clip(np.ceil(top - 0.5), 0, height).astype(np.int64)
    last = np.clip(np.ceil(bottom - 0.5), 0, height).astype(np.int64)
    count = last - first
    used = count > 0
    first, count = first[used], count[used]
    ends = np.cumsum(count)
    if not len(ends):
        return np.empty(0, dtype=np.int64)
    rows = np.repeat(first - (ends - count), count) + np.arange(ends[-1])
    slope = (edges.x1[used] - edges.x0[used]) / (edges.y1[used] - edges.y0[used])
    y = north - (rows + 0.5) / frame.scale
    x = np.repeat(edges.x0[used], count) + (y - np.repeat(edges.y0[used], count)) * np.repeat(slope, count)
    column = np.clip(np.ceil((x - west) * frame.scale - 0.5), 0, width).astype(np.int64)
    owner = np.repeat(edges.owner[used].astype(np.int64), count)
    keys: NDArray[np.int64] = (owner * height + rows) * (width + 1) + column
    return keys


def _fill(
    image: NDArray[np.int32],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    numbers: NDArray[np.int64],
) -> None:
    ends = np.cumsum(lengths)
    if not len(ends):
        return
    index = np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1])
    image[index] = np.repeat(numbers, lengths)


def colourise(ids: NDArray[np.int32], table: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Colours of an identity image; table, shape (n + 1,), ARGB premultiplied, item 0 being the outside."""
    return table.take(ids, mode="clip")


def add_texture(
    image: NDArray[np.uint32], ids: NDArray[np.int32], members: NDArray[np.bool_], tile: NDArray[np.uint32]
) -> None:
    """Draw in place a square tile over the polygons marked in members, shape (n + 1,)."""
    step = tile.shape[0]
    height, width = image.shape
    repeats = (-(-height // step), -(-width // step))
    np.copyto(image, np.tile(tile, repeats)[:height, :width], where=members.take(ids, mode="clip"))
