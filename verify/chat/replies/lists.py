"""Lists: cases, and places where the words of a search stand."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Button, Page, Rows, button, in_rows, turning
from verify.chat.replies.markup import bold, italic
from verify.chat.replies.standing import brief
from verify.language import Reader, clean, html
from verify.records import CaseLine, Hit, Instant, Status, listed, say, say_many
from verify.wording.searching import kind
from verify.wording.terms import word

CASES_A_PAGE = 8
HITS_A_PAGE = 5
MINE = "mine"
_MOST_TAGS = 4
_TITLE_CHARACTERS = 80
_HIT_CHARACTERS = 160


def cases_page(found: Sequence[CaseLine], here: Action, reader: Reader) -> Page:
    """One page of cases. found: one more than a page holds, where there is another page.

    here: its `page`, and as `value` what narrows the list: "", mine, a status, or a #tag.
    """
    shown = found[:CASES_A_PAGE]
    if not shown and not here.value:
        return Page(html(say("There are no cases here yet. Send a picture to open one."), reader))
    lines = [bold(say("Cases, the latest first"), reader)]
    if here.value.startswith("#"):
        lines[0] = bold(say("Cases tagged {tag}", tag=here.value), reader)
    lines += [_case(line, reader) for line in shown]
    if not shown:
        lines.append(html(say("None."), reader))
    open_buttons = [
        button(say("Case {number}", number=line.id), Action(name="case", case_id=line.id), reader)
        for line in shown
    ]
    pages = here.page + (2 if len(found) > CASES_A_PAGE else 1)
    tags = dict.fromkeys(
        f"#{tag}" for line in shown for tag in line.tags if f"#{tag}" != here.value
    )
    narrowing = [
        Button(clean(tag, 20), Action(name="cases", value=tag)) for tag in [*tags][:_MOST_TAGS]
    ]
    return Page(
        "\n\n".join(lines),
        (
            *in_rows(open_buttons, 4),
            turning(replace(here, page=0), here.page, pages, reader),
            *_filters(here.value, reader),
            tuple(narrowing),
        ),
    )


def closed_page(
    closed: Sequence[tuple[int, tuple[str, ...]]], here: Action, reader: Reader
) -> Page:
    """Confidential cases, each only by its number and its members."""
    pages = max(1, -(-len(closed) // CASES_A_PAGE))
    page = max(0, min(here.page, pages - 1))
    shown = closed[page * CASES_A_PAGE : (page + 1) * CASES_A_PAGE]
    lines = [bold(say("Confidential cases that are closed to you"), reader)]
    if not shown:
        lines.append(html(say("None."), reader))
    for number, members in shown:
        who = say("Case {number}: {people}", number=number, people=listed(members or ("-",)))
        lines.append(html(who, reader))
    take = Action(name="take-over")
    buttons = [
        button(
            say("Take over case {number}", number=number), replace(take, other_id=number), reader
        )
        for number, _ in shown
    ]
    turn = turning(replace(here, page=0), page, pages, reader)
    return Page("\n".join(lines), (*in_rows(buttons, 2), turn))


def _filters(chosen: str, reader: Reader) -> Rows:
    """What narrows the list, without the one that does now."""
    choices = {
        "": say("All"),
        MINE: say("Mine"),
        **{status.value: word(status) for status in Status if status is not Status.REOPENED},
    }
    buttons = [
        button(label, Action(name="cases", value=value), reader)
        for value, label in choices.items()
        if value != chosen
    ]
    return in_rows(buttons, 5)


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
    if stands := brief(line, reader):
        lines.append(stands)
    if line.title:
        lines.insert(1, html(line.title, reader, limit=_TITLE_CHARACTERS))
    return "\n".join(lines)


def hits_page(words: str, found: Sequence[Hit], page: int, reader: Reader) -> Page:
    """The cases that a search found, each once: what it is about, and where the words stand.

    found: one more than a page holds, where there is another page.
    """
    hits = found[:HITS_A_PAGE]
    if not hits:
        nothing = say("Nothing here contains all of: {words}", words=words)
        return Page(html(nothing, reader, limit=_HIT_CHARACTERS))
    title = say("Found: {words}", words=words)
    lines = [f"<b>{html(title, reader, limit=_HIT_CHARACTERS)}</b>"]
    for hit in hits:
        head = say("Case {number}", number=hit.case_id)
        if hit.title:
            head = say("Case {number}: {title}", number=hit.case_id, title=hit.title)
        where = say("{kind}, {when}", kind=kind(hit.kind), when=Instant(at=hit.at))
        parts = [f"<b>{html(head, reader, limit=_TITLE_CHARACTERS)}</b>", italic(where, reader)]
        if hit.text and hit.text != hit.title:
            parts.append(html(hit.text, reader, limit=_HIT_CHARACTERS))
        lines.append("\n".join(parts))
    buttons = [
        button(
            say("Case {number}", number=hit.case_id),
            Action(name="case", case_id=hit.case_id),
            reader,
        )
        for hit in hits
    ]
    pages = page + (2 if len(found) > HITS_A_PAGE else 1)
    turn = turning(Action(name="search", value=words), page, pages, reader)
    return Page("\n\n".join(lines), (*in_rows(buttons, 5), turn))
