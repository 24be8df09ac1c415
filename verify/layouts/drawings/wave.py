"""A wave as a timeline: who posted a thing first, a lane each, and all others in one."""

from __future__ import annotations

from collections.abc import Iterable

from verify.language import Reader
from verify.layouts.drawings import timeline
from verify.layouts.drawings.campaigns import firsts
from verify.layouts.drawings.timeline import MOST_LANES, Lane, Sign
from verify.records import Appearance, CampaignReport, Value, Wave, usual_posts
from verify.wording import campaign_pictures as wording
from verify.wording.campaigns import name, thing

_HOUR = 3600  # as fine as a time is that tells of a wave


def draw(report: CampaignReport, wave: Wave, reader: Reader) -> bytes:
    """When accounts posted the object of a wave: a PNG. Raises Unavailable where it cannot be laid
    out, or no post of it is known."""
    first = firsts(report).get(wave.object)
    posted: dict[int, list[Appearance]] = {}
    for one in report.appearances:
        if (
            one.object == wave.object
            and one.zone_known
            and one.resolution_s < _HOUR
            and wave.first <= one.at <= wave.last
        ):
            posted.setdefault(one.account, []).append(one)

    def lane(number: int, called: Value, several: Iterable[Appearance]) -> Lane:
        return Lane(number, called, tuple(Sign(one.at, 0, one is first) for one in several))

    accounts = [*posted]  # in the order in which they had it
    own = accounts if len(accounts) <= MOST_LANES else accounts[: MOST_LANES - 1]
    lanes = [lane(n, name(report, one), posted[one]) for n, one in enumerate(own, start=1)]
    if rest := accounts[len(own) :]:
        others = (one for account in rest for one in posted[account])
        lanes.append(lane(0, wording.other_accounts(len(rest)), others))
    shown = timeline.Timeline(
        title=wording.wave(wave.accounts),
        lines=(
            wording.in_an_hour(wave.observed, usual_posts(wave.usual)),
            wording.between(wave.first, wave.last),
        ),
        lanes=tuple(lanes),
        objects=(thing(report, wave.object),),
    )
    return timeline.draw(shown, reader)
