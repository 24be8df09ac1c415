"""A film for people: its pictures in one strip, one of them enlarged, a part of it that moves, and
a part of its sound. All of it is made here from what the lab decoded.

What draws them is imported by what is asked for.
"""

from __future__ import annotations

from typing import NamedTuple

from verify import clips
from verify.desk.archive import Archive
from verify.desk.numbers import standing
from verify.desk.viewing import Viewing
from verify.errors import Unavailable
from verify.lab.wire import SOUND_RATE
from verify.records import Clip, Person, Picture, Step, ViewKind, say
from verify.store.folder.home import Home
from verify.store.pictures import examinations, exhibits, footage, sounds, views

_STRIP_SIDE, _LARGE_SIDE, _CLIP_SIDE = 320, 1280, 480  # pixels
_HEARD_MS = 180_000  # at once


class Part(NamedTuple):
    """A part of a film, from when to when, in seconds, as a file that a chat can play. of: how long
    the whole is, as far as that is known."""

    begins: float
    ends: float
    of: float
    content: Clip

    @property
    def goes_on(self) -> bool:
        """Whether something follows."""
        return self.of - self.ends > 1 / clips.RATE


class Films:
    """Draws what a person may see of a film, from pixels that the lab decodes.

    step: how far what is covered is shown; None for as far as it goes by itself. Each raises
    Covered where that is no further than words.
    """

    def __init__(self, home: Home, viewing: Viewing, archive: Archive) -> None:
        self._store = home.store
        self._viewing = viewing
        self._archive = archive

    def strip(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        *,
        colour: bool = False,
        right_to_left: bool = False,
        step: Step | None = None,
    ) -> Picture:
        """The pictures of a film, each under its time, its shots, and which stretches of
        it show what came earlier. Raises NotFound, Unavailable.

        Before it was looked at from end to end: the pictures of the first look.
        """
        from verify.matching import filmstrip

        case_id = standing(self._store, person, case_id)
        exhibits.known(self._store, exhibit_id, case_id)
        looking = self._viewing.looking(person, step, exhibit_id)
        shown = looking.frames(exhibit_id, _STRIP_SIDE, self._shown(exhibit_id))
        if not shown:
            raise Unavailable(say("The pictures of this film cannot be shown."))
        pictures = [(at_ms / 1000, pixels) for at_ms, pixels in shown]
        film, _ = footage.told(self._store, exhibit_id)
        strip = filmstrip.Strip(
            seconds=self._length(exhibit_id) or pictures[-1][0],
            shots=tuple(begins for begins, _ in film.shots) if film else (),
            found=filmstrip.found(self._archive.matches(person, exhibit_id, case_id)),
            right_to_left=right_to_left,
        )
        return looking.picture(filmstrip.draw(pictures, strip, colour=colour))

    def frame(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        at_ms: int,
        *,
        move: int = 0,
        colour: bool = False,
        step: Step | None = None,
    ) -> tuple[int, Picture]:
        """The frame that is shown at this time, and when it begins, in milliseconds.

        move: -1 for the frame before it, 1 for the one after. Raises NotFound, Unavailable.
        """
        from verify.matching import filmstrip

        exhibits.known(self._store, exhibit_id, standing(self._store, person, case_id))
        looking = self._viewing.looking(person, step, exhibit_id)
        shown = looking.frames(exhibit_id, _LARGE_SIDE, [max(0, at_ms)], step=move)
        if not shown:
            raise Unavailable(say("This frame cannot be shown."))
        [(begins, pixels)] = shown
        return begins, looking.picture(filmstrip.large(pixels, colour=colour))

    def clip(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        at_ms: int,
        *,
        colour: bool = False,
        step: Step | None = None,
    ) -> Part:
        """A part of a film from this time on, as an MP4 of some pictures a second, without sound.

        A covered one moves small and in full, not as a drawing. Raises NotFound, Unavailable.
        """
        from verify.matching import film_clip

        exhibits.known(self._store, exhibit_id, standing(self._store, person, case_id))
        looking = self._viewing.looking(person, step, exhibit_id)
        looking.demand_sight()
        begins = max(0, at_ms) / 1000
        seconds = self._length(exhibit_id) or begins + clips.CLIP_SECONDS
        wanted = film_clip.times(begins, max(seconds, begins))
        found = looking.frames(exhibit_id, _CLIP_SIDE, [round(1000 * at) for at in wanted])
        if not found:
            raise Unavailable(say("This film cannot be played."))
        shown = film_clip.held(found, wanted[: len(found)])  # the rest took too long
        moving = looking.clip(film_clip.draw([shown], colour=colour))
        return Part(begins, shown[-1][0] + 1 / clips.RATE, max(seconds, shown[-1][0]), moving)

    def sound(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        at_ms: int,
        *,
        step: Step | None = None,
    ) -> Part:
        """A part of the sound of a film or a recording from this time on, as a voice message: Opus
        in an Ogg, mono. That of a covered one is heard in full or not at all. Raises NotFound,
        Unavailable."""
        exhibits.known(self._store, exhibit_id, standing(self._store, person, case_id))
        looking = self._viewing.looking(person, step, exhibit_id)
        begins = max(0, at_ms)
        samples = looking.samples(exhibit_id, begins, begins + _HEARD_MS)
        if not samples:
            raise Unavailable(say("There is no sound here that can be played."))
        ends = begins / 1000 + len(samples) / 2 / SOUND_RATE
        long = sounds.seconds(self._store, exhibit_id)  # a sound may end before the pictures
        of = max(ends, long or self._length(exhibit_id))
        return Part(begins / 1000, ends, of, looking.sound(samples, SOUND_RATE))

    def _length(self, exhibit_id: int) -> float:
        """How long it lasts, in seconds; 0 where that is not known."""
        film, _ = footage.told(self._store, exhibit_id)
        examined = examinations.latest(self._store, exhibit_id)
        said = examined.examination.seconds if examined else None
        if film and examined and examined.examination.media_type.startswith("image/"):
            return film.seconds + 1 / clips.RATE  # an animation is counted to its last picture
        return film.seconds if film else said or sounds.seconds(self._store, exhibit_id)

    def _shown(self, exhibit_id: int) -> list[int]:
        """The times of the frames of a strip, in milliseconds."""
        from verify.matching.film_pictures import chosen

        if whole := footage.of(self._store, exhibit_id):
            return chosen(whole)
        seen = views.of_exhibit(self._store, exhibit_id)
        frames = {view.at_ms for view in seen if view.kind is ViewKind.FRAME}
        return sorted({0, *(at_ms for at_ms in frames if at_ms is not None)})
