"""What is said of consent: what holds, and the texts with which a source is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from verify.records import CalendarDate, Consent, ConsentEvent, Instant, Sentence, Use, say, stands

_ASKED = {
    Use.CHECKING: say("Whether it may be checked was asked, and is not answered"),
    Use.PUBLISHING: say("Whether it may be published was asked, and is not answered"),
}
_GIVEN = {
    Use.CHECKING: say("It may be checked"),
    Use.PUBLISHING: say("It may be published"),
}
_REFUSED = {
    Use.CHECKING: say("It may not be checked: refused"),
    Use.PUBLISHING: say("It may not be published: refused"),
}
_WITHDRAWN = {
    Use.CHECKING: say("It may no longer be checked: taken back"),
    Use.PUBLISHING: say("It may no longer be published: taken back"),
}
_OPEN = {
    Use.CHECKING: say("Whether it may be checked was not asked."),
    Use.PUBLISHING: say("Whether it may be published was not asked."),
}
_SAYS = {
    ConsentEvent.ASKED: _ASKED,
    ConsentEvent.GIVEN: _GIVEN,
    ConsentEvent.REFUSED: _REFUSED,
    ConsentEvent.WITHDRAWN: _WITHDRAWN,
}


def standing(consents: Sequence[Consent]) -> Iterator[Sentence]:
    """What holds now, a line for each use."""
    for use in Use:
        one = stands(consents, use)
        yield _told(one) if one else _OPEN[use]


def evidence(consents: Sequence[Consent]) -> Sentence | None:
    """For the checklist: that publishing is allowed and holds; None for all else."""
    one = stands(consents, Use.PUBLISHING)
    if one is None or one.event is not ConsentEvent.GIVEN or one.ended(_today()):
        return None
    return _told(one)


def _told(one: Consent) -> Sentence:
    said = _SAYS[one.event][one.use]
    if one.event is ConsentEvent.GIVEN and one.named is not None:
        said = (
            say("{given}, with the source’s name", given=said)
            if one.named
            else say("{given}, without the source’s name", given=said)
        )
    if one.until and one.ended(_today()):
        said = say("{given}, until {day}: that is over", given=said, day=CalendarDate(at=one.until))
    elif one.until:
        said = say("{given}, until {day}", given=said, day=CalendarDate(at=one.until))
    return say("{what} ({person}, {when}).", what=said, person=one.by, when=Instant(at=one.at))


def _today() -> date:
    return datetime.now(UTC).date()


def original() -> Sentence:
    """The text with which a source is asked for the file itself."""
    return say(
        "Hello, we are checking a picture that you shared. Could you send us the original as a"
        " file, not as a photo? Apps shrink photos and take away when and where they were taken. In"
        " Telegram: the paper clip, then File. Please send it only if that is safe for you, and"
        " delete nothing that you may need yourself."
    )


def permission() -> Sentence:
    """The text with which a source is asked what may be done with it."""
    return say(
        "Hello, we would like to know: did you take this picture yourself? May we check it, and may"
        " we publish it? With your name, with another name, or without any? For how long? You may"
        " say no, and you may take it back later; tell us then. Could it endanger you or somebody"
        " who is shown? If so, please tell us before anything else."
    )
