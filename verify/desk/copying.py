"""A copy of an exhibit for others, on which people covered what is to stay theirs.

It is an exhibit of its own: solid boxes over what the lab decoded, encoded anew here, so that no
byte that was received is in it, no metadata, no preview, no sound unless somebody asks for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from verify import clips
from verify.care import boxes as language
from verify.desk.deriving import Deriving, derived_from
from verify.desk.numbers import standing
from verify.desk.viewing import Looking, Viewing
from verify.errors import BadInput, NotFound, Unavailable
from verify.lab.wire import MAX_TIMES, SOUND_RATE
from verify.records import (
    COPY,
    Box,
    Copied,
    Examination,
    Person,
    Picture,
    Pixels,
    Role,
    Step,
    film_time,
    say,
)
from verify.sandbox import Sandbox
from verify.store.folder.home import Home
from verify.store.keeping import custody
from verify.store.pictures import examinations, exhibits, sounds, views
from verify.store.pictures.exhibits import Exhibit

_SIDE, _FILM_SIDE, _SHEET_SIDE = 4096, 1280, 1280  # pixels
_LONGEST = 600  # seconds of a film
_CHUNK = 64_000_000  # bytes of frames that are in memory
_HEARD_MS = 120_000  # at once
_SHORT = 1.0  # seconds that may be missing at the end: containers say more than there is


class Copying:
    """Makes copies for others, and shows where their boxes lie."""

    def __init__(self, home: Home, sandbox: Sandbox, viewing: Viewing, deriving: Deriving) -> None:
        self._store = home.store
        self._vault = home.vault
        self._sandbox = sandbox
        self._viewing = viewing
        self._deriving = deriving

    def squares(self, person: Person, sha256: str, case_id: int | None = None) -> tuple[int, int]:
        """Columns and rows of an exhibit's grid. Raises as `copy`."""
        exhibit, _ = self._deriving.origin(person, sha256.lower(), case_id, concluded=True)
        return _squares(self._examined(exhibit.id))

    def sheet(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        boxes: Iterable[Box],
        *,
        at_ms: int = 0,
        step: Step | None = None,
    ) -> Picture:
        """An exhibit's picture, of a film the frame at this time, under its boxes and the grid.

        What is not covered is a line drawing, unless more is asked for. Raises Covered as
        `Pictures` does, NotFound, NotAllowed, Unavailable.
        """
        from verify.care import boxing
        from verify.care.leaving import veiled

        self._known(person, case_id, exhibit_id)
        examined = self._examined(exhibit_id)
        looking = self._viewing.looking(person, step, exhibit_id)
        step = looking.step if looking.covered else step or Step.DRAWING
        pixels = self._seen(looking, exhibit_id, at_ms, moves=examined.moves)
        if not looking.covered:
            pixels = veiled(pixels, step)
        squares, colour = _squares(examined), step is Step.FULL
        sheet = boxing.sheet(pixels, boxes, squares, colour=colour, enlarge=step is not Step.SMALL)
        return replace(looking.picture(sheet), step=step)

    def _seen(self, looking: Looking, exhibit_id: int, at_ms: int, *, moves: bool) -> Pixels:
        if moves:
            shown = looking.frames(exhibit_id, _SHEET_SIDE, [max(0, at_ms)])
            pixels = shown[0][1] if shown else None
        else:
            pixels = looking.pixels(exhibit_id, _SHEET_SIDE)
        if pixels is None:
            raise Unavailable(say("This picture cannot be shown."))
        return pixels

    def copy(
        self,
        person: Person,
        sha256: str,
        boxes: Iterable[Box],
        *,
        sound: bool = False,
        case_id: int | None = None,
    ) -> Copied:
        """Make a copy with these boxes and preserve it in the case of the exhibit.

        sound: of a film, whether its sound goes along, as one channel. case_id: as in
        `Deriving.derive`; a concluded case takes it too, for what is published is concluded. The
        same again gives the same copy. Raises NotFound, BadInput when a film is too long,
        Unavailable.
        """
        exhibit, case_id = self._deriving.origin(person, sha256.lower(), case_id, concluded=True)
        covered = language.at_most(boxes)
        examined = self._examined(exhibit.id)
        _demand_within(covered, examined)
        told = f"{language.written(covered)} {'sound' if sound else ''}"
        name = "copy.mp4" if examined.moves else "copy.jpg"
        receipt = self._deriving.keep(
            person,
            exhibit,
            case_id,
            derived_from(exhibit, f"{COPY} {told} {case_id}", name, COPY),
            lambda: self._made(exhibit, examined, covered, sound=sound),
            concluded=True,
            boxes=len(covered),
        )
        heard = bool(sounds.seconds(self._store, exhibit.id))
        return Copied(
            receipt=receipt,
            of=examined,
            boxes=covered,
            percent=language.share(covered),
            sound=sound and heard,
            heard=heard,
        )

    def file(self, person: Person, case_id: int, exhibit_id: int) -> tuple[str, bytes]:
        """A copy as it is handed out, which is put on record: its name, which says nothing, and its
        bytes. Raises NotFound for what is no copy, Unavailable."""
        case_id = standing(self._store, person, case_id, Role.REPORTER)
        exhibit = self._known(person, case_id, exhibit_id)
        origin = exhibit.submission.origin
        if origin is None or not origin.name.endswith(f" {COPY}"):
            raise NotFound(say("This exhibit is no copy for others."))
        handed = self._viewing.looking(person, Step.FULL, exhibit_id)
        content = self._vault.original(exhibit.sha256).read_bytes()
        with self._store.transaction():
            custody.append(
                self._store,
                "copy handed out",
                person.id,
                case=case_id,
                exhibit=exhibit.sha256,
            )
        handed.note()
        return exhibit.submission.filename, content

    def _known(self, person: Person, case_id: int, exhibit_id: int) -> Exhibit:
        return exhibits.known(self._store, exhibit_id, standing(self._store, person, case_id))

    def _examined(self, exhibit_id: int) -> Examination:
        latest = examinations.latest(self._store, exhibit_id)
        if latest is None or not (latest.examination.width and latest.examination.height):
            raise Unavailable(say("There is no picture here of which a copy could be made."))
        return replace(latest.examination, views=views.of_exhibit(self._store, exhibit_id))

    def _made(
        self, exhibit: Exhibit, examined: Examination, boxes: tuple[Box, ...], *, sound: bool
    ) -> bytes:
        from verify.care import boxing

        if examined.moves:
            return self._film(exhibit, examined, boxes, sound=sound)
        pixels = self._sandbox.pixels(self._vault.original(exhibit.sha256), _SIDE)
        if pixels is None:
            raise Unavailable(say("This picture cannot be decoded, so there is no copy of it."))
        return boxing.jpeg(boxing.covered(pixels, boxes))

    def _film(
        self, exhibit: Exhibit, examined: Examination, boxes: tuple[Box, ...], *, sound: bool
    ) -> bytes:
        from verify.care import boxing

        if (examined.seconds or 0) > _LONGEST:
            raise _too_long()
        reached: list[int] = []
        frames = self._frames(exhibit, examined, reached)
        samples = self._samples(exhibit, examined) if sound else b""
        film = clips.film(boxing.film(frames, boxes), samples, SOUND_RATE)
        whole = examined.seconds or 0
        if not film or reached[-1] / 1000 < whole - _SHORT - whole / max(1, len(reached)):
            raise Unavailable(
                say("This film cannot be decoded to its end, so there is no copy of it.")
            )
        return film

    def _frames(
        self, exhibit: Exhibit, examined: Examination, reached: list[int]
    ) -> Iterator[tuple[int, Pixels]]:
        """All frames, as large as a copy has them. reached: takes the times of those that were
        given, in milliseconds."""
        path = self._vault.original(exhibit.sha256)
        width, height = examined.width or 1, examined.height or 1
        scale = min(1.0, _FILM_SIDE / max(width, height))
        most = int(_CHUNK / (3 * width * height * scale**2))
        begin_ms = 0
        while found := self._sandbox.reel(path, _FILM_SIDE, begin_ms, max(2, min(MAX_TIMES, most))):
            yield from found
            reached += [at_ms for at_ms, _ in found]
            begin_ms = reached[-1] + 1
            if begin_ms > _LONGEST * 1000:
                raise _too_long()

    def _samples(self, exhibit: Exhibit, examined: Examination) -> bytes:
        path = self._vault.original(exhibit.sha256)
        ends = round(1000 * (sounds.seconds(self._store, exhibit.id) or examined.seconds or 0))
        pieces = (
            self._sandbox.play(path, begins, min(ends, begins + _HEARD_MS))
            for begins in range(0, ends, _HEARD_MS)
        )
        return b"".join(pieces)


def _squares(examined: Examination) -> tuple[int, int]:
    return language.grid(examined.width or 1, examined.height or 1)


def _too_long() -> BadInput:
    return BadInput(
        say("A copy of a film has at most {time}: cut it first.", time=film_time(_LONGEST))
    )


def _demand_within(boxes: Iterable[Box], examined: Examination) -> None:
    """Raise BadInput for a box over a time that the film does not have, or a picture has none."""
    lasts = examined.seconds
    for box in boxes:
        if box.begins is not None and not examined.moves:
            raise BadInput(say("This is no film: a box has no time."))
        if lasts is not None and box.begins is not None and box.begins >= lasts:
            raise BadInput(
                say(
                    "This film ends at {end}: a box that begins at {time} covers nothing.",
                    end=film_time(lasts),
                    time=film_time(box.begins),
                )
            )
