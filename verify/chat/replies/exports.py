"""An export that was sent as a file: what it would bring, which chats of it, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button, page_number, to_examination, turning
from verify.chat.replies.markup import bold
from verify.jobs.exports import Counted
from verify.language import Reader, html, plain
from verify.records import (
    Archived,
    DateOrder,
    ExportPlace,
    ExportPreview,
    PlaceKind,
    Sentence,
    say,
    say_many,
)
from verify.wording import exports

TAKE, ALONE = "posts-take", "posts-take-alone"
_A_PAGE = 8
_DAY = "2027-03-31"


@dataclass(frozen=True)
class Picked:
    """Which chats of an export are ticked. places: all that may be. mask: one bit each, from the
    first; an action keeps it as hexadecimal digits in `item`, "" for all."""

    places: tuple[ExportPlace, ...]
    mask: int

    @classmethod
    def of(cls, found: Iterable[Counted], action: Action) -> Picked:
        """As an action has it. Talks of two are never offered."""
        offered: dict[str, ExportPlace] = {}
        for one in found:
            for place in one.preview().places:
                if place.coming:
                    offered.setdefault(place.id, place)
        every = (1 << len(offered)) - 1
        return cls((*offered.values(),), int(action.item, 16) & every if action.item else every)

    @property
    def chats(self) -> tuple[str, ...]:
        """The ids of those that are ticked; none where all are, since then nobody picked."""
        if self.mask + 1 == 1 << len(self.places):
            return ()
        return tuple(one.id for at, one in enumerate(self.places) if self.mask >> at & 1)


def would_bring(found: Iterable[Counted], picked: Picked, action: Action, reader: Reader) -> Page:
    """What would come in of an export, with its chats to be ticked one by one."""
    lines = [bold(say("This export would bring"), reader)]
    previews = [one.preview(picked.chats) for one in found]
    lists = [one for one in previews if one.hashes]
    if picked.mask or lists:
        lines += [html(line, reader) for one in previews for line in exports.would_bring(one)]
    else:
        lines.append(html(say("Nothing: no chat is ticked."), reader))
    lines += [html(line, reader) for line in _stay_out(previews)]
    rows: list[tuple[Button, ...]] = []
    pages = -(-len(picked.places) // _A_PAGE)
    if len(picked.places) > 1:
        rows += _ticks(picked, action, reader)
        rows.append(turning(replace(action, name="posts-read"), action.page, pages, reader))
    if picked.mask or lists:
        take = button(say("Take it in"), replace(action, name=TAKE), reader)
        alone = button(say("Take it in, for me alone"), replace(action, name=ALONE), reader)
        rows.append((take,) if lists else (take, alone))
    rows.append(to_examination(action.case_id, action.exhibit_id, reader))
    text = "\n".join(lines) + page_number(action.page, pages, reader)
    return Page(text, tuple(rows))


def _ticks(picked: Picked, action: Action, reader: Reader) -> Iterator[tuple[Button, ...]]:
    first = action.page * _A_PAGE
    for at, place in enumerate(picked.places[first : first + _A_PAGE], start=first):
        name = place.name or plain(say("A chat without a name"), reader)
        label = say_many("{name}: {count} post", "{name}: {count} posts", place.posts, name=name)
        on = "☑" if picked.mask >> at & 1 else "☐"
        turned = f"{picked.mask ^ 1 << at:x}"
        to = replace(action, name="posts-read", item=turned)
        yield (Button(f"{on} {plain(label, reader)}", to),)


def _stay_out(previews: Iterable[ExportPreview]) -> Iterator[Sentence]:
    """How somebody brings in the talks of two, which are never offered here."""
    if any(one.private for one in previews):
        yield say(
            "Private chats are not offered here: at a terminal {command} takes one in by its name.",
            command="verify-desk import --chat",
        )


def ask_for_dates(action: Action, reader: Reader) -> Page:
    """The question which number of `3/4/2020` is the day."""
    asked = say(
        "Every date in this export can be read in two ways: 3/4/2020 is 3 April or 4 March. Which"
        " does it mean?"
    )
    read = replace(action, name="posts-read")
    labels = {
        DateOrder.DAY_FIRST: say("The day first"),
        DateOrder.MONTH_FIRST: say("The month first"),
        DateOrder.UNDATED: say("Nobody can tell: leave it undated"),
    }
    return Page(
        html(asked, reader),
        (
            *((button(label, replace(read, value=one), reader),) for one, label in labels.items()),
            to_examination(action.case_id, action.exhibit_id, reader),
        ),
    )


def brought(
    found: Iterable[Archived],
    before: Iterable[Counted],
    picked: Picked,
    reader: Reader,
    *,
    may_keep: bool,
) -> str:
    """What came of an export, and what was left out. before: what it held. may_keep: whether the
    reader may say until when it is kept."""
    lines = []
    for one in found:
        title = say("{format}, import {number}", format=one.format, number=one.number)
        lines.append(bold(title, reader))
        lines += [html(line, reader) for line in exports.brought(one)]
        if may_keep:
            written = f"/keep import {one.number} {_DAY}"
            lines.append(html(say("Say until when it is kept: {command}", command=written), reader))
        if one.refused:
            lines.append(bold(say("Left out"), reader))
            lines += [html(line, reader) for line in exports.left_out(one)]
    if picked.chats:
        lines += [html(line, reader) for line in _not_picked(before, picked)]
    return "\n".join(lines)


def _not_picked(before: Iterable[Counted], picked: Picked) -> Iterator[Sentence]:
    places = [place for one in before for place in one.preview(picked.chats).places]
    out = [place for place in places if not place.coming]
    private = sum(place.kind is PlaceKind.PRIVATE for place in out)
    if others := len(out) - private:
        yield say_many(
            "{count} chat was not ticked and stays out",
            "{count} chats were not ticked and stay out",
            others,
        )
    if private:
        yield say_many("{count} private chat stays out", "{count} private chats stay out", private)
