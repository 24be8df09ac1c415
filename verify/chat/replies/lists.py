"""Lists: cases, and places where the words of a search stand."""

from __future__ import annotations

from collections.abc import Sequence

from verify.chat.action import Action
from verify.chat.pages import Page, button, in_rows, turning
from verify.chat.replies.markup import bold, italic
from verify.language import Reader, html, word
from verify.records import CaseLine, Hit, Instant, Sentence, say, say_many

CASES_A_PAGE = 8
_TITLE_CHARACTERS = 80
_HIT_CHARACTERS = 160

_KINDS = {
    "note": say("Note"),
    "caption": say("Caption"),
    "claim": say("Claim"),
    "source": say("Source"),
    "link": say("Link"),
}


def cases_page(found: Sequence[CaseLine], page: int, reader: Reader) -> Page:
    """One page of cases. found: one more than a page holds, where there is another page."""
    shown = found[:CASES_A_PAGE]
    if not shown:
        return Page(html(say("There are no cases here yet. Send a picture to open one."), reader))
    lines = [bold(say("Cases, the latest first"), reader)]
    lines += [_case(line, reader) for line in shown]
    open_buttons = [
        button(say("Case {number}", number=line.id), Action(name="case", case_id=line.id), reader)
        for line in shown
    ]
    pages = page + (2 if len(found) > CASES_A_PAGE else 1)
    return Page(
        "\n\n".join(lines),
        (*in_rows(open_buttons, 4), turning(Action(name="cases"), page, pages, reader)),
    )


def _case(line: CaseLine, reader: Reader) -> str:
    title = say("Case {number}, opened {when}", number=line.id, when=Instant(at=line.opened_at))
    exhibits = say_many("{count} exhibit", "{count} exhibits", line.exhibits)
    state = say(
        "{exhibits}, checklist {answered} of {items}",
        exhibits=exhibits,
        answered=line.answered,
        items=line.items,
    )
    if line.rating:
        state = say("{state}, verdict: {rating}", state=state, rating=word(line.rating))
    lines = [bold(title, reader), html(state, reader)]
    if line.title:
        lines.insert(1, html(line.title, reader, limit=_TITLE_CHARACTERS))
    return "\n".join(lines)


def hits_page(words: str, hits: Sequence[Hit], reader: Reader) -> Page:
    """Where the words of a search stand, the best first, with a button to each case."""
    if not hits:
        nothing = say("Nothing here contains all of: {words}", words=words)
        return Page(html(nothing, reader, limit=_HIT_CHARACTERS))
    title = say("Found: {words}", words=words)
    lines = [f"<b>{html(title, reader, limit=_HIT_CHARACTERS)}</b>"]
    for hit in hits:
        where = say(
            "{kind} in case {number}, {when}",
            kind=_kind(hit.kind),
            number=hit.case_id,
            when=Instant(at=hit.at),
        )
        lines.append(f"{italic(where, reader)}\n{html(hit.text, reader, limit=_HIT_CHARACTERS)}")
    case_ids = dict.fromkeys(hit.case_id for hit in hits)
    buttons = [
        button(say("Case {number}", number=number), Action(name="case", case_id=number), reader)
        for number in case_ids
    ]
    return Page("\n\n".join(lines), in_rows(buttons, 4))


def _kind(kind: str) -> Sentence:
    return _KINDS.get(kind, say("Text"))
