"""Pictures on their way into a chat: covered ones as words first, then step by step.

Everything that shows pictures sends them by `send` or `replace`, with the words that stand under
them; those stand alone where no more is to be shown.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from dataclasses import replace as page_with
from typing import NamedTuple

from msgspec.structs import replace as but

from verify.chat.action import Action
from verify.chat.pages import Button, Page, Rows, button
from verify.chat.replies.markup import italic
from verify.chat.turn import Turn
from verify.errors import Covered
from verify.language import Reader, html, plain
from verify.records import Clip, Cover, Picture, Sentence, Step
from verify.wording import covers as wording

_COLOURS = ("film-colour", "preview-colour")
_MOVING = {"film-play": "film-back", "card-play": "card-view"}
_SHOWS = frozenset(
    (
        *_COLOURS,
        *_MOVING,
        "film-sound",
        "card-view",
        "card-words",
        "film-back",
        "frame",
        "preview",
        "judge",
    )
)


class Moving(NamedTuple):
    """A clip, and how long it lasts, in seconds."""

    clip: Clip
    seconds: float


@dataclass(frozen=True)
class Shown:
    """A picture, and the words under it. draw: both, as far as a step goes. words: where nothing
    is shown. anew: sends the picture as a message of its own; here: in the place of another, None
    where `draw` has given its page the steps already."""

    draw: Callable[[Step | None], Awaitable[tuple[Picture | Moving, Page]]]
    words: Page
    anew: Action
    here: Action | None
    case_id: int
    exhibit_id: int
    purpose: str


async def send(turn: Turn, name: str, one: Shown, *, reply_to: int | None, step: str = "") -> None:
    """Send a picture under the name of a step; of a covered one the words, with a button."""
    about = {"case_id": one.case_id, "exhibit_id": one.exhibit_id, "purpose": one.purpose}
    try:
        picture, page = await one.draw(_asked(step))
    except Covered as covered:
        words = in_words(one.words, covered.covers, one.anew, turn.reader)
        await turn.out.send(name, words, reply_to=reply_to, **about)  # type: ignore[arg-type]
        return
    if isinstance(picture, Moving):  # it takes the place of a picture, and is never sent alone
        return
    stepped = with_steps(page, step_of(picture), one.here, turn.reader)
    await turn.out.photo(name, picture, stepped, reply_to=reply_to, **about)  # type: ignore[arg-type]


async def replace(turn: Turn, one: Shown, *, step: str = "", spoiler: bool = False) -> None:
    """Show a picture in the place of the pressed one; of a covered one the words below it.

    spoiler: hidden until it is tapped, although it is not covered.
    """
    try:
        picture, page = await one.draw(_asked(step))
    except Covered:
        await send(turn, "covered", one, reply_to=turn.pressed, step=Step.WORDS.value)
        return
    if turn.pressed:
        stepped = with_steps(page, step_of(picture), one.here, turn.reader)
        if isinstance(picture, Moving):
            await turn.out.replace_film(turn.pressed, *picture, stepped)
        else:
            await turn.out.replace_photo(turn.pressed, picture, stepped, spoiler=spoiler)


def _asked(step: str) -> Step | None:
    return Step(step) if step else None


def step_of(shown: Picture | Moving) -> str:
    """The step at which a covered picture is shown; "" of one that is not covered."""
    picture = shown.clip if isinstance(shown, Moving) else shown
    return picture.step.value if picture.covers else ""


def in_words(
    page: Page,
    covers: tuple[Cover, ...],
    anew: Action,
    reader: Reader,
    label: Sentence = wording.STEPS[Step.DRAWING],
    step: Step = Step.DRAWING,
) -> Page:
    """What is known of a covered picture, why it is covered, and the way to the first step."""
    lines = [page.text, "", *_why(covers, reader)]
    lines.append(italic(wording.before_looking(), reader))
    row = (button(label, but(anew, step=step.value), reader),)
    return page_with(page, text="\n".join(lines), rows=(row,))


def _why(covers: tuple[Cover, ...], reader: Reader) -> list[str]:
    return [
        f"◼ {html(line, reader)}"
        for cover in covers
        for line in (wording.in_short(cover), *wording.why(cover))
    ]


def with_steps(page: Page, shown: str, here: Action | None, reader: Reader) -> Page:
    """The words under a covered picture with what this step shows, and the way to the next one;
    what else is shown from here goes no further by itself. shown: the step; "" of a picture that
    is not covered, whose words stay as they are."""
    if not shown or here is None:
        return page
    step = Step(shown)
    rows = _rows_at(page, step)
    ways = [step.next] if step.next else []
    ways += [Step.DRAWING] if step.sees else []
    to = tuple(button(wording.STEPS[one], _to(here, one), reader) for one in ways)
    text = "\n".join([page.text, italic(wording.SHOWN[step], reader)])
    return page_with(page, text=text, rows=(to, *(row for row in rows if row)))


def carrying(page: Page, sound: Clip) -> Page:
    """The words under a sound of a covered film; what leads on from there goes as far."""
    if not sound.covers:
        return page
    rows = tuple(
        tuple(kept for one in row if (kept := _at_step(one, sound.step))) for row in page.rows
    )
    return page_with(page, rows=rows)


def _to(here: Action, step: Step) -> Action:
    """What shows this step from here: a drawing stands still."""
    still = _MOVING.get(here.name) if step is Step.DRAWING else None
    return but(here, name=still or here.name, step=step.value)


def _rows_at(page: Page, step: Step) -> Rows:
    return tuple(
        tuple(kept for one in row if (kept := _at_step(one, step)) is not None) for row in page.rows
    )


def _at_step(one: Button, step: Step) -> Button | None:
    """A button that shows no more than this step does; None for colours of what has none."""
    action = one.action
    coloured = action.name in _COLOURS or action.value == "colour"
    if coloured and step is not Step.FULL:
        return None
    if action.name in _MOVING and not step.sees:
        return None
    if action.name in _SHOWS:
        return page_with(one, action=but(action, step=step.value))
    return one


async def remark(turn: Turn, action: Action) -> str:
    """What one person alone is told where they press a button, and nothing keeps: how many covered
    pictures they opened, where they ask, or have set how many are enough."""
    asks = action.name == "care-number"
    if not (asks or action.step in (Step.SMALL, Step.FULL)) or turn.person.among_others:
        return ""
    opened = await turn.call(turn.desk.viewing.opened, turn.person)
    if asks:
        return plain(wording.opened(opened), turn.reader)
    limit = (await turn.call(turn.desk.viewing.care, turn.person)).limit
    if not limit or opened.today < limit:
        return ""
    return plain(wording.gently(opened), turn.reader)
