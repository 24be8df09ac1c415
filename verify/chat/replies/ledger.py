"""A ledger as pages of a chat: what contradicts first, then what was said."""

from __future__ import annotations

from collections.abc import Iterator

from verify.chat.action import Action
from verify.chat.pages import Page, button, page_number, to_examination, turning
from verify.chat.replies.markup import bold
from verify.language import Reader, html
from verify.records import Ledger, Sentence, say
from verify.wording import ledger as wording

_A_PAGE = 8
_TEXT_CHARACTERS = 200
_MOST_STATED = 8


def ledger_page(ledger: Ledger, here: Action, reader: Reader, said: Sentence | None = None) -> Page:
    """What was said of the exhibits of a case, in the order of its times.

    here: with the case and the `page`. said: what was just done.
    """
    pages = max(1, -(-len(ledger.said) // _A_PAGE))
    page = max(0, min(here.page, pages - 1))
    blocks = [html(said, reader), ""] if said else []
    blocks.append(bold(say("Ledger of case {number}", number=ledger.case_id), reader))
    if page == 0:
        blocks += _first(ledger, reader)
    if ledger.said:
        blocks += ["", bold(say("What was said"), reader)]
    for number, one in enumerate(ledger.said[page * _A_PAGE :][:_A_PAGE], page * _A_PAGE + 1):
        blocks.append(f"{number}. {html(wording.source(one), reader)}")
        if one.text:
            words = say("“{text}”", text=" ".join(one.text.split()))
            blocks.append(html(words, reader, limit=_TEXT_CHARACTERS))
    about = here.case_id
    buttons = [button(say("Something else contradicts"), _act("ledger-state", about), reader)]
    if any(not one.withdrawn_at for one in ledger.stated):
        buttons.append(button(say("Take one back"), _act("ledger-back", about), reader))
    turn = turning(here, page, pages, reader)
    rows = (turn, *((one,) for one in buttons), to_examination(about, 0, reader))
    return Page("\n".join(blocks) + page_number(page, pages, reader), rows)


def _act(name: str, case_id: int) -> Action:
    return Action(name=name, case_id=case_id)


def _first(ledger: Ledger, reader: Reader) -> Iterator[str]:
    for one in wording.heading(ledger):
        yield html(one, reader)
    for title, lines in wording.contradictions(ledger):
        yield ""
        yield bold(title, reader)
        for line in lines:
            yield f"• {html(line, reader)}"
    if ledger.organisations:
        yield ""
    for one in wording.organisations(ledger):
        yield html(one, reader)
    if ledger.stated:
        yield ""
        yield bold(say("What else contradicts, as people say:"), reader)
    for stated in ledger.stated[-_MOST_STATED:]:
        first, *rest = (html(one, reader) for one in wording.stated(stated))
        yield f"{stated.id}. {first}"
        yield from rest
