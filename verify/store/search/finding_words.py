"""What the findings say and the text in pictures, among the words that can be searched."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from verify.records import (
    ByteSize,
    CalendarDate,
    Finding,
    Instant,
    Listing,
    Outcome,
    Sentence,
    Value,
    WallTime,
)
from verify.store.database.connection import Store, moment
from verify.store.pictures import examinations
from verify.store.search import full_text

_SAYING = (Outcome.FLAGGED, Outcome.NOTED)


def index(store: Store, exhibit_id: int) -> None:
    """Make findable what was found out about an exhibit, in each case that it is in.

    They are in English, with names as they were read.
    """
    examined = examinations.latest(store, exhibit_id)
    if examined is None:
        return
    for row in store.rows(
        "SELECT min(id) AS id, case_id, received_at FROM sighting WHERE exhibit_id = ?"
        " GROUP BY case_id",
        (exhibit_id,),
    ):
        compared = examinations.comparison_findings(store, examined.id, row["case_id"])
        said = [*_said(examined.examination.findings), *_said(compared)]
        read = examined.examination.text
        at = moment(row["received_at"])
        full_text.index(store, "finding", row["id"], row["case_id"], said, at)
        full_text.index(store, "text", row["id"], row["case_id"], read.text if read else "", at)


def _said(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        # the text in a picture is findable as a whole, and would be found twice
        if finding.outcome in _SAYING and finding.check != "text":
            yield in_english(finding.summary)


def in_english(sentence: Sentence) -> str:
    """A sentence in English, its values as they are: hostile text like any that is searched."""
    template = sentence.template
    if sentence.plural and sentence.values.get("count") != 1:
        template = sentence.plural
    return "".join(
        text + (_plain(sentence.values[name]) if name else "")
        for text, name, *_ in Formatter().parse(template)
    )


def _plain(value: Value) -> str:
    match value:
        case Sentence():
            return in_english(value)
        case Instant():
            return f"{value.at:%Y-%m-%d %H:%M} UTC"
        case WallTime() | CalendarDate():
            return value.at
        case Listing():
            return ", ".join(map(_plain, value.items))
        case ByteSize():
            return f"{value.count} bytes"
        case float():
            return f"{value:g}"
    return str(value)
