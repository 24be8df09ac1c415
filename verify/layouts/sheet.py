"""The exhibits of a case as a table for a spreadsheet: a CSV file, one row an exhibit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import compress
from typing import TYPE_CHECKING

from verify.records import (
    CaseReport,
    ExhibitReport,
    Rating,
    Value,
    VerdictState,
    say,
)

if TYPE_CHECKING:
    from verify.language import Reader

# Excel reads a file without this mark in the code page of its country, which has no Arabic on
# most computers; LibreOffice, Numbers and Python ("utf-8-sig") read it with the mark as well.
_BYTE_ORDER_MARK = "\ufeff"
_HEADER = (
    say("Case"),
    say("Exhibit"),
    say("SHA-256"),
    say("Received (UTC)"),
    say("From"),
    say("How it came"),
    say("File name"),
    say("Kind"),
    say("Source"),
    say("Caption"),
    say("Claim"),
    say("Verdict"),
    say("Where the verdict stands"),
    say("Why"),
)
_STANDS = {
    VerdictState.PROPOSED: say("Proposed"),
    VerdictState.CONFIRMED: say("Confirmed"),
    VerdictState.RETURNED: say("Returned"),
}


def exhibits_csv(case: CaseReport, reader: Reader, *, sparse: bool = False) -> str:
    """The table, with a header, in the reader's language. Several values in a cell stand apart
    by a stroke; the verdict is the latest about the exhibit. sparse: without columns in which
    nothing stands."""
    from verify.language import cell

    text = io.StringIO(newline="")
    text.write(_BYTE_ORDER_MARK)
    # all cells in quotes, so that none begins at a mark inside another
    rows = csv.writer(text, quoting=csv.QUOTE_ALL)
    table = [_row(case, exhibit) for exhibit in case.exhibits]
    filled = [not sparse or any(row[at] for row in table) for at in range(len(_HEADER))]
    for row in (_HEADER, *table):
        rows.writerow(cell(value, reader) for value in compress(row, filled))
    return text.getvalue()


def _row(case: CaseReport, exhibit: ExhibitReport) -> tuple[Value, ...]:
    from verify.wording.terms import word

    seen = [one for one in case.sightings if one.exhibit_id == exhibit.exhibit_id]
    verdict = next((one for one in case.verdicts if one.exhibit_id == exhibit.exhibit_id), None)
    return (
        case.id,
        exhibit.exhibit_id,
        exhibit.sha256,
        _utc(exhibit.received_at),
        _apart(one.received_from for one in seen),
        word(exhibit.sent_as),
        exhibit.filename,
        exhibit.examination.media_type if exhibit.examination else "",
        _apart(one.source for one in seen),
        _apart(one.caption for one in seen),
        _apart(
            claim.text for claim in case.claims if claim.exhibit_id in (None, exhibit.exhibit_id)
        ),
        word(verdict.rating if verdict else Rating.UNVERIFIED),
        _STANDS[verdict.state] if verdict else "",
        verdict.reason if verdict else "",
    )


def _apart(texts: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(text for text in texts if text))


def _utc(at: datetime) -> str:
    """As spreadsheets read a date and a time of day."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
