"""What an import of posts leaves for later, made up for one picture: it is read and compared.

The picture was described when it came in, by which others are matched against it at once. What a
search by it needs beside is kept until then, so that no features are looked for again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from verify.desk.archive import Archive, Elsewhere
from verify.desk.bulk import Tools
from verify.errors import DiskRefused, Unavailable
from verify.readers.text import SIDE, read_in_each, with_read
from verify.records import Examination, Pixels, View, ViewKind
from verify.store.casework import stale
from verify.store.folder.home import Home
from verify.store.keeping import custody
from verify.store.pictures import examinations, exhibits, uncompared
from verify.store.search import finding_words

_TOGETHER = 3 * 2_000_000  # bytes of pixels, beside which a program's start is little
_OF_THE_WHOLE = (ViewKind.WHOLE, ViewKind.INNER, ViewKind.INSET)


def left_for_later(seen: Examination) -> tuple[View, ...] | None:
    """What a search by a picture needs beside the picture itself; None where the lab has to see it
    again: what moves, previews and what transparency hides."""
    if any(view.features and view.kind not in _OF_THE_WHOLE for view in seen.views):
        return None
    return tuple(
        msgspec.structs.replace(
            view,
            features=view.features
            and msgspec.structs.replace(view.features, frame=b"", thumbnail=b""),
        )
        for view in seen.views
    )


class _Looked(NamedTuple):
    """An exhibit before it is read: what is seen of it, or what went wrong, and its pixels."""

    seen: Examination | Exception | None
    pixels: Pixels | None = None
    readable: bool = False


class CatchingUp:
    """Compares and reads what was only described."""

    def __init__(self, home: Home, archive: Archive) -> None:
        self._home = home
        self._store = home.store
        self._archive = archive

    def look(self, exhibit_id: int, tools: Tools) -> Examination | None:
        """An exhibit's examination with what is read in it, and with its views as a search needs
        them. None where it waits no longer. Raises DiskRefused."""
        [seen] = self.look_each([exhibit_id], tools)
        if isinstance(seen, Exception):
            raise seen
        return seen

    def look_each(
        self, exhibit_ids: Sequence[int], tools: Tools
    ) -> Iterator[Examination | Exception | None]:
        """The same for several of one import, in their order, which are read together as long as
        they are small; what goes wrong with one is given in its place."""
        looked: list[_Looked] = []
        for exhibit_id in exhibit_ids:
            try:
                looked.append(self._look(exhibit_id, tools))
            except Exception as error:
                looked.append(_Looked(error))
            if sum(len(one.pixels.rgb) for one in looked if one.pixels) >= _TOGETHER:
                yield from _read(looked, tools)
                looked = []
        yield from _read(looked, tools)

    def _look(self, exhibit_id: int, tools: Tools) -> _Looked:
        waiting = uncompared.of(self._store, exhibit_id)
        exhibit = exhibits.exhibit(self._store, exhibit_id)
        examined = examinations.latest(self._store, exhibit_id)
        if not (waiting and exhibit and examined):
            return _Looked(None)
        bare = msgspec.structs.replace(examined.examination, findings=())
        try:
            path = self._home.vault.original(exhibit.sha256)
        except DiskRefused:
            raise
        except Unavailable:  # it is gone: what is known of it stays
            return _Looked(bare)
        if waiting.views is None:
            submission = exhibit.submission
            views = tools.sandbox.examine(
                path,
                filename=submission.filename,
                declared_type=submission.declared_type,
                sent_as=submission.sent_as,
            ).views
        else:
            views = waiting.views
        if not views:
            return _Looked(bare)
        tools.give_way()
        pixels = tools.sandbox.pixels(path, SIDE)
        if waiting.views is not None:
            views = with_frames(waiting.views, pixels)
        return _Looked(msgspec.structs.replace(bare, views=views), pixels, readable=True)

    def record(
        self,
        exhibit_id: int,
        seen: Examination,
        *,
        more: bool,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """Match it by what `look` gave, and keep that. more: whether it is a film of which sounds
        and words are out yet. elsewhere: what another computer found, where one looked."""
        with (
            self._archive.compared(exhibit_id, seen, elsewhere) as record_matches,
            self._store.transaction(),
        ):
            waiting = uncompared.of(self._store, exhibit_id)
            exhibit = exhibits.exhibit(self._store, exhibit_id)
            examined = examinations.latest(self._store, exhibit_id)
            if not (waiting and exhibit and examined):  # wiped, withheld or done meanwhile
                return
            later = record_matches(examined.id)
            examinations.add_text(self._store, examined.id, seen)
            finding_words.index(self._store, exhibit_id)
            (uncompared.compared if more else uncompared.strike)(self._store, exhibit_id)
            custody.append(
                self._store,
                "compared",
                waiting.person_id,
                case=exhibits.all_cases_of(self._store, exhibit_id)[0],
                exhibit=exhibit.sha256,
                examination=examined.id,
            )
            stale.mark_exhibit(self._store, exhibit_id)
            stale.mark_alike(self._store, exhibit_id)
            for other in later:
                stale.mark_exhibit(self._store, other)


def _read(looked: Sequence[_Looked], tools: Tools) -> Iterator[Examination | Exception | None]:
    """What was looked at, with the text in it."""
    tools.give_way()
    read = iter(read_in_each([one.pixels for one in looked if one.readable], tools.tesseract))
    for one in looked:
        if one.readable and isinstance(one.seen, Examination):
            yield with_read(one.seen, next(read))
        else:
            yield one.seen


def with_frames(views: tuple[View, ...], pixels: Pixels | None) -> tuple[View, ...]:
    """Views as they were left for later, with the frames that prove matches; where the picture
    cannot be decoded, those are matched by their hashes alone."""
    from verify.lab.features import with_frame  # it loads OpenCV

    if pixels is None:
        return tuple(msgspec.structs.replace(view, features=None) for view in views)
    rgb = np.frombuffer(pixels.rgb, np.uint8).reshape(pixels.height, pixels.width, 3)
    return tuple(
        msgspec.structs.replace(
            view, features=view.features and with_frame(view.features, _cut(rgb, view))
        )
        for view in views
    )


def _cut(rgb: NDArray[np.uint8], view: View) -> NDArray[np.uint8]:
    """What a view shows of the picture."""
    if view.corners is None:
        return rgb
    height, width = rgb.shape[:2]
    (left, top), _, (right, bottom), _ = view.corners
    return rgb[
        round(top * height) : max(round(bottom * height), round(top * height) + 1),
        round(left * width) : max(round(right * width), round(left * width) + 1),
    ]
