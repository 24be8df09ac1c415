"""What the findings say and the text in pictures, among the words that can be searched."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from msgspec.structs import replace

from verify.records import (
    ByteSize,
    CalendarDate,
    Finding,
    Hit,
    Instant,
    Listing,
    Outcome,
    Person,
    Sentence,
    Value,
    WallTime,
    film_time,
)
from verify.store.database.connection import LISTED, Store, listed, moment
from verify.store.pictures import examinations, film_words
from verify.store.search import full_text
from verify.store.search.full_text import Texts

_SAYING = (Outcome.FLAGGED, Outcome.NOTED)


def index(store: Store, *exhibit_ids: int) -> None:
    """Make findable what was found out about exhibits, in each case that they are in.

    They are in English, with names as they were read.
    """
    examined = examinations.latest_of(store, exhibit_ids)
    seen = store.rows(
        "SELECT id, case_id, exhibit_id, received_at FROM sighting"
        f" WHERE exhibit_id IN {LISTED} ORDER BY id",
        (listed(examined),),
    )
    compared = examinations.comparison_findings(
        store, {(examined[row["exhibit_id"]].id, row["case_id"]) for row in seen}
    )
    read_in_films = film_words.of_all(store, [*examined])
    told, texts = set[tuple[int, int]](), []
    for row in seen:
        one, case_id = examined[row["exhibit_id"]], row["case_id"]
        said: list[str] = []
        read: list[str] = []
        if (one.id, case_id) not in told:  # once in a case, with its first sighting there
            told.add((one.id, case_id))
            said = [
                *_said(one.examination.findings),
                *_said(compared.get((one.id, case_id), ())),
            ]
            in_film = read_in_films.get(row["exhibit_id"], [])
            read = [one.examination.text.text if one.examination.text else ""]
            read += [f"{film_time(at_ms / 1000)}: {text}" for at_ms, text in in_film]
        at = moment(row["received_at"])
        texts += [
            Texts("finding", row["id"], case_id, tuple(said), at),
            Texts("text", row["id"], case_id, tuple(read), at),
        ]
    full_text.index_all(store, texts)


def search(store: Store, person: Person, text: str, limit: int) -> list[Hit]:
    """As `full_text.search`; what a finding says is its sentence, for readers of any language."""
    found = full_text.search(store, person, text, limit)
    sightings = [number for hit, number in found if hit.kind == "finding"]
    said = _sentences(store, sightings)
    return [replace(hit, text=said.get((number, str(hit.text)), hit.text)) for hit, number in found]


def _sentences(store: Store, sightings: list[int]) -> dict[tuple[int, str], Sentence]:
    """By sighting and English: what is said now of the exhibits of these sightings."""
    seen = store.rows(
        f"SELECT id, case_id, exhibit_id FROM sighting WHERE id IN {LISTED}", (listed(sightings),)
    )
    examined = examinations.latest_of(store, {row["exhibit_id"] for row in seen})
    wanted = [row for row in seen if row["exhibit_id"] in examined]
    places = {row["id"]: (examined[row["exhibit_id"]].id, row["case_id"]) for row in wanted}
    compared = examinations.comparison_findings(store, {*places.values()})
    return {
        (row["id"], in_english(finding.summary)): finding.summary
        for row in wanted
        for finding in (
            *examined[row["exhibit_id"]].examination.findings,
            *compared.get(places[row["id"]], ()),
        )
    }


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
