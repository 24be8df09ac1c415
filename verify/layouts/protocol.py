"""A bag beside the Berkeley Protocol on Digital Open Source Investigations: by which of its files
it answers what is asked of things that are kept, and what this very bag lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from verify.layouts.profiles import Profile
from verify.layouts.report import as_file
from verify.records import (
    Bullets,
    Depicted,
    Heading,
    Packed,
    Report,
    Section,
    Sentence,
    say,
    say_many,
)
from verify.wording import report as wording

if TYPE_CHECKING:
    from verify.language import Reader

NAME = "berkeley-protocol.html"
_ORIGINALS, _COPIES, _STAMPS = "data/originals/", "data/copies/", "data/stamps/"
_RECORD, _CASE, _CRATE = "data/custody.jsonl", "data/case.json", "data/ro-crate-metadata.json"
_PAGE, _PDF, _TEXT = "data/report.html", "data/report.pdf", "data/report.txt"
_SCHEMA, _LIST, _TAGS = "data/case.schema.json", "manifest-sha256.txt", "tagmanifest-sha256.txt"

Answer = tuple[Sentence, list[Sentence], list[Sentence]]
"""What is asked for, the files that show it, and what is missing."""


def protocol(
    packed: Packed, profile: Profile, unreviewed: Sequence[Sentence], reader: Reader
) -> bytes:
    """The page, as HTML. unreviewed: what the reviews for machines leave out."""
    from verify.language import plain, reads_leftwards

    def tell(sentence: Sentence) -> str:
        return plain(sentence, reader, limit=4000)

    def section(name: str, answer: Answer) -> Section:
        title, shown, missing = answer
        shown = shown or [say("No file of this bag shows it.")]
        lacking = Heading(id=f"{name}-missing", text=tell(say("What is missing")))
        blocks = (Bullets(items=tuple(map(tell, shown))), lacking)
        return Section(
            id=name, title=tell(title), blocks=(*blocks, Bullets(items=tuple(map(tell, missing))))
        )

    asked = {
        "authenticity": _authenticity(packed, profile),
        "availability": _availability(packed),
        "identity": _identity(),
        "persistence": _persistence(),
        "renderability": _renderability(packed, profile),
        "understandability": _understandability(unreviewed),
        "custody": _custody(packed),
        "copies": _copies(packed),
        "storage": _storage(packed),
    }
    told = Report(
        case=packed.case,
        version=0,
        title=tell(say("This bag beside the Berkeley Protocol")),
        subtitle=tell(
            say("Case {number}, hand-out profile: {name}", number=packed.case, name=profile.NAME)
        ),
        profile=packed.profile,
        language=reader.language,
        right_to_left=reads_leftwards(reader),
        head=packed.head,
        contents=tell(wording.CONTENTS),
        open_cover="",
        closed_cover="",
        sections=tuple(section(name, answer) for name, answer in asked.items()),
    )
    return as_file(told, "html")


def _authenticity(packed: Packed, profile: Profile) -> Answer:
    shown = [say("{file} and {other}: the SHA-256 of each file.", file=_LIST, other=_TAGS)]
    missing = [say("That bytes are unchanged since they came says nothing of the time before.")]
    if packed.originals:
        shown.append(say("{folder}: each original is named by its SHA-256.", folder=_ORIGINALS))
    if packed.events:
        shown.append(say("{file}: when each original was preserved.", file=_RECORD))
    if profile.EVIDENCE:
        shown.append(say("{file}: what was found in the files, and its limits.", file=_PAGE))
    else:
        missing.append(say("Findings are not in this bag."))
    if packed.key:
        shown.append(
            say(
                "{file}: signed by the key {fingerprint}.",
                file=f"{_TAGS}.sig",
                fingerprint=packed.key,
            )
        )
    else:
        missing.append(say("No key signs this bag."))
    return say("Authenticity"), shown, missing


def _availability(packed: Packed) -> Answer:
    shown, missing = [], [say("A bag is one copy: keep others elsewhere.")]
    if packed.originals:
        shown.append(
            say_many(
                "{folder}: {count} original.",
                "{folder}: {count} originals.",
                len(packed.originals),
                folder=_ORIGINALS,
            )
        )
    else:
        missing.append(_NO_ORIGINALS)
    if packed.kept_back:
        missing.append(
            say_many(
                "{count} original is withheld; its SHA-256 stands in {file}.",
                "{count} originals are withheld; their SHA-256 stand in {file}.",
                len(packed.kept_back),
                file="bag-info.txt",
            )
        )
    return say("Availability"), shown, missing


def _identity() -> Answer:
    shown = [
        say("{file}: the number of each exhibit.", file=_CASE),
        say("{file} and {other}: the SHA-256 of each file.", file=_LIST, other=_TAGS),
    ]
    return say("Identity"), shown, [say("No number in it is registered anywhere.")]


def _persistence() -> Answer:
    shown = [say("{file}: BagIt 1.0, a format for keeping files.", file="bagit.txt")]
    shown.append(say("{file}: how {other} is written.", file=_SCHEMA, other=_CASE))
    return (
        say("Persistence"),
        shown,
        [say("Nothing in it reminds you to copy it to the next medium.")],
    )


def _renderability(packed: Packed, profile: Profile) -> Answer:
    shown = [
        say("{file}: of which type each file is.", file=_CRATE),
        say("{file}: opens in a browser, without script and without a network.", file=_PAGE),
    ]
    missing = [say("No program that opens other files goes along, and nothing is converted.")]
    if profile.DEPICTED is Depicted.NONE:
        missing.append(say("The report shows no pictures."))
    return say("Renderability"), shown, missing


def _understandability(unreviewed: Sequence[Sentence]) -> Answer:
    shown = [
        say("{file} and {other}: the report.", file=_PAGE, other=_PDF),
        say("{file}: what the hand-out profile leaves out.", file=_TEXT),
    ]
    return (
        say("Understandability"),
        shown,
        [say("The report is in one language."), *unreviewed],
    )


def _custody(packed: Packed) -> Answer:
    title = say("Chain of custody")
    if not packed.events:
        return title, [], [say("The custody record is not in this bag.")]
    shown = [
        say_many(
            "{file}: {count} event, with its hash.",
            "{file}: {count} events, each with its hash.",
            packed.events.count("\n"),
            file=_RECORD,
        )
    ]
    missing = [say("The record begins when the desk received a file.")]
    if any(name.startswith("stamps/") for name in packed.beside):
        shown.append(say("{folder}: time stamps from outside on the record.", folder=_STAMPS))
    else:
        missing.append(say("No time stamp from outside says when the record existed."))
    return title, shown, missing


def _copies(packed: Packed) -> Answer:
    title = say("Evidentiary and working copy")
    if packed.originals:
        shown = [
            say("{folder}: the files as they were received, never rewritten.", folder=_ORIGINALS),
            say("{file}: which of them were made of others, as “derived”.", file=_RECORD),
        ]
        return title, shown, [say("No other mark tells the two apart.")]
    if packed.copies:
        shown = [say("{folder}: working copies, made under boxes.", folder=_COPIES)]
        return title, shown, [_NO_ORIGINALS]
    return title, [], [_NO_ORIGINALS, say("No working copies are in this bag.")]


def _storage(packed: Packed) -> Answer:
    missing = [say("How you store it is not in the desk’s hands.")]
    if packed.encrypted:
        return say("Storage"), [say("The bag was encrypted when it was made.")], missing
    return say("Storage"), [], [say("The bag was not encrypted when it was made."), *missing]


_NO_ORIGINALS = say("The originals are not in this bag: ask the desk.")
