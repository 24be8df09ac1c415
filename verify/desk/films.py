"""The pictures of a film, drawn for people: all in one strip, or one of them in large.

What draws them is imported by what is asked for.
"""

from __future__ import annotations

from verify.desk.archive import Archive
from verify.desk.numbers import standing
from verify.errors import Unavailable
from verify.records import Person, ViewKind, say
from verify.sandbox import Sandbox
from verify.store.folder.home import Home
from verify.store.pictures import examinations, exhibits, footage, views

_STRIP_SIDE, _LARGE_SIDE = 320, 1280  # pixels


class Films:
    """Draws what a person may see of a film, from pixels that the lab decodes."""

    def __init__(self, home: Home, sandbox: Sandbox, archive: Archive) -> None:
        self._store = home.store
        self._vault = home.vault
        self._sandbox = sandbox
        self._archive = archive

    def strip(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        *,
        colour: bool = False,
        right_to_left: bool = False,
    ) -> bytes:
        """A JPEG: the pictures of a film, each under its time, its shots, and which stretches of
        it show what came earlier. Raises NotFound, Unavailable.

        Before it was looked at from end to end: the pictures of the first look.
        """
        from verify.matching import filmstrip

        case_id = standing(self._store, person, case_id)
        exhibit = exhibits.known(self._store, exhibit_id, case_id)
        times = self._shown(exhibit_id)
        shown = self._sandbox.frames(self._vault.path(exhibit.sha256), _STRIP_SIDE, times)
        if not shown:
            raise Unavailable(say("The pictures of this film cannot be shown."))
        pictures = [(at_ms / 1000, pixels) for at_ms, pixels in shown]
        film, _ = footage.told(self._store, exhibit_id)
        examined = examinations.latest(self._store, exhibit_id)
        said = examined.examination.seconds if examined else None
        strip = filmstrip.Strip(
            seconds=film.seconds if film else said or pictures[-1][0],
            shots=tuple(begins for begins, _ in film.shots) if film else (),
            found=filmstrip.found(self._archive.matches(person, exhibit_id, case_id)),
            right_to_left=right_to_left,
        )
        return filmstrip.draw(pictures, strip, colour=colour)

    def frame(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        at_ms: int,
        *,
        step: int = 0,
        colour: bool = False,
    ) -> tuple[int, bytes]:
        """A JPEG of the frame that is shown at this time, and when it begins, in milliseconds.

        step: -1 for the frame before it, 1 for the one after. Raises NotFound, Unavailable.
        """
        from verify.matching import filmstrip

        exhibit = exhibits.known(self._store, exhibit_id, standing(self._store, person, case_id))
        path = self._vault.path(exhibit.sha256)
        shown = self._sandbox.frames(path, _LARGE_SIDE, [max(0, at_ms)], step=step)
        if not shown:
            raise Unavailable(say("This frame cannot be shown."))
        [(begins, pixels)] = shown
        return begins, filmstrip.jpeg(pixels, colour=colour)

    def _shown(self, exhibit_id: int) -> list[int]:
        """The times of the frames of a strip, in milliseconds."""
        from verify.matching.film_pictures import chosen

        if whole := footage.of(self._store, exhibit_id):
            return chosen(whole)
        seen = views.of_exhibit(self._store, exhibit_id)
        frames = {view.at_ms for view in seen if view.kind is ViewKind.FRAME}
        return sorted({0, *(at_ms for at_ms in frames if at_ms is not None)})
