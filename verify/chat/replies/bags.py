"""A bag of another desk that was sent as a file: what it would bring, and what came of it."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Page, button, to_examination
from verify.chat.replies.markup import bold
from verify.lab.wire import Bag
from verify.language import Reader, html
from verify.records import FromBag, say, say_many
from verify.wording import bags

TAKE = "bag-take"


def offered(bag: Bag, action: Action, reader: Reader) -> Page:
    """What a bag that fits would bring, with the button that takes it in."""
    lines = (
        bold(say("A bag of another desk"), reader),
        html(say("All of it was checked here, and fits."), reader),
        html(bags.made_there(bag.case, bag.made_on, bag.profile), reader),
        html(
            say_many(
                "It holds {count} file, which would open a case of its own.",
                "It holds {count} files, which would open a case of their own.",
                len(bag.files),
            ),
            reader,
        ),
    )
    return Page(
        "\n".join(lines),
        (
            (button(say("Take it in"), replace(action, name=TAKE), reader),),
            to_examination(action.case_id, action.exhibit_id, reader),
        ),
    )


def brought(found: FromBag, reader: Reader) -> Page:
    """What came of it, with the way to its case."""
    text = "\n".join(html(line, reader) for line in bags.brought(found))
    to = Action(name="case", case_id=found.case_id)
    label = say("Open case {number}", number=found.case_id)
    return Page(text, ((button(label, to, reader),),))
