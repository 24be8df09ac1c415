"""The text in the frames of films, found with its times. A step of its own, behind all others.

Read are the frames that tell the film's shots apart, as its strip shows them, within a budget.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

from verify.desk.bulk import Bulk, Tools
from verify.errors import NotFound, Unavailable
from verify.records import Pixels
from verify.sandbox import Sandbox
from verify.store.folder.home import Home
from verify.store.pictures import exhibits, film_words, footage
from verify.store.pictures.film_words import Texts
from verify.store.search import finding_words
from verify.tesseract import Tesseract, TesseractError

_SIDE = 1280  # pixels
_SECONDS = 90.0  # of the clock, for a film
_LONGEST = 10_000  # characters, of all


class FilmWords:
    """Reads what is written in films, where Tesseract is there."""

    def __init__(self, home: Home, sandbox: Sandbox, tesseract: Tesseract, bulk: Bulk) -> None:
        self._home = home
        self._store = home.store
        self._sandbox = sandbox
        self._tesseract = tesseract
        self._bulk = bulk

    def read(self, exhibit_id: int) -> bool:
        """Read in a film that was watched. Whether text was found now.

        Raises NotFound, and Unavailable when its original is missing or changed.
        """
        if not self._tesseract.languages() or film_words.of(self._store, exhibit_id) is not None:
            return False
        texts = self._texts(exhibit_id, self._sandbox, self._tesseract)
        return texts is not None and self._record(exhibit_id, texts)

    def read_rest(self) -> Iterator[None]:
        """Read in all films that were watched and not read; one step an exhibit."""
        if not self._tesseract.languages():
            return

        def look(exhibit_id: int, tools: Tools) -> Texts | None:
            tools.give_way()
            return self._texts(exhibit_id, tools.sandbox, tools.tesseract)

        for exhibit_id, awaited in self._bulk.each(film_words.unread(self._store), look):
            with suppress(NotFound, Unavailable):
                if (texts := awaited()) is not None:
                    self._record(exhibit_id, texts)
            yield

    def _texts(self, exhibit_id: int, sandbox: Sandbox, tesseract: Tesseract) -> Texts | None:
        """None where it was not watched."""
        from verify.matching.film_pictures import chosen

        seen = footage.of(self._store, exhibit_id)
        if seen is None:
            return None
        path = self._home.vault.original(exhibits.known(self._store, exhibit_id).sha256)
        began, left = time.monotonic(), _LONGEST
        texts: Texts = []
        before = set[str]()
        for wanted in chosen(seen):
            for at_ms, pixels in sandbox.frames(path, _SIDE, [wanted]):
                lines = _lines(pixels, tesseract)
                # what stays on the screen is told once
                if fresh := "\n".join(one for one in lines if one not in before)[:left]:
                    texts.append((at_ms, fresh))
                    left -= len(fresh)
                before = {*lines}
            if time.monotonic() - began > _SECONDS or left <= 0:
                break
        return texts

    def _record(self, exhibit_id: int, texts: Texts) -> bool:
        with self._store.transaction():
            if exhibits.exhibit(self._store, exhibit_id) is None:  # wiped meanwhile
                return False
            film_words.keep(self._store, exhibit_id, texts)
            finding_words.index(self._store, exhibit_id)
        return bool(texts)


def _lines(pixels: Pixels, tesseract: Tesseract) -> list[str]:
    try:
        return tesseract.read(pixels).splitlines()
    except TesseractError:  # of one frame that tells nothing of the others
        return []
