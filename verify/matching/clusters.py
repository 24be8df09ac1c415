"""Copies of one picture, grouped, so that a hundred reposts count once.

Two views are one only when each shows most of the other. A collage or an inset shows
others without being one of them, so groups never grow together through a composite.
"""

from __future__ import annotations

from verify.records import Corners, area

MOST = 0.6  # of the area of each picture


def is_copy(region: Corners | None, view: Corners | None) -> bool:
    """Whether what two views share is most of this one.

    region: where it lies in the picture; view: where the view does; None for all of it.
    """
    return region is None or area(region) >= MOST * (area(view) if view else 1.0)


class Clusters:
    """Groups of views. The smallest id of a group names it."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._joined: set[int] = set()

    def of(self, view_id: int) -> int:
        """The name of this view's group; a view of its own names itself."""
        name = view_id
        while (parent := self._parent.get(name, name)) != name:
            name = parent
        while (parent := self._parent.get(view_id, view_id)) != name:
            self._parent[view_id], view_id = name, parent
        return name

    def alone(self, view_id: int) -> bool:
        """Whether no copy of a view is known."""
        return view_id not in self._joined

    def join(self, one: int, other: int) -> int:
        """Make the groups of two views one; returns its name."""
        self._joined |= {one, other}
        low, high = sorted((self.of(one), self.of(other)))
        self._parent[high] = low
        return low

    def others(self, view_id: int) -> list[int]:
        """The other views of this view's group."""
        name = self.of(view_id)
        group = {name, *(one for one in list(self._parent) if self.of(one) == name)}
        return sorted(group - {view_id})
