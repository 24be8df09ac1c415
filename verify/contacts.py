"""What in words leads to a person: addresses, accounts, numbers of telephones, exact positions."""

from __future__ import annotations

import re

HIDDEN = "[…]"
_LINK = re.compile(r"(?i)\b(?:[a-z][a-z0-9+.-]*://|www\.|(?:t|wa)\.me/)\S+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ACCOUNT = re.compile(r"(?<![\w@])@\w[\w.]{2,}")
_POSITION = re.compile(r"(?<![\d.,٫])[+-]?\d{1,3}(?:[.٫]\d{3,}|,\d{4,})(?![.,٫]?\d)°?")
_NUMBER = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d[\d ()./\-\u00a0\u2011]{5,}\d(?!\w)")
_DATE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}")
_FEWEST, _FEWEST_ABROAD = 9, 7  # digits of a telephone's number, without and with a prefix


def without_contacts(text: str) -> str:
    """The text with `[…]` for links, mail addresses, @names, telephone numbers and coordinates.

    Digits of any script count. It errs towards hiding: a long number of another kind goes as well,
    a date stays. A name that is written out is a word like others, and stays.
    """
    for pattern in (_LINK, _MAIL, _ACCOUNT, _POSITION):
        text = pattern.sub(HIDDEN, text)
    return _NUMBER.sub(_telephone, text)


def _telephone(found: re.Match[str]) -> str:
    written = found.group()
    digits = sum(map(str.isdigit, _DATE.sub("", written)))
    abroad = written.startswith(("+", "00"))
    return HIDDEN if digits >= (_FEWEST_ABROAD if abroad else _FEWEST) else written
