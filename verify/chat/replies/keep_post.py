"""How a post is kept that may be gone soon: what a person can do, since the desk visits nothing."""

from __future__ import annotations

from collections.abc import Iterator

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button
from verify.chat.replies.markup import bold
from verify.language import Reader, html
from verify.records import say

HOW = "keep-post"


def how_to(reader: Reader) -> Button:
    """The button that asks for it."""
    return button(say("How to keep the post"), Action(name=HOW), reader)


def keep_page(reader: Reader) -> Page:
    """The answer to an address that comes alone."""
    lead = say("I visit no address: of this post nothing is kept so far.")
    return Page("\n".join((html(lead, reader), "", *how_to_keep(reader))))


def how_to_keep(reader: Reader) -> Iterator[str]:
    """Three ways, the quickest first."""
    yield bold(say("Keep a post before it is gone"), reader)
    yield html(
        say(
            "1. Make a screenshot in which the address can be read. Send it as a file, with the"
            " address of the post as its caption: it is kept as a place where the picture stood."
        ),
        reader,
    )
    yield html(
        say(
            "2. On a computer, save the page with the extension SingleFile, or as MHTML (“Webpage,"
            " Single File”). Send that file and press “Read as an export”: account, words and time"
            " become a post of the archive."
        ),
        reader,
    )
    yield html(
        say("3. Save its picture or film itself, and send it as a file, with the same caption."),
        reader,
    )
