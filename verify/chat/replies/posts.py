"""Where a picture stood, and what is known of an account, as pages of a chat."""

from __future__ import annotations

from collections.abc import Sequence

from verify.chat.action import Action
from verify.chat.pages import Page, button, page_number, to_examination, turning
from verify.chat.replies.markup import bold
from verify.language import Reader, html
from verify.records import AccountReport, Appearances, say
from verify.wording import accounts, posts

_A_PAGE = 8
_TEXT_CHARACTERS = 200
_MOST_ACCOUNTS = 5


def seen_page(found: Appearances, here: Action, reader: Reader) -> Page:
    """The posts that show an exhibit or a copy, in the order of their times, words side by side.

    here: with the case, the exhibit and the `page`.
    """
    pages = max(1, -(-len(found.posts) // _A_PAGE))
    page = max(0, min(here.page, pages - 1))
    title = say("Where it stood, case {number}", number=here.case_id)
    blocks = [bold(title, reader), *(html(one, reader) for one in posts.heading(found))]
    blocks += [html(one, reader) for one in posts.addressed(found)]
    for number, one in enumerate(found.posts[page * _A_PAGE :][:_A_PAGE], page * _A_PAGE + 1):
        blocks.append(f"{number}. {html(posts.line(one), reader)}")
        if one.post.text:
            words = say("“{text}”", text=" ".join(one.post.text.split()))
            blocks.append(html(words, reader, limit=_TEXT_CHARACTERS))
        blocks += [html(told, reader, limit=_TEXT_CHARACTERS) for told in posts.became(one)]
    turn = turning(here, page, pages, reader)
    said = button(say("What was said"), Action(name="ledger", case_id=here.case_id), reader)
    back = to_examination(here.case_id, here.exhibit_id, reader)
    return Page("\n".join(blocks) + page_number(page, pages, reader), (turn, (said,), back))


def account_page(found: Sequence[AccountReport], reader: Reader) -> Page:
    """What the archive knows of the accounts that were ever called so."""
    blocks = []
    for report in found[:_MOST_ACCOUNTS]:
        first, *rest = accounts.told(report)
        blocks.append("\n".join([bold(first, reader), *(html(one, reader) for one in rest)]))
    return Page("\n\n".join(blocks))
