"""Makes a pack of what a newsroom published: pictures through the lab, words from a table.

No desk is needed, and nothing of one goes in. Of a picture stand in the pack hashes, some local
features and the small grey frame that proves matches; neither the picture nor what its file says.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from verify.desk.indexes import own_pdq
from verify.distrust import ImplausibleError
from verify.errors import BadInput, VerifyError
from verify.lab.features import stored
from verify.lab.wire import MAX_FRAMES
from verify.records import (
    Examination,
    PackedView,
    PackEntry,
    Rating,
    SentAs,
    Sentence,
    View,
    ViewKind,
    say,
)
from verify.sandbox import Sandbox
from verify.store.packs.bounds import MOST_ENTRIES, MOST_POINTS, is_claim, is_day, is_line, is_link
from verify.store.packs.file import block

PICTURE_BYTES = 9_500
"""Of the points and the thumbnail of one picture; with hashes and words it stays below 10,000."""
_DESCRIBED = (ViewKind.WHOLE, ViewKind.FRAME)
_MOST_CSV = 1 << 28  # bytes
_COLUMNS = {
    "file": ("file", "filename", "path", "picture", "image", "media"),
    "rating": ("rating", "verdict", "category", "conclusion"),
    "date": ("date", "published", "on"),
    "link": ("link", "url"),
    "by": ("by", "publisher", "checked by", "author"),
    "claim": ("claim", "claimed"),
}
_NEEDED = ("file", "rating", "date", "link")


@dataclass(frozen=True)
class Line:
    """A line of the table: as it goes in, or why it does not. number: in the file, from 1."""

    number: int
    file: str
    block: bytes = b""
    wrong: Sentence | None = None


def count(table: Path) -> int:
    """How many lines a table has. Raises BadInput."""
    return sum(1 for _ in _rows(table))


def lines(sandbox: Sandbox, folder: Path, table: Path, publisher: str) -> Iterator[Line]:
    """Describe what each line of a table names. Raises BadInput where it is no such table.

    publisher: who checked it where a line does not say.
    """
    for number, row in _rows(table):
        name = row["file"]
        try:
            yield Line(number, name, block=_made(sandbox, folder, row, publisher))
        except VerifyError as error:
            yield Line(number, name, wrong=error.sentence)


def _rows(table: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines by the names of `_COLUMNS`, with their numbers."""
    try:
        if table.stat().st_size > _MOST_CSV:
            raise BadInput(say("{file} is too large for a table of checks.", file=str(table)))
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            head = [" ".join(one.lower().replace("_", " ").split()) for one in next(rows, [])]
            places = {
                name: next((head.index(one) for one in written if one in head), None)
                for name, written in _COLUMNS.items()
            }
            lacking = [name for name in _NEEDED if places[name] is None]
            if lacking:
                raise BadInput(
                    say(
                        "The first line of {file} names its columns; there is none for: {columns}.",
                        file=str(table),
                        columns=", ".join(lacking),
                    )
                )
            for count, row in enumerate(rows):
                if count >= MOST_ENTRIES:
                    raise BadInput(say("A pack has at most {count} entries.", count=MOST_ENTRIES))
                if any(cell.strip() for cell in row):
                    yield rows.line_num, {name: _cell(row, at) for name, at in places.items()}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            say("{file} cannot be read as a table: CSV in UTF-8.", file=str(table))
        ) from error


def _cell(row: list[str], at: int | None) -> str:
    return " ".join(row[at].split()) if at is not None and at < len(row) else ""


def _made(sandbox: Sandbox, folder: Path, row: dict[str, str], publisher: str) -> bytes:
    rating = rating_of(row["rating"])
    if rating is None:
        raise BadInput(
            say(
                "“{text}” is no category of MediaReview: {known}.",
                text=row["rating"],
                known=", ".join(one.value for one in Rating),
            )
        )
    on = _day(row["date"])
    if not is_link(row["link"]):
        raise BadInput(say("“{text}” is no link to a page.", text=row["link"]))
    by = row["by"] or publisher
    if not is_line(by) or not is_claim(row["claim"]):
        raise BadInput(say("Who checked it, or the claim, is too long or no plain text."))
    seen = _seen(sandbox, folder, row["file"])
    entry = PackEntry(rating=rating, by=by, on=on, link=row["link"], views=seen, claim=row["claim"])
    try:
        return block(entry)
    except ImplausibleError as error:
        raise BadInput(say("This cannot go into a pack.")) from error


def _seen(sandbox: Sandbox, folder: Path, name: str) -> tuple[PackedView, ...]:
    path = folder / name
    inside = name and path.resolve().is_relative_to(folder.resolve())
    if not inside or not path.is_file():
        raise BadInput(say("There is no such file in {folder}.", folder=str(folder)))
    found = sandbox.examine(path, filename=path.name, sent_as=SentAs.IMPORT)
    views = packed(found)
    if not views:
        raise BadInput(say("Nothing is seen in it by which it could be found again."))
    return views


def packed(seen: Examination) -> tuple[PackedView, ...]:
    """The views of a picture or film as they stand in a pack, the whole first; none where it could
    not be found again."""
    return _told(tuple(map(_packed, seen.views)))


def _told(made: tuple[PackedView, ...]) -> tuple[PackedView, ...]:
    told = tuple(one for one in made if one.kind is ViewKind.WHOLE or one.pdq or one.features)
    return told if any(one.pdq or one.features for one in told) else ()


def _packed(view: View) -> PackedView:
    features = view.features if view.kind in _DESCRIBED else None
    return PackedView(
        kind=view.kind,
        pdq=own_pdq(view),
        at_ms=view.at_ms,
        corners=view.corners,
        number=view.number,
        features=features and stored(features, MOST_POINTS, PICTURE_BYTES),
    )


def shared(seen: Iterable[View]) -> tuple[PackedView, ...]:
    """The views of an exhibit, as they are kept, for a pack of unpublished work: hashes and
    keypoints, and no frame; none where it could not be found again by them."""
    every = [*seen]
    frames = [view for view in every if view.kind is ViewKind.FRAME]
    others = [view for view in every if view.kind is not ViewKind.FRAME]
    step = max(1, -(-len(frames) // MAX_FRAMES))  # of a film that was watched there are more
    bare = [_shared(view) for view in [*others, *frames[::step]]]
    if bare and bare[0].kind is not ViewKind.WHOLE:  # that of a film is not kept
        bare.insert(0, PackedView())
    return _told(tuple(bare))


def _shared(view: View) -> PackedView:
    if view.features:  # in its room more keypoints go
        view = replace(view, features=replace(view.features, thumbnail=b""))
    return _packed(view)


def rating_of(text: str) -> Rating | None:
    """A category by its name here or in MediaReview, however it is spaced."""
    return _RATINGS.get(_letters(text))


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", text.lower()).replace("ized", "ised")


_RATINGS = {
    **{_letters(one.media_review): one for one in reversed(Rating) if one.media_review},
    **{_letters(one.value): one for one in Rating},
    "outofcontext": Rating.DECONTEXTUALISED,
}


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not is_day(day):
        raise BadInput(say("“{text}” is no day: write it as 2026-05-03.", text=text))
    return day
