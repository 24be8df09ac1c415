"""Letters: by declaration, else by likelihood, and then said to be a guess."""

from __future__ import annotations

import pytest

from tests.lab.specimens import after_start, iptc, raw_exif
from tests.photographs import encode, photograph
from verify.lab.examine import examine
from verify.lab.letters import encoding_of
from verify.records import Finding

PLAIN = encode(photograph("china").reduce(8))
HALAB = "قصف على مدينة حلب"


def told(data: bytes) -> tuple[str | None, list[Finding]]:
    examined = examine(data)
    letters = [finding for finding in examined.findings if finding.check == "letters"]
    return examined.metadata.caption, letters


@pytest.mark.parametrize(
    ("escape", "encoding", "words"),
    [
        (b"\x1b-G", "iso8859_6", HALAB),
        (b"\x1b-L", "iso8859_5", "Взрыв в Харькове"),
        (b"\x1b-A", "latin-1", "Café in Zürich"),
        (b"\x1b%G", "utf-8", HALAB),
    ],
)
def test_declared_letters_are_certain(escape: bytes, encoding: str, words: str) -> None:
    records = (1, 90, escape), (2, 120, words.encode(encoding))
    assert told(after_start(PLAIN, iptc(*records))) == (words, [])


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1256", HALAB),
        ("cp1256", "حلب"),
        ("cp1251", "Мариуполь, разрушенный театр"),
        ("koi8_r", "Взрыв в Харькове"),
        ("cp932", "東京で撮影"),
        ("cp1254", "Beyoğlu'nda patlama"),
        ("cp1252", "Café in Zürich"),
    ],
)
def test_undeclared_letters_are_read_by_likelihood_and_told_as_a_guess(
    encoding: str, words: str
) -> None:
    caption, [finding] = told(after_start(PLAIN, iptc((2, 120, words.encode(encoding)))))
    assert caption == words
    assert "do not say in which encoding" in finding.summary.template


def test_exifs_words_are_read_by_likelihood_as_well() -> None:
    block = raw_exif({0x010E: (2, HALAB.encode("cp1256") + b"\0")})
    caption, [finding] = told(encode(photograph("china").reduce(8), exif=block))
    assert caption == HALAB
    assert finding.read_from == "EXIF ImageDescription"


def test_a_letter_cut_in_two_at_the_end_of_what_is_weighed_is_still_utf8() -> None:
    assert encoding_of(("a" + "ب" * 3000).encode()) is None
