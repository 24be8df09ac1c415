"""The pages on which a copy for others is made."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from verify.care.boxes import places
from verify.chat.action import Action
from verify.chat.pages import Button, Page, Rows, button
from verify.chat.replies.markup import bold, code, italic
from verify.language import Reader, html
from verify.records import (
    Box,
    Copied,
    ExhibitReport,
    Sentence,
    Step,
    film_moment,
    film_time,
    listed,
    say,
    say_many,
)
from verify.wording import copies
from verify.wording.covers import STEPS

_BACK, _ON = (10, 1), (1, 10)  # seconds


def asking(exhibit: ExhibitReport, action: Action, reader: Reader) -> Page:
    """Under the picture that is to be answered with squares."""
    lines = [bold(say("A copy for others: what shall be covered?"), reader)]
    lines.append(
        html(
            say(
                "Reply to this message with squares, as in {squares}. Each becomes a solid box.",
                squares="B2 C3:E5",
            ),
            reader,
        )
    )
    if _moves(exhibit):
        moment = film_moment(action.page)
        lines.append(
            html(
                say(
                    "This is the film at {moment}. A box lies over all of it, unless you write from"
                    " when to when: {example}.",
                    moment=moment,
                    example="B2:D4 0:03-0:07",
                ),
                reader,
            )
        )
    return Page("\n".join(lines), asks=True)


def standing(
    exhibit: ExhibitReport,
    action: Action,
    boxes: tuple[Box, ...],
    squares: tuple[int, int],
    reader: Reader,
) -> Page:
    """Under the picture with its boxes: what they are, and what can be done."""
    counted = say_many(
        "{count} solid box: {boxes}.",
        "{count} solid boxes: {boxes}.",
        len(boxes),
        boxes=listed(_named(one, squares) for one in boxes),
    )
    lines = [html(counted if boxes else say("No box yet."), reader)]
    if _moves(exhibit):
        moment = say("The film at {moment}.", moment=film_moment(action.page))
        lines.append(html(moment, reader))
    lines.append(italic(_shown(action), reader))
    return Page("\n".join(lines), tuple(_rows(exhibit, action, boxes, reader)))


def _shown(action: Action) -> Sentence:
    if action.step in ("", Step.DRAWING):
        return say("Shown as a line drawing; the copy has the picture itself.")
    return say("The grid is not in the copy.")


def _named(box: Box, squares: tuple[int, int]) -> str:
    name = places(box, *squares)
    if box.begins is None or box.ends is None:
        return name
    return f"{name} {film_time(box.begins)}-{film_time(box.ends)}"


def _rows(
    exhibit: ExhibitReport, action: Action, boxes: tuple[Box, ...], reader: Reader
) -> Iterator[tuple[Button, ...]]:
    def to(name: str, label: Sentence, item: str = "") -> Button:
        return button(label, replace(action, name=name, item=item), reader)

    yield (to("copy-make", say("Make the copy")), to("copy-more", say("Another box")))
    if boxes:
        yield (to("copy-see", say("Take the last box back"), "back"),)
    if exhibit.sounds:
        yield (to("copy-make", say("Make it with its sound"), "sound"),)
    if _moves(exhibit):
        see = replace(action, name="copy-see", item="")
        yield (
            *(
                button(
                    say("‹ {seconds} s", seconds=by),
                    replace(see, page=max(0, action.page - 1000 * by)),
                    reader,
                )
                for by in _BACK
            ),
            *(
                button(
                    say("{seconds} s ›", seconds=by),
                    replace(see, page=action.page + 1000 * by),
                    reader,
                )
                for by in _ON
            ),
        )
    now = Step(action.step) if action.step else Step.DRAWING
    others = [one for one in (Step.DRAWING, Step.SMALL, Step.FULL) if one is not now]
    if not exhibit.cover.kinds:
        others = [one for one in others if one is not Step.SMALL]
    elif now is Step.DRAWING:
        others = [Step.SMALL]  # each step is a press of its own
    yield tuple(
        button(STEPS[one], replace(action, name="copy-see", item="", step=one.value), reader)
        for one in others
    )


def _moves(exhibit: ExhibitReport) -> bool:
    return exhibit.examination is not None and exhibit.examination.moves


def copied_page(
    copied: Copied, file: Action, reader: Reader, *, local: bool, covered: bool
) -> Page:
    """What was made, what is not in it, and the way to the file. covered: the exhibit is, and a
    chat shows a small picture of the file."""
    lines = [html(copies.made(copied), reader), code(copied.receipt.sha256), ""]
    lines.append(html(say("Not in it:"), reader))
    lines += [f"• {html(one, reader)}" for one in copies.removed(copied)]
    lines += ["", *(italic(one, reader) for one in copies.cautions(copied))]
    if not local:
        lines.append(
            html(
                say(
                    "The file goes to this chat, and so to Telegram’s servers, which make a small"
                    " picture of it. {command} on the desk’s computer makes it without that.",
                    command="verify-desk copy",
                ),
                reader,
            )
        )
    label = say("Send the file, which shows it in full") if covered else say("Send the file")
    rows: Rows = ((button(label, file, reader),),)
    return Page("\n".join(lines), rows)
