"""What holds for every file of a case that is handed out in a chat: who may, by which profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import meant
from verify.chat.pages import Page, button, to_examination
from verify.chat.replies.markup import bold
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.language import Reader, html
from verify.layouts.profiles import names, narrowest, profile
from verify.records import Sentence, listed, say


def demand_alone(turn: Turn) -> None:
    """Raises BadInput in a group, where people read along who are no members."""
    if turn.person.among_others:
        raise BadInput(say("A case is handed out in a private chat with the bot, not in a group."))


def profile_named(words: str) -> str:
    """The hand-out profile that is named; without a name, the narrowest. Raises BadInput."""
    known = {name: profile(name).NAME for name in names()}
    chosen = words if words in known else meant(words, known) if words else narrowest()
    if chosen is None:
        raise BadInput(
            say("There is no profile {name}: there are {names}.", name=words, names=listed(known))
        )
    return chosen


def look(
    action: Action,
    make: Sentence,
    stays: Sequence[Sentence],
    beside: Iterable[str],
    reader: Reader,
) -> Page:
    """What a profile takes along and leaves out, with buttons for making it and for the others.

    action: shows this page; its value is the profile, the one that is named `-it` behind it makes
    the file. make: the label of that one's button. stays: what is left out. beside: further lines.
    """
    chosen = profile(action.value or narrowest())
    title = say("Case {number}, hand-out profile: {name}", number=action.case_id, name=chosen.NAME)
    lines = [bold(title, reader), html(chosen.FOR, reader)]
    if stays:
        lines += ["", html(say("Left out:"), reader)]
        lines += [f"• {html(one, reader)}" for one in stays]
    others = [name for name in names() if profile(name) is not chosen]
    it = Action(name=f"{action.name}-it", case_id=action.case_id, value=action.value)
    return Page(
        "\n".join([*lines, "", *beside]),
        (
            (button(make, it, reader),),
            tuple(
                button(profile(name).NAME, replace(it, name=action.name, value=name), reader)
                for name in others
            ),
            to_examination(action.case_id, 0, reader),
        ),
    )
