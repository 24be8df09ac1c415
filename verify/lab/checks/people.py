"""Who is said to have made the picture, and what did they write about it?

Reads the caption and its writer, creator and position, credit, source, rights, instructions,
keywords, contact, the people named as shown, and an agency's job number and category, as IPTC,
XMP and EXIF carry them, and looks in credit, source and rights for the names of agencies.

Outcomes: noted, with what was written. Without any such words there is no finding.

Errs: anybody can write anything there, and words copied with a template stay in pictures that
they do not belong to. An agency that is named may never have held the picture.

Example: the credit `AFP via Getty Images` says where to look for the original caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.formats import CLIPS
from verify.lab.bounded_text import raw
from verify.lab.imaging import Specimen
from verify.lab.written.captions import agencies, read_artworks, read_captions
from verify.lab.written.metadata import is_link
from verify.lab.written.programs import signs
from verify.records import Finding, Outcome, Pillar, Sentence, say

PILLAR = Pillar.SOURCE
MEDIA = frozenset({"*", *CLIPS})


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note what people wrote into the file, and the agencies that they name."""
    metadata, read_from = specimen.readings.metadata, specimen.readings.read_from
    captions = read_captions(specimen.fields)
    if metadata.caption and not _written_by_a_program(specimen):
        yield _finding(
            say("The file carries the caption “{caption}”.", caption=raw(metadata.caption)),
            read_from["caption"],
            metadata.caption,
            "captioned",
        )
    if metadata.creator and not _mark_of_a_generator(specimen):
        yield _finding(
            say("The file names {creator} as its creator.", creator=metadata.creator[:200]),
            read_from["creator"],
            metadata.creator,
            "uploader",
        )
    for place, link in _sources(specimen):
        summary = say("The file names the address {link}: look there for its origin.", link=link)
        yield _finding(summary, place, link, "earliest")
    for agency, said in agencies(captions).items():
        yield _finding(
            say("The file names the agency {agency}: look for its caption there.", agency=agency),
            said.place,
            said.text,
            "agency",
        )
    for work in read_artworks(specimen.fields):
        summary = say("The file says that it shows a work: {work}.", work=work.text)
        yield _finding(summary, work.place, work.text, "visible")
    facebooks = any(said.text.startswith("FBMD") for said in captions.values())
    for name, said in captions.items():
        # Facebook writes its own marks where agencies have instructions and job numbers.
        if name in _SAYINGS and not (facebooks and name in ("instructions", "job")):
            sentence = _saying(name, said.text)
            yield _finding(sentence, said.place, said.text, _SAYINGS[name])


def _sources(specimen: Specimen) -> Iterator[tuple[str, str]]:
    """The address that a downloader wrote into a film, which is the page that it came from."""
    movie, container = specimen.fields.movie, specimen.fields.container
    for name in ("source", "comment"):
        if is_link(movie.get(name)):
            yield f"{container} {name}", movie[name]
            return


def _mark_of_a_generator(specimen: Specimen) -> bool:
    """Whether the creator is a number that stands beside a generator's mark, and nobody's name."""
    return bool(specimen.generator and _NUMBER.fullmatch(specimen.readings.metadata.creator or ""))


def _written_by_a_program(specimen: Specimen) -> bool:
    """Whether what stands in the caption's field is a program's own name or settings."""
    place, caption = specimen.readings.read_from["caption"], specimen.readings.metadata.caption
    marks = specimen.generator.evidence if specimen.generator else ""
    # in other fields, and when more follows, `camera` does not tell it: "Made with love in Kyiv"
    return marks.startswith(f"{place}:") or (place == "PNG Comment" and signs(caption or ""))


_NUMBER = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SAYINGS = {
    "title": "agency",
    "headline": "agency",
    "keywords": "agency",
    "credit": "consent",
    "source": "agency",
    "rights": "consent",
    "instructions": "consent",
    "contact": "contact",
    "writer": "agency",
    "position": "uploader",
    "job": "agency",
    "category": "agency",
    "shown": "visible",
    "subject": "agency",
}
"""The fields that are told, and the checklist item that each speaks to."""


def _saying(name: str, words: str) -> Sentence:
    match name:
        case "title":
            return say("The file carries the title “{words}”.", words=words)
        case "headline":
            return say("The file carries the headline “{words}”.", words=words)
        case "keywords":
            return say("The file carries the keywords {words}.", words=words)
        case "credit":
            return say("The file asks to be credited as {words}.", words=words)
        case "source":
            return say("The file names {words} as its source.", words=words)
        case "rights":
            return say("On rights the file says: “{words}”", words=words)
        case "instructions":
            return say("The file carries the instructions “{words}”", words=words)
        case "writer":
            return say("The file names {words} as the writer of its caption.", words=words)
        case "position":
            return say("The file gives the creator's position as {words}.", words=words)
        case "job":
            return say("The file carries an agency's job number: {words}", words=words)
        case "category":
            return say("The file carries an agency's category: {words}", words=words)
        case "subject":
            return say("The file carries the subject “{words}”.", words=words)
        case "shown":
            return say("The file names as people in the picture: {words}", words=words)
    return say("The file gives as a contact: {words}", words=words)


def _finding(summary: Sentence, place: str, value: str, item: str) -> Finding:
    return Finding(
        check="people",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from=place,
        raw=raw(value),
        caution=say(
            "Somebody wrote this into the file; it can be wrong, or be left from another picture."
        ),
        reference="IPTC Photo Metadata Standard 2023.1",
        items=(item,) if item != "captioned" else ("agency", "visible"),
    )
