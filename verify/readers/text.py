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

from pathlib import Path

from msgspec.structs import replace

from verify.records import Examination, Finding, Outcome, Pillar, Pixels, Sentence, Text, say
from verify.sandbox import Sandbox
from verify.tesseract import INSTALL, Tesseract, TesseractError

PILLAR = Pillar.PROVENANCE

SIDE = 2048
"""Pixels of the longest side that is read."""
_LONGEST, _QUOTED, _RAW = 10_000, 200, 300  # characters
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


def with_text_of(
    examination: Examination, pixels: Pixels | None, tesseract: Tesseract
) -> Examination:
    """The same from the picture, at most `SIDE` pixels long; None where it cannot be decoded."""
    languages = tesseract.languages()
    if not languages:
        return _with(examination, _missing())
    if pixels is None:
        return _with(examination, _failed("failed"))
    try:
        text = tesseract.read(pixels)[:_LONGEST]
    except TesseractError as error:
        return _with(examination, _failed(error.code))
    read = replace(examination, text=Text(languages=languages, text=text))
    return _with(read, _noted(text, languages)) if text else read


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
