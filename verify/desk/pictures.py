"""Pictures made for people to compare by eye: a match, what a file hides beside its picture.

What draws them is imported by what is asked for: OpenCV takes long to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from verify import clips
from verify.desk.archive import Archive
from verify.desk.numbers import standing
from verify.errors import NotFound, Unavailable
from verify.records import Differences, Match, Orientation, Person, Pixels, Stretch, say
from verify.sandbox import Sandbox
from verify.store.folder.home import Home
from verify.store.pictures import examinations, exhibits, views

if TYPE_CHECKING:
    from verify.matching.stretch_card import Moment

_FRAME_SIDE = 480  # pixels: several stand side by side
_CLIP_SIDE = 400  # pixels: two of them
_CARD_SIDE = 1024  # pixels: as sharp as a chat shows a picture


class Pictures:
    """Draws what a person may see, from pixels that the lab decodes."""

    def __init__(self, home: Home, sandbox: Sandbox, archive: Archive) -> None:
        self._home = home
        self._sandbox = sandbox
        self._archive = archive

    def match(self, person: Person, match_id: int) -> Match:
        """One match between kept pictures. Raises NotFound where there is none for them."""
        return self._archive.known_match(person, match_id)

    def card(
        self, person: Person, match_id: int, *, colour: bool = False, right_to_left: bool = False
    ) -> bytes:
        """A JPEG: incoming and earlier picture side by side; of two films the same moments of
        both, in the direction in which the reader reads. Raises NotFound, Unavailable."""
        from verify.matching import card, stretch_card

        match = self._archive.known_match(person, match_id)
        if match.stretch and (moments := self._moments(match, match.stretch)):
            return stretch_card.draw(
                *moments,
                colour=colour,
                region=match.region,
                earlier_region=match.earlier_region,
                right_to_left=right_to_left,
            )
        incoming, earlier = self._both(match)
        return card.draw(
            incoming,
            earlier,
            match.orientation,
            colour=colour,
            region=match.region,
            earlier_region=match.earlier_region,
        )

    def clip(
        self, person: Person, match_id: int, since: float = 0.0, *, colour: bool = False
    ) -> tuple[float, float, bytes]:
        """An MP4 of the same moments of two films beside each other, without sound, and from when
        to when of the incoming one, in seconds.

        since: what of their longest stretch is left out, in seconds from its beginning.
        Raises NotFound where it is no match of two films, Unavailable.
        """
        from verify.matching import film_clip

        match = self._archive.known_match(person, match_id)
        if match.stretch is None:
            raise NotFound(say("These two have no stretch in common."))
        pairs = film_clip.moments(match.stretch, since)
        here, there = ([pair[side] for pair in pairs] for side in (0, 1))
        incoming, earlier = (
            self._sandbox.frames(
                self._home.vault.path(name), _CLIP_SIDE, sorted(round(1000 * at) for at in times)
            )
            for name, times in ((match.sha256, here), (match.earlier_sha256, there))
        )
        backwards = there[-1] < there[0]
        whole = len(pairs) if backwards else 1
        if not incoming or len(earlier) < whole:
            raise Unavailable(say("One of the two films cannot be played."))
        count = min(len(incoming), len(earlier))  # the rest took too long
        rows = [film_clip.held(incoming, here[:count]), film_clip.held(earlier, there[:count])]
        regions = match.region, match.earlier_region
        moving = clips.mp4(film_clip.draw(rows, colour=colour, regions=regions))
        return here[0], here[count - 1] + 1 / clips.RATE, moving

    def blink(self, person: Person, match_id: int, *, show_earlier: bool) -> bytes:
        """A JPEG of the incoming picture, or of the earlier one laid onto it in its place.

        Raises NotFound where no alignment is known, Unavailable.
        """
        from verify.matching import blink

        match = self._archive.known_match(person, match_id)
        if match.proof is None:
            raise NotFound(say("How these two pictures lie on one another is not known."))
        incoming, earlier = self._both(match)
        return blink.draw(incoming, earlier, match.proof.lies, show_earlier=show_earlier)

    def changes(self, person: Person, match_id: int) -> tuple[Differences | None, bytes]:
        """Where the two pictures differ, and a grey JPEG with these regions outlined in both.

        Raises NotFound, Unavailable.
        """
        from verify.matching import changed_card, changes
        from verify.matching.placing import lies_of

        match = self._archive.known_match(person, match_id)
        lies = lies_of(match)
        incoming, earlier = self._both(match)
        found = changes.differences(incoming, earlier, lies)
        regions = found.regions if found else ()
        return found, changed_card.draw(incoming, earlier, lies, regions)

    def preview(
        self, person: Person, case_id: int, exhibit_id: int, number: int, *, colour: bool = False
    ) -> bytes:
        """A JPEG: the picture left, right what else its file shows.

        number: from 0, as in the examination's `hidden`.
        Raises NotFound, Unavailable.
        """
        from verify.matching import card

        case_id = standing(self._home.store, person, case_id)
        exhibit = exhibits.known(self._home.store, exhibit_id, case_id)
        examined = examinations.latest(self._home.store, exhibit_id)
        seen = views.of_exhibit(self._home.store, exhibit_id)
        hidden = replace(examined.examination, views=seen).hidden if examined else ()
        path = self._home.vault.path(exhibit.sha256)
        picture = self._sandbox.pixels(path, _CARD_SIDE)
        inside = self._sandbox.pixels(path, _CARD_SIDE, hidden[number]) if hidden[number:] else None
        if picture is None or inside is None:
            raise Unavailable(say("What is hidden in this file cannot be shown."))
        return card.draw(picture, inside, Orientation.ORIGINAL, colour=colour)

    def _moments(self, match: Match, stretch: Stretch) -> tuple[list[Moment], list[Moment]] | None:
        """Frames of both films at the same moments; None where one of them cannot be decoded."""
        from verify.matching import stretch_card

        pairs = stretch_card.moments(stretch)
        incoming = self._frames(match.sha256, [at for at, _ in pairs])
        earlier = self._frames(match.earlier_sha256, sorted(then for _, then in pairs))
        if stretch.speed < 0:
            earlier.reverse()
        return (incoming, earlier) if len(incoming) == len(earlier) == len(pairs) else None

    def _frames(self, sha256: str, times: list[float]) -> list[Moment]:
        path = self._home.vault.path(sha256)
        shown = self._sandbox.frames(path, _FRAME_SIDE, [round(at * 1000) for at in times])
        return [(at_ms / 1000, pixels) for at_ms, pixels in shown]

    def _both(self, match: Match) -> tuple[Pixels, Pixels]:
        first, second = (
            self._sandbox.pixels(self._home.vault.path(name), _CARD_SIDE, view)
            for name, view in (
                (match.sha256, match.view),
                (match.earlier_sha256, match.earlier_view),
            )
        )
        if first is None or second is None:
            raise Unavailable(say("One of the two pictures cannot be shown."))
        return first, second
