"""Copies of one picture, grouped, so that a hundred reposts count once.

Two pictures are one only when each shows most of the other. A collage or an inset shows
others without being one of them, so groups never grow together through a composite.
"""

from __future__ import annotations

from verify.records import Corners, area

_MOST = 0.6  # of the area of each picture


def is_copy(region: Corners, earlier_region: Corners) -> bool:
    """Whether what two pictures share makes them one: it is most of each."""
    return min(area(region), area(earlier_region)) >= _MOST


class Clusters:
    """Groups of pictures. The smallest id of a group names it."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def of(self, picture_id: int) -> int:
        """The name of this picture's group; a picture of its own names itself."""
        parent = self._parent.get(picture_id, picture_id)
        if parent == picture_id:
            return picture_id
        self._parent[picture_id] = root = self.of(parent)
        return root

    def join(self, one: int, other: int) -> int:
        """Make the groups of two pictures one; returns its name."""
        low, high = sorted((self.of(one), self.of(other)))
        self._parent[high] = low
        return low

    def others(self, picture_id: int) -> list[int]:
        """The other pictures of this picture's group."""
        name = self.of(picture_id)
        group = {name, *(one for one in list(self._parent) if self.of(one) == name)}
        return sorted(group - {picture_id})
