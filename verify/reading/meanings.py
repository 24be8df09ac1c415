"""What a text says of its place, as it was weighed."""

from __future__ import annotations

from dataclasses import dataclass

from verify.places.areas import Area
from verify.reading.names import Mention
from verify.records import Sentence


@dataclass(frozen=True)
class Weighed:
    """One name and the towns it can mean, the likeliest first. why: what speaks for the first.

    doubt: why the first may not be meant; None where every other is far less likely.
    """

    mention: Mention
    towns: tuple[int, ...]
    why: Sentence
    doubt: Sentence | None = None
    reach_km: float = 0.0


@dataclass(frozen=True)
class Meaning:
    """What a text says of its place. places: by name, the plainest first. areas: that it names.

    doubt: why no single one is certain; None where the first is.
    """

    places: tuple[Weighed, ...] = ()
    areas: tuple[tuple[str, Area], ...] = ()
    doubt: Sentence | None = None

    @property
    def certain(self) -> Weighed | None:
        """The one place that is meant."""
        return self.places[0] if self.places and self.doubt is None else None
