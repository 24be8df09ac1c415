"""What text can be read in the picture?

Reads the pixels, at most 2048 a side, with Tesseract and its English and Arabic data, where
this computer has them.

Outcomes: noted, with the text; it can be searched for. Does not apply, saying how to install it,
where Tesseract is missing. Failed, where reading took longer than ten seconds or broke off. Where
no text is seen there is no finding.

Errs: reading errs. Letters are taken for others, handwriting and slanted, small or ornate letters
are missed, and leaves, bricks or windows can look like words. Other scripts than Latin and Arabic
are not read. That nothing was read does not say that no text is there.

Example: a photographed street sign: "The picture has text: مستشفى الموصل العام".
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from verify.records import (
    Examination,
    Finding,
    Outcome,
    Pillar,
    Pixels,
    Record,
    Sentence,
    Text,
    say,
)
from verify.sandbox import Sandbox
from verify.tesseract import INSTALL, Tesseract, TesseractError

PILLAR = Pillar.PROVENANCE

SIDE = 2048
"""Pixels of the longest side that is read."""
LONGEST = 10_000
"""Characters of a text that are kept."""
_QUOTED, _RAW = 200, 300  # characters
_ITEMS = ("landmarks", "language")


def add_text(
    examination: Examination, content: bytes | Path, sandbox: Sandbox, tesseract: Tesseract
) -> Examination:
    """The examination with the text in the picture, and the finding that quotes it.

    content: the file that was examined. What could not be decoded is left as it is.
    """
    if not examination.views:
        return examination
    pixels = sandbox.pixels(content, SIDE) if tesseract.languages() else None
    return with_text_of(examination, pixels, tesseract)


class Read(Record, frozen=True):
    """What came of reading one picture. languages: none where Tesseract is not there. failed: why
    there is no text, `slow` or `failed`; "" where there is, or none was seen."""

    languages: tuple[str, ...]
    text: str = ""
    failed: str = ""


def with_text_of(
    examination: Examination, pixels: Pixels | None, tesseract: Tesseract
) -> Examination:
    """The same from the picture, at most `SIDE` pixels long; None where it cannot be decoded."""
    return with_read(examination, read_in(pixels, tesseract))


def read_in(pixels: Pixels | None, tesseract: Tesseract) -> Read:
    """Read a picture, at most `SIDE` pixels long; None where it cannot be decoded."""
    return read_in_each([pixels], tesseract)[0]


def read_in_each(pictures: Sequence[Pixels | None], tesseract: Tesseract) -> list[Read]:
    """The same of several that came together."""
    languages = tesseract.languages()
    if not languages:
        return [Read(()) for _ in pictures]
    texts = iter(tesseract.read_each([one for one in pictures if one]))
    return [_read(languages, next(texts) if one else TesseractError("failed")) for one in pictures]


def _read(languages: tuple[str, ...], text: str | TesseractError) -> Read:
    if isinstance(text, TesseractError):
        return Read(languages, failed=text.code)
    return Read(languages, text[:LONGEST])


def with_read(examination: Examination, read: Read) -> Examination:
    """The examination with what was read in its picture, and the finding that quotes it."""
    if not read.languages:
        return _with(examination, _missing())
    if read.failed:
        return _with(examination, _failed(read.failed))
    seen = replace(examination, text=Text(languages=read.languages, text=read.text))
    return _with(seen, _noted(read.text, read.languages)) if read.text else seen


def _with(examination: Examination, finding: Finding) -> Examination:
    return replace(examination, findings=(*examination.findings, finding))


def _noted(text: str, languages: tuple[str, ...]) -> Finding:
    line = " ".join(text.split())
    return Finding(
        check="text",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=say("The picture has text: {text}", text=_cut(line, _QUOTED)),
        read_from=f"pixels, Tesseract ({', '.join(languages)})",
        raw=_cut(line, _RAW) if len(line) > _QUOTED else "",
        caution=say(
            "Read by a machine, which takes letters for others and patterns for words: compare "
            "it with the picture. Text can have been added to a picture."
        ),
        items=_ITEMS,
    )


def _missing() -> Finding:
    return Finding(
        check="text",
        pillar=PILLAR,
        outcome=Outcome.NOT_APPLICABLE,
        summary=say(
            "Text in the picture was not looked for: Tesseract with English or Arabic data is not "
            "installed on the desk's computer, or does not start. On Debian and Ubuntu, install "
            "it with: {command}",
            command=INSTALL,
        ),
    )


def _failed(code: str) -> Finding:
    sentences: dict[str, Sentence] = {
        "slow": say("Looking for text in the picture took too long and was stopped."),
    }
    return Finding(
        check="text",
        pillar=PILLAR,
        outcome=Outcome.FAILED,
        summary=sentences.get(code, say("Looking for text in the picture did not come to an end.")),
        items=_ITEMS,
    )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
