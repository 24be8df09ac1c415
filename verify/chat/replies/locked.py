"""What is said where somebody wants to change a concluded case."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button
from verify.chat.replies.markup import FULL_TEXT
from verify.language import Reader, html
from verify.records import Sentence, say


def locked(refusal: Sentence, case_id: int, written: str, reader: Reader) -> Page:
    """The refusal, the way to reopen, and what was written, so that it can be sent again."""
    lines = [html(refusal, reader)]
    if written:
        kept = say("What you wrote was not kept. To send it again: {words}", words=written)
        lines.append(html(kept, reader, limit=FULL_TEXT))
    return Page("\n\n".join(lines), (reopen(case_id, reader),))


def reopen(case_id: int, reader: Reader) -> tuple[Button, ...]:
    """What opens a concluded case again."""
    return (button(say("Reopen"), Action(name="reopen", case_id=case_id), reader),)
