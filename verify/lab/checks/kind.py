"""What kind of file is it, and do its name and its declared type say the same?

Reads the first bytes of the file, and sets them against its name, the type declared by the chat,
and what stands behind the end of the picture, part by part. Looks through the
file for a second one of another kind: an archive, a PDF, a program, a web page or script.

Outcomes: noted, the kind, pictures beside the first, that it moves, a film, a gain map and
maker's data behind the picture; flagged, name or
declared type say something else, or another file stands behind the picture or within it.

Errs: apps rename files without care: a wrong name is mostly that. Phones keep a video of the
seconds around the shot, or a depth map, behind the picture. A caption may quote a line of a web
page.

Example: `photo.jpg` that is a PNG was most likely a screenshot, renamed on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from verify.formats import FORMATS, RAW_ENDINGS, RAWS
from verify.lab.bounded_text import raw
from verify.lab.imaging import Specimen
from verify.lab.polyglots import Hidden, read_hidden
from verify.lab.trailing import ARCHIVES, is_odd
from verify.records import (
    ByteSize,
    Finding,
    Outcome,
    Part,
    Pillar,
    Sentence,
    listed,
    say,
    say_many,
)

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

# "Mr.Smith" is a name without an ending: only these are taken for one.
_OTHER_ENDINGS = frozenset(
    ["svg", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "html", "apk"]
)
_KNOWN_ENDINGS = _OTHER_ENDINGS.union(*(one.endings for one in FORMATS.values()))
_OPEN_TYPES = ("", "application/octet-stream", "binary/octet-stream")


def check(specimen: Specimen) -> Iterator[Finding]:
    """Compare the content with name and declared type; count pictures and bytes behind the end."""
    mismatches = list(_mismatches(specimen))
    yield from mismatches
    if not mismatches:
        name = FORMATS[specimen.media_type].name
        summary = (
            say("The content is a camera's original in {format} format.", format=name)
            if specimen.of_preview
            else say("The content is a picture in {format} format.", format=name)
        )
        yield _noted(summary, "first bytes", specimen.media_type)
    yield from _in_part(specimen)
    yield from _several(specimen)
    yield from _behind(specimen)
    yield from _hidden(specimen)


def _endings(media_type: str) -> set[str]:
    """Those that a file with this content may have; of makers' raw formats not all are known."""
    own = {*FORMATS[media_type].endings}
    if media_type in RAWS:
        return {*RAW_ENDINGS, *FORMATS["image/tiff"].endings}
    return own.union(RAW_ENDINGS) if media_type == "image/tiff" else own


def _alike(media_type: str) -> set[str]:
    """The media types under which a file with this content may be sent."""
    if media_type in RAWS:
        return {"image/tiff", *RAWS, *(name for one in RAWS for name in FORMATS[one].aliases)}
    return {media_type, *FORMATS[media_type].aliases}


def _mismatches(specimen: Specimen) -> Iterator[Finding]:
    name = FORMATS[specimen.media_type].name
    ending = PurePath(specimen.filename).suffix.removeprefix(".")
    if ending.lower() in _KNOWN_ENDINGS - _endings(specimen.media_type):
        yield Finding(
            check="kind",
            pillar=PILLAR,
            outcome=Outcome.FLAGGED,
            summary=say(
                "The name ends in “{ending}”, but the content is a picture in {format} format.",
                ending=ending,
                format=name,
            ),
            read_from="file name, first bytes",
            raw=raw(specimen.filename),
            caution=say(
                "Apps and websites often rename or convert files. A wrong ending says that "
                "this is hardly the file as the camera wrote it, and nothing about why."
            ),
            items=("original",),
        )
    declared = specimen.declared_type.partition(";")[0].strip().lower()
    alike = _alike(specimen.media_type)
    if declared not in _OPEN_TYPES and declared not in alike:
        yield Finding(
            check="kind",
            pillar=PILLAR,
            outcome=Outcome.FLAGGED,
            summary=say(
                "It was sent as “{declared}”, but the content is a picture in {format} format.",
                declared=declared,
                format=name,
            ),
            read_from="declared type, first bytes",
            raw=raw(specimen.declared_type),
            caution=say("The sending app chooses this type, often by the file's name alone."),
            items=("original",),
        )


def _in_part(specimen: Specimen) -> Iterator[Finding]:
    """That less than the full picture is looked at and compared, and how much."""
    if specimen.problem:
        return
    if specimen.of_preview:
        width, height = specimen.opened.size
        yield _noted(
            say(
                "What is looked at and compared is the preview of {width} × {height} pixels that "
                "the camera put into it.",
                width=width,
                height=height,
            ),
            "preview",
            f"{width} x {height}",
        )
    share = specimen.picture.info.get("share")
    if share is not None:
        percent = round(100 * share)
        yield _noted(
            say("The file ends before the picture does; all of its rows could be decoded.")
            if percent >= 98
            else say(
                "The file ends before the picture does: of its height {percent} % could be "
                "decoded. That part is looked at and compared.",
                percent=percent,
            ),
            "end of file",
            f"{percent} %",
        )


def _several(specimen: Specimen) -> Iterator[Finding]:
    """The frames of an animation, or the further pictures of a file that holds several."""
    count = specimen.blocks.pictures
    if count > 1:
        yield _noted(
            say_many(
                "The picture moves: it has {count} frame, of which the first is examined.",
                "The picture moves: it has {count} frames, of which the first is examined.",
                count,
            )
            if specimen.blocks.moving
            else say_many(
                "The file holds {count} picture; the first is examined.",
                "The file holds {count} pictures; the first is examined.",
                count,
            ),
            "container",
            str(count),
        )


def _hidden(specimen: Specimen) -> Iterator[Finding]:
    """A second file within the picture's, unless it was told as what stands behind it."""
    told = {part.kind for part in specimen.parts}
    for hidden in read_hidden(specimen.data):
        if hidden.kind in told:
            continue
        yield Finding(
            check="kind",
            pillar=PILLAR,
            outcome=Outcome.NOTED if _in_words(specimen, hidden) else Outcome.FLAGGED,
            summary=say(
                "Within the picture's file stands {kind}, {size} from the start.",
                kind=_words(hidden.kind),
                size=ByteSize(count=hidden.at),
            ),
            read_from="whole file",
            raw=raw(specimen.data[hidden.at : hidden.at + 40]),
            caution=say(
                "Such a file can be read as two things. It may be a trick, or words in the "
                "metadata that only look like it. Open it as nothing but a picture."
            ),
            items=("original",),
        )


def _in_words(specimen: Specimen, hidden: Hidden) -> bool:
    """Whether it is a piece of HTML in a caption, as newsrooms' systems write it."""
    if hidden.kind != "text/html":
        return False
    start = specimen.data[hidden.at : hidden.at + 12].decode("latin-1")
    return any(start in value for values in specimen.fields.iptc.values() for value in values)


def _behind(specimen: Specimen) -> Iterator[Finding]:
    """What stands behind the picture, but for padding and further pictures that it announces."""
    owned: dict[str, list[Part]] = {}
    for part in specimen.parts:
        if part.kind.startswith("video/"):
            yield _film(specimen, part)
        elif part.gain_map:
            yield _part(
                specimen,
                part,
                say(
                    "A gain map of {size} belongs to the picture; by it some screens show bright "
                    "places brighter.",
                    size=ByteSize(count=part.size),
                ),
                say("Phones write it with the picture. Apps and websites mostly remove it."),
            )
        elif part.maker and not is_odd(part.kind):
            owned.setdefault(part.maker, []).append(part)
        elif not part.belongs:
            yield _other(specimen, part)
    for maker, parts in owned.items():
        yield _of_maker(specimen, maker, parts)


def _film(specimen: Specimen, part: Part) -> Finding:
    size: ByteSize | Sentence = ByteSize(count=part.size)
    if part.seconds is not None:
        size = say("{size} and {seconds} seconds", size=size, seconds=round(part.seconds, 1))
    return _part(
        specimen,
        part,
        say("A film of {size} stands behind the picture: a motion photo.", size=size),
        say(
            "Phones keep a video of the seconds around the shot so. Whether this one is that shows "
            "when it is taken out and watched; a film can be put there by hand, too."
        ),
    )


def _of_maker(specimen: Specimen, maker: str, parts: list[Part]) -> Finding:
    names = [*dict.fromkeys(part.name for part in parts if part.name)]
    size = ByteSize(count=sum(part.size for part in parts))
    summary = (
        say(
            "{size} of {maker}'s own data stand behind the picture: {names}.",
            size=size,
            maker=maker,
            names=listed(names),
        )
        if names
        else say("{size} of {maker}'s own data stand behind the picture.", size=size, maker=maker)
    )
    return _part(
        specimen,
        parts[0],
        summary,
        say("The maker's phones and programs write them. Few read them."),
    )


def _other(specimen: Specimen, part: Part) -> Finding:
    return _part(
        specimen,
        part,
        say(
            "{size} follow the end of the picture; they look like {kind}.",
            size=ByteSize(count=part.size),
            kind=_words(part.kind),
        ),
        say(
            "Some phones put a short video or their own data there. It can also hide a message "
            "or another file. Do not open what is hidden on a computer you work with."
        ),
    )


def _part(specimen: Specimen, part: Part, summary: Sentence, caution: Sentence) -> Finding:
    return Finding(
        check="kind",
        pillar=PILLAR,
        outcome=Outcome.FLAGGED if is_odd(part.kind) else Outcome.NOTED,
        summary=summary,
        read_from="end of file",
        raw=raw(specimen.data[part.at : part.at + min(40, part.size)]),
        caution=caution,
        items=("original",),
    )


def _words(kind: str) -> Sentence:
    if kind in ARCHIVES:
        return say("an archive of files")
    if kind == "application/x-executable":
        return say("a program")
    if kind == "application/pdf":
        return say("a PDF document")
    if kind.startswith("image/"):
        return say("another picture")
    if kind.startswith("video/"):
        return say("a video")
    if kind == "text/html":
        return say("a web page or script")
    if kind == "text/plain":
        return say("text")
    return say("data of an unknown kind")


def _noted(summary: Sentence, read_from: str, value: str) -> Finding:
    return Finding(
        check="kind",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from=read_from,
        raw=value,
    )
