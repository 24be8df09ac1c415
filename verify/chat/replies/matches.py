"""Matches in words: the caption of a card, a line of the examination, the list."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import (
    CAPTION_UNITS,
    Button,
    Page,
    button,
    in_rows,
    page_number,
    to_examination,
    turning,
    units,
)
from verify.chat.replies.filmstrip import without_sound
from verify.chat.replies.markup import bold, italic
from verify.clips import CLIP_SECONDS, RATE
from verify.language import Reader, html
from verify.records import (
    About,
    CaseReport,
    Differences,
    ExhibitReport,
    Match,
    about,
    numbers,
    say,
    stretch_time,
)
from verify.wording import changes
from verify.wording import matches as wording
from verify.wording.glance import much_against

_A_PAGE = 3
_LISTED_CHARACTERS = 120
_CLAIM_CHARACTERS = 220
_CAPTION_CHARACTERS = (_CLAIM_CHARACTERS, 120, 60)
_BRIEF_CHARACTERS = 50  # of a claim, until More is pressed


def card(
    match: Match, report: CaseReport, reader: Reader, view: str = "", *, in_full: bool = False
) -> Page:
    """The caption of a match card, and its buttons: other views, and a person's word.

    view: what the picture is now: side by side in grey, or `colour`, `incoming`, `earlier`.
    in_full: after More was pressed. Until then the earliest match leaves to the answer above what
    that says of it: since when it is known, and what was concluded.
    """
    leads = not in_full and _leads(match, report)
    for limit in _CAPTION_CHARACTERS if in_full else (_BRIEF_CHARACTERS,):
        text = in_words(match, report, reader, limit, in_full=in_full, in_answer=leads)
        if units(text) <= CAPTION_UNITS:
            break
    judging = _judging(match, report, reader)
    if match.method != "sha256":
        said = Action(name="card-words", case_id=report.id, match_id=match.id, item=view)
        more = button(say("More"), replace(said, value="full"), reader)
        judging = (*judging, button(say("Less"), said, reader) if in_full else more)
    rows = (_views(match, report, reader, view), judging)
    return Page(text, rows, about=told(match, report))


def _leads(match: Match, report: CaseReport) -> bool:
    """Whether the answer about its exhibit speaks of this match."""
    own = next((one for one in report.exhibits if one.exhibit_id == match.exhibit_id), None)
    return own is not None and match.id in (
        one.id for one in wording.earliest_first(own.matches)[:1]
    )


def refused(match: Match, report: CaseReport, reader: Reader) -> Page:
    """Instead of the card's caption, once a person called two pictures not the same."""
    text = html(say("Called not the same. This match will not be shown again."), reader)
    undo = Action(name="judge", case_id=report.id, match_id=match.id, value="same")
    rows = ((button(say("It is the same after all"), undo, reader),),)
    return Page(text, rows, about=told(match, report))


def _views(match: Match, report: CaseReport, reader: Reader, view: str) -> tuple[Button, ...]:
    shown = Action(name="card-view", case_id=report.id, match_id=match.id)
    buttons = []
    if view in ("incoming", "earlier", "changed", "play"):
        buttons.append(button(say("Side by side"), shown, reader))
    elif view != "colour":
        buttons.append(button(say("Show in colour"), replace(shown, value="colour"), reader))
    if view != "play" and match.stretch and match.stretch.begins != match.stretch.ends:
        play = replace(shown, name="card-play")
        buttons.append(button(say("Play this stretch"), play, reader))
    if match.proof:
        other = "earlier" if view == "incoming" else "incoming"
        buttons.append(button(say("Blink"), replace(shown, value=other), reader))
    if match.method != "sha256" and view != "changed" and not match.in_motion:
        buttons.append(button(say("What changed"), replace(shown, value="changed"), reader))
    return tuple(buttons)


def _judging(match: Match, report: CaseReport, reader: Reader) -> tuple[Button, ...]:
    judge = Action(name="judge", case_id=report.id, match_id=match.id)
    same = button(say("Same"), replace(judge, value="same"), reader)
    other = button(say("Not the same"), replace(judge, value="other"), reader)
    return (other,) if match.same else (same, other)


def changed(match: Match, report: CaseReport, found: Differences | None, reader: Reader) -> Page:
    """The caption under the card of what changed, and the way back to the match."""
    lines = [html(line, reader) for line in changes.changed(found)]
    text = "\n".join([bold(wording.seen(match), reader), *lines])
    return Page(text, (_views(match, report, reader, "changed"),), about=told(match, report))


def playing(match: Match, report: CaseReport, part: tuple[float, float], reader: Reader) -> Page:
    """The caption under two films that move together, and the ways to the rest of the stretch.

    part: from when to when of the incoming one, in seconds.
    """
    begins, ends = part
    first, last = (match.stretch.begins, match.stretch.ends) if match.stretch else part
    line = say(
        "{begins} to {ends} of this film, and at the same moments the earlier one.",
        begins=stretch_time(begins),
        ends=stretch_time(ends),
    )
    lines = [bold(wording.seen(match), reader), html(line, reader), italic(without_sound(), reader)]
    here = Action(name="card-play", case_id=report.id, match_id=match.id)
    steps = []
    since = begins - (first or 0.0)
    if since > 0:
        back = replace(here, page=max(0, round(1000 * (since - CLIP_SECONDS))))
        steps.append(button(say("‹ {seconds} s", seconds=CLIP_SECONDS), back, reader))
    if (last or 0.0) - ends > 1 / RATE:
        on = replace(here, page=round(1000 * (ends - (first or 0.0))))
        steps.append(button(say("{seconds} s ›", seconds=CLIP_SECONDS), on, reader))
    rows = (tuple(steps), _views(match, report, reader, "play"))
    return Page("\n".join(lines), rows, about=told(match, report))


def offer(match: Match, report: CaseReport, reader: Reader) -> Page:
    """Instead of a card, where the earlier picture did not come from this chat service."""
    action = Action(name="card", case_id=report.id, match_id=match.id)
    label = button(say("Show (uploads it to Telegram)"), action, reader)
    return Page(in_words(match, report, reader), ((label,),), about=told(match, report))


def told(match: Match, report: CaseReport) -> About:
    """What a card tells of: both pictures, and the claims above each other."""
    return about(match, report.claims) | numbers(report.id)


def listed(
    report: CaseReport, exhibit: ExhibitReport, page: int, reader: Reader, *, uploads: bool
) -> Page:
    """All matches of an exhibit in words, with a button for the card of each.

    uploads: whether to show a picture means to upload it to Telegram, which is then said.
    """
    action = Action(name="matches", case_id=report.id, exhibit_id=exhibit.exhibit_id)
    pages = max(1, -(-len(exhibit.matches) // _A_PAGE))
    page = min(page, pages - 1)
    shown = wording.earliest_first(exhibit.matches)[page * _A_PAGE : (page + 1) * _A_PAGE]
    blocks = [bold(say("Matches of case {number}", number=report.id), reader)]
    if not shown:
        blocks += (html(one, reader) for one in wording.without_match(exhibit))
    cards: list[Button] = []
    for number, match in enumerate(shown, start=page * _A_PAGE + 1):
        blocks.append(f"{number}. {in_words(match, report, reader, _LISTED_CHARACTERS)}")
        if match.id:
            asked = Action(name="card", case_id=report.id, match_id=match.id)
            label = say("Card {number}", number=number)
            if uploads and not match.both_from_telegram:
                label = say("Show {number} (uploads it to Telegram)", number=number)
            cards.append(button(label, asked, reader))
    return Page(
        "\n\n".join(blocks) + page_number(page, pages, reader),
        (
            *in_rows(cards, 1 if uploads else 5),
            turning(action, page, pages, reader),
            to_examination(report.id, exhibit.exhibit_id, reader),
        ),
    )


def in_words(
    match: Match,
    report: CaseReport,
    reader: Reader,
    limit: int = _CLAIM_CHARACTERS,
    *,
    in_full: bool = False,
    in_answer: bool = False,
) -> str:
    """What a card's caption says: lines of HTML. limit: for each claim, in characters.

    in_full: with how close the fingerprints are, and how often chance alone does that.
    in_answer: the answer above says since when the picture is known, and of one that this shows
    all of what was concluded.
    """
    lines = [bold(wording.seen(match), reader)]
    if not in_answer:
        lines.append(html(wording.first(match), reader, limit=limit))
    if not in_answer or not wording.near_copy(match):
        lines += [html(line, reader) for line in wording.concluded(match)]
    own = next((one for one in report.exhibits if one.exhibit_id == match.exhibit_id), None)
    if not (in_answer and own and much_against(own)):  # there the answer says what was said
        lines += [html(line, reader, limit=limit) for line in wording.claims(match, report)]
    if match.same:
        lines.append(html(say("Somebody at this desk confirmed this match."), reader))
    if alike := wording.alike(match):
        lines.append(html(alike, reader))
        lines.append(html(wording.likelihood(match.expected_by_chance), reader))
    if in_full:
        lines += [html(line, reader) for line in wording.closeness(match)]
        lines.append(html(wording.chance(match.expected_by_chance), reader))
        lines.append(html(wording.measured(), reader))
    return "\n".join(lines)
