"""Pictures made for people to compare by eye: a match, what a file hides beside its picture.

What draws them is imported by what is asked for: OpenCV takes long to load.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from verify import clips
from verify.desk.archive import Archive
from verify.desk.moments import exact
from verify.desk.numbers import standing
from verify.desk.viewing import Looking, Viewing
from verify.errors import NotFound, Unavailable
from verify.records import (
    Clip,
    Differences,
    Match,
    Orientation,
    Person,
    Picture,
    Pixels,
    Step,
    Stretch,
    say,
)
from verify.store.folder.home import Home
from verify.store.pictures import examinations, exhibits, views

if TYPE_CHECKING:
    from verify.matching.stretch_card import Moment

_FRAME_SIDE = 480  # pixels: several stand side by side
_CLIP_SIDE = 400  # pixels: two of them
_CARD_SIDE = 1024  # pixels: as sharp as a chat shows a picture


class Pictures:
    """Draws what a person may see, from pixels that the lab decodes.

    step: how far what is covered is shown; None for as far as it goes by itself. Each raises
    Covered where that is no further than words.
    """

    def __init__(self, home: Home, viewing: Viewing, archive: Archive) -> None:
        self._home = home
        self._viewing = viewing
        self._archive = archive

    def match(self, person: Person, match_id: int) -> Match:
        """One match between kept pictures. Raises NotFound where there is none for them."""
        return self._archive.known_match(person, match_id)

    def remembering(self) -> AbstractContextManager[None]:
        """See `Viewing.remembering`."""
        return self._viewing.remembering()

    def card(
        self,
        person: Person,
        match_id: int,
        *,
        colour: bool = False,
        right_to_left: bool = False,
        step: Step | None = None,
    ) -> Picture:
        """Incoming and earlier picture side by side; of two films the same moments of
        both, in the direction in which the reader reads. Raises NotFound, Unavailable."""
        from verify.matching import card, stretch_card

        match = self._archive.known_match(person, match_id)
        looking = self._looking(person, match, step)
        if match.stretch and (moments := self._moments(looking, match, match.stretch)):
            return looking.picture(
                stretch_card.draw(
                    *moments,
                    colour=colour,
                    region=match.region,
                    earlier_region=match.earlier_region,
                    right_to_left=right_to_left,
                )
            )
        incoming, earlier = self._shown(looking, match)
        return looking.picture(
            card.draw(
                incoming,
                earlier,
                match.orientation,
                colour=colour,
                region=match.region,
                earlier_region=match.earlier_region,
                enlarge=looking.enlarges,
            )
        )

    def clip(
        self,
        person: Person,
        match_id: int,
        since: float = 0.0,
        *,
        colour: bool = False,
        step: Step | None = None,
    ) -> tuple[float, float, Clip]:
        """An MP4 of the same moments of two films beside each other, without sound, and from when
        to when of the incoming one, in seconds.

        since: what of their longest stretch is left out, in seconds from its beginning. Covered
        ones move small and in full. Raises NotFound where it is no match of two films, Unavailable.
        """
        from verify.matching import film_clip

        match = self._archive.known_match(person, match_id)
        if match.stretch is None:
            raise NotFound(say("These two have no stretch in common."))
        looking = self._looking(person, match, step)
        looking.demand_sight()
        pairs = film_clip.moments(match.stretch, since)
        here, there = ([pair[side] for pair in pairs] for side in (0, 1))
        incoming, earlier = (
            looking.frames(exhibit_id, _CLIP_SIDE, sorted(round(1000 * at) for at in times))
            for exhibit_id, times in ((match.exhibit_id, here), (match.earlier_exhibit_id, there))
        )
        backwards = there[-1] < there[0]
        whole = len(pairs) if backwards else 1
        if not incoming or len(earlier) < whole:
            raise Unavailable(say("One of the two films cannot be played."))
        count = min(len(incoming), len(earlier))  # the rest took too long
        rows = [film_clip.held(incoming, here[:count]), film_clip.held(earlier, there[:count])]
        regions = match.region, match.earlier_region
        moving = looking.clip(film_clip.draw(rows, colour=colour, regions=regions))
        return here[0], here[count - 1] + 1 / clips.RATE, moving

    def blink(
        self, person: Person, match_id: int, *, show_earlier: bool, step: Step | None = None
    ) -> Picture:
        """The incoming picture, or of the earlier one laid onto it in its place.

        Raises NotFound where no alignment is known, Unavailable.
        """
        from verify.matching import blink

        match = self._archive.known_match(person, match_id)
        if match.proof is None:
            raise NotFound(say("How these two pictures lie on one another is not known."))
        looking = self._looking(person, match, step)
        incoming, earlier = self._shown(looking, match)
        return looking.picture(
            blink.draw(incoming, earlier, match.proof.lies, show_earlier=show_earlier)
        )

    def changes(
        self, person: Person, match_id: int, *, step: Step | None = None
    ) -> tuple[Differences | None, Picture]:
        """Where the two pictures differ, and both in grey with these regions outlined. Of a film
        the frame is compared that is nearest to the still.

        Raises NotFound, Unavailable.
        """
        from verify.matching import changed_card, changes

        match = self._archive.known_match(person, match_id)
        if match.in_motion:
            raise NotFound(say("What changed is not told of two films: things move in both."))
        looking = self._looking(person, match, step)
        incoming, earlier, lies, at_ms = self._laid(looking, match)
        found = changes.differences(incoming, earlier, lies)
        found = found and replace(found, at_ms=at_ms)
        drawn = changed_card.draw(
            looking.veil(match.exhibit_id, incoming),
            looking.veil(match.earlier_exhibit_id, earlier),
            lies,
            found.regions if found else (),
            enlarge=looking.enlarges,
        )
        return found, looking.picture(drawn)

    def alone(
        self, person: Person, case_id: int, exhibit_id: int, *, step: Step | None = None
    ) -> Picture:
        """An exhibit's own picture. Raises NotFound, Unavailable."""
        from verify.matching import filmstrip

        case_id = standing(self._home.store, person, case_id)
        exhibits.known(self._home.store, exhibit_id, case_id)
        looking = self._viewing.looking(person, step, exhibit_id)
        picture = looking.pixels(exhibit_id, _CARD_SIDE)
        if picture is None:
            raise Unavailable(say("This picture cannot be shown."))
        return looking.picture(filmstrip.large(picture, colour=looking.step is Step.FULL))

    def preview(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        number: int,
        *,
        colour: bool = False,
        step: Step | None = None,
    ) -> Picture:
        """The picture left, right what else its file shows.

        number: from 0, as in the examination's `hidden`.
        Raises NotFound, Unavailable.
        """
        from verify.matching import card

        case_id = standing(self._home.store, person, case_id)
        exhibits.known(self._home.store, exhibit_id, case_id)
        examined = examinations.latest(self._home.store, exhibit_id)
        seen = views.of_exhibit(self._home.store, exhibit_id)
        hidden = replace(examined.examination, views=seen).hidden if examined else ()
        looking = self._viewing.looking(person, step, exhibit_id)
        picture = looking.pixels(exhibit_id, _CARD_SIDE)
        inside = looking.pixels(exhibit_id, _CARD_SIDE, hidden[number]) if hidden[number:] else None
        if picture is None or inside is None:
            raise Unavailable(say("What is hidden in this file cannot be shown."))
        return looking.picture(
            card.draw(
                picture, inside, Orientation.ORIGINAL, colour=colour, enlarge=looking.enlarges
            )
        )

    def _looking(self, person: Person, match: Match, step: Step | None) -> Looking:
        return self._viewing.looking(person, step, match.exhibit_id, match.earlier_exhibit_id)

    def _moments(
        self, looking: Looking, match: Match, stretch: Stretch
    ) -> tuple[list[Moment], list[Moment]] | None:
        """Frames of both films at the same moments; None where one of them cannot be decoded."""
        from verify.matching import stretch_card

        pairs = stretch_card.moments(stretch)
        incoming = _frames(looking, match.exhibit_id, [at for at, _ in pairs])
        earlier = _frames(looking, match.earlier_exhibit_id, sorted(then for _, then in pairs))
        if stretch.speed < 0:
            earlier.reverse()
        return (incoming, earlier) if len(incoming) == len(earlier) == len(pairs) else None

    def _laid(
        self, looking: Looking, match: Match
    ) -> tuple[Pixels, Pixels, tuple[float, ...], int | None]:
        """Both pictures, how the earlier lies in the incoming, and which frame of a film one is."""
        from verify.matching.placing import lies_of

        if not match.of_frame:
            return *self._true(looking, match), lies_of(match), None
        if found := exact(looking, match, _CARD_SIDE):
            return found
        raise Unavailable(say("One of the two pictures cannot be shown."))

    def _shown(self, looking: Looking, match: Match) -> tuple[Pixels, Pixels]:
        incoming, earlier = self._true(looking, match)
        return (
            looking.veil(match.exhibit_id, incoming),
            looking.veil(match.earlier_exhibit_id, earlier),
        )

    def _true(self, looking: Looking, match: Match) -> tuple[Pixels, Pixels]:
        first = looking.measured(match.exhibit_id, _CARD_SIDE, match.view)
        second = looking.measured(match.earlier_exhibit_id, _CARD_SIDE, match.earlier_view)
        if first is None or second is None:
            raise Unavailable(say("One of the two pictures cannot be shown."))
        return first, second


def _frames(looking: Looking, exhibit_id: int, times: list[float]) -> list[Moment]:
    shown = looking.frames(exhibit_id, _FRAME_SIDE, [round(at * 1000) for at in times])
    return [(at_ms / 1000, pixels) for at_ms, pixels in shown]
