"""The card of a match as it is shown: the picture in one of its views, and what stands under it."""

from __future__ import annotations

from dataclasses import replace

from verify.chat.action import Action
from verify.chat.pages import Page
from verify.chat.replies import matches
from verify.chat.showing import Moving, Shown
from verify.chat.turn import Turn
from verify.language import reads_leftwards
from verify.records import CaseReport, Match, Picture, Step


def of_match(turn: Turn, match: Match, report: CaseReport, view: str = "") -> Shown:
    """A match to be shown. view: `changed`, `incoming`, `earlier`, `colour`, or side by side."""

    async def draw(step: Step | None) -> tuple[Picture, Page]:
        pictures, person = turn.desk.pictures, turn.person
        if view == "changed":
            found, picture = await turn.call(pictures.changes, person, match.id, step=step)
            return picture, matches.changed(match, report, found, turn.reader)
        if view in ("incoming", "earlier"):
            picture = await turn.call(
                pictures.blink, person, match.id, show_earlier=view == "earlier", step=step
            )
        else:
            picture = await turn.call(
                pictures.card,
                person,
                match.id,
                colour=view == "colour",
                right_to_left=reads_leftwards(turn.reader),
                step=step,
            )
        return picture, matches.card(match, report, turn.reader, view)

    return Shown(
        draw=draw,
        words=Page(matches.in_words(match, report, turn.reader), about=matches.told(match, report)),
        anew=Action(name="card", case_id=report.id, match_id=match.id),
        here=view_of(match, report, view),
        case_id=report.id,
        exhibit_id=match.exhibit_id,
        purpose=f"card {match.id}",
    )


def moving(turn: Turn, match: Match, report: CaseReport, since: float) -> Shown:
    """The stretch of both films moving. since: as in `Pictures.clip`."""

    async def draw(step: Step | None) -> tuple[Moving, Page]:
        begins, ends, clip = await turn.call(
            turn.desk.pictures.clip, turn.person, match.id, since, step=step
        )
        page = matches.playing(match, report, (begins, ends), turn.reader)
        return Moving(clip, ends - begins), page

    here = Action(name="card-play", case_id=report.id, match_id=match.id, page=round(1000 * since))
    return replace(of_match(turn, match, report), draw=draw, here=here)


def view_of(match: Match, report: CaseReport, view: str = "") -> Action:
    """What shows a view of a match in the place of another."""
    return Action(name="card-view", case_id=report.id, match_id=match.id, value=view)
