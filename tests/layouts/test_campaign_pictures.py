"""The two pictures of accounts that post the same, as people see them: on a telephone, in grey."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from msgspec.structs import replace
from PIL import Image

from tests.layouts.coincided import coincided
from verify.errors import Unavailable
from verify.language import Reader, plain
from verify.layouts.drawings import campaigns, drawing, network, timeline, wave
from verify.layouts.drawings.axis import Axis
from verify.layouts.drawings.timeline import Lane, Sign, Timeline
from verify.records import MOST_APPEARANCES, Appearance, CampaignReport, Sharer, Wave, say

ENGLISH, ARABIC = (Reader(language, ZoneInfo("UTC")) for language in ("en", "ar"))
NOON = datetime(2014, 6, 10, 12, 0, tzinfo=UTC)
DARK = (18, 53, 91)


def _seen(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def _dark(png: bytes) -> tuple[np.ndarray, np.ndarray]:
    """The rows and columns of the pixels of dark marks, above the legend's."""
    seen = _seen(png)
    rows, columns = np.nonzero((np.abs(seen.astype(int) - DARK) < 6).all(axis=2))
    return rows, columns


def _timeline(*lanes: Lane, objects: int = 1) -> Timeline:
    return Timeline(
        title=say("Together"),
        lines=(),
        lanes=lanes,
        objects=tuple(f"#tag{number}" for number in range(objects)),
    )


def _lane(number: int, *minutes: float, name: str = "", thing: int = 0) -> Lane:
    signs = tuple(Sign(NOON + timedelta(minutes=one), thing) for one in minutes)
    return Lane(number, name or f"@voice{number}", signs)


@pytest.mark.parametrize(("reader", "leftwards"), [(ENGLISH, False), (ARABIC, True)])
def test_time_runs_as_the_reader_reads(reader: Reader, leftwards: bool) -> None:
    shown = _timeline(_lane(1, 0), _lane(2, 9), _lane(3, 10))
    rows, columns = _dark(timeline.draw(shown, reader))
    lanes = rows < rows.max() - 80  # the last dark mark stands in the legend
    rows, columns = rows[lanes], columns[lanes]
    first, last = columns[rows.argmin()], columns[rows.argmax()]
    assert bool(first > last) == leftwards
    assert abs(int(first) - int(last)) > 300  # the breadth of the lanes is used


def test_posts_of_seconds_are_told_apart_where_weeks_lie_between() -> None:
    weeks = 14 * 86_400
    axis = Axis([0, 20, 40, weeks, weeks + 30], 226)
    assert axis.at(20) - axis.at(0) > 15
    assert axis.at(weeks + 30) <= 226
    assert len(list(axis.breaks())) == 1


@pytest.mark.parametrize("seed", range(20))
def test_an_axis_keeps_the_order_of_times(seed: int) -> None:
    random = np.random.default_rng(seed)
    times = np.cumsum(random.exponential(10.0 ** random.integers(0, 7, 40))).tolist()
    axis = Axis(times, 226)
    along = [axis.at(one) for one in times]
    assert along == sorted(along), seed
    assert along[0] >= 0, seed
    assert along[-1] <= 226, seed
    figures = [tick.along for tick in axis.ticks()]
    assert figures, seed
    assert all(later - one > 40 for one, later in pairwise(figures)), seed  # none over another


def test_each_mark_differs_in_grey_at_the_width_of_a_telephone() -> None:
    marks = []
    for kind in range(drawing.SHAPES):
        picture = drawing.Drawing(ENGLISH, "", height=20, items=[drawing.mark(kind, 10, 10, 4.1)])
        grey = Image.fromarray(_seen(picture.png())).convert("L")
        grey = grey.resize((360, grey.height * 360 // grey.width), Image.Resampling.LANCZOS)
        marks.append(np.asarray(grey, float))
    for one, other in combinations(marks, 2):
        assert np.abs(one - other).sum() > 2000  # about ten pixels from black to white


@pytest.mark.parametrize(
    "name",
    [
        "@" + "q" * 100_000,
        "a\n\n\nb",
        "@\u202egnp.exe",
        "#let x = 1 $ #panic()",
        "\ud800",
        "新闻🔒",
    ],
)
def test_a_hostile_name_takes_its_place_and_no_more(name: str) -> None:
    plain = _seen(timeline.draw(_timeline(_lane(1, 0, name="@a")), ENGLISH))
    hostile = _seen(timeline.draw(_timeline(_lane(1, 0, name=name)), ENGLISH))
    assert hostile.shape == plain.shape
    names = slice(60, 3 * (10 + 15 + 92 + 4))  # the column in which names stand
    differs = (hostile != plain).any(axis=2)
    differs[:, names] = False
    assert not differs.any()


def test_a_picture_of_many_accounts_says_how_many_it_leaves_out() -> None:
    few = _seen(timeline.draw(_timeline(*(_lane(n, 0) for n in range(1, 17))), ENGLISH))
    many = _seen(timeline.draw(_timeline(*(_lane(n, 0) for n in range(1, 900))), ENGLISH))
    assert many.shape[1] == 1080
    assert few.shape[0] < many.shape[0] < few.shape[0] + 60  # a line more
    assert many.shape[0] < 2 * many.shape[1]


def test_a_lane_of_who_was_first_is_not_left_out() -> None:
    lanes = [_lane(n, 5, 6) for n in range(1, 40)]
    late = Lane(77, "@source", (Sign(NOON, 1, first=True),))
    rows, _ = _dark(timeline.draw(_timeline(*lanes, late, objects=2), ENGLISH))
    without, _ = _dark(timeline.draw(_timeline(*lanes, objects=2), ENGLISH))
    assert rows.size < without.size  # it stands in the place of another's two marks


def _network(**more: object) -> network.Network:
    weights = {(a, b): 3.0 + a for a, b in combinations(range(1, 8), 2)}
    weights |= dict.fromkeys(combinations(range(8, 12), 2), 9.0)
    weights[1, 8] = 1.0
    made = {"weights": weights, "accounts": {n: f"@voice{n}" for n in range(1, 12)}} | more
    made.setdefault("groups", [list(made["accounts"])])  # type: ignore[call-overload]
    return network.Network(title=say("Together"), lines=(), **made)  # type: ignore[arg-type]


def test_the_network_is_the_same_whichever_way_it_is_asked_for() -> None:
    shown = _network()
    turned = _network(
        weights=dict(reversed(shown.weights.items())),
        accounts=dict(reversed(shown.accounts.items())),
    )
    assert network.draw(shown, ENGLISH) == network.draw(turned, ENGLISH)


def test_who_posts_the_same_is_one_community() -> None:
    shown = _network()
    found = network.communities(set(shown.accounts), shown.weights)
    assert found == [[*range(1, 8)], [*range(8, 12)]]


@pytest.mark.parametrize("reader", [ENGLISH, ARABIC])
def test_a_network_of_many_accounts_stays_a_picture(reader: Reader) -> None:
    weights = {(a, b): float(1 + (a * b) % 9) for a, b in combinations(range(1, 201), 2)}
    names = dict.fromkeys(range(1, 201), "@\u202e" + "x" * 5000)
    seen = _seen(network.draw(_network(weights=weights, accounts=names), reader))
    assert seen.shape[1] == 1080
    assert seen.shape[0] < 2500


def test_every_group_keeps_some_of_its_accounts() -> None:
    groups = [range(1, 26), range(26, 41), range(41, 53), range(53, 60), range(60, 63)]
    weights = {pair: 15.0 for group in groups for pair in combinations(group, 2)}
    weights |= dict.fromkeys(combinations(range(60, 63), 2), 30.0)
    weights |= dict.fromkeys(combinations(range(49, 53), 2), 18.0)
    shown = _network(weights=weights, groups=groups, accounts=dict.fromkeys(range(1, 63), "@a"))
    kept = network.strongest(shown)
    assert [len(kept.intersection(group)) for group in groups] == [7, 7, 7, 6, 3]
    assert kept > set(range(49, 53))  # the strongest of theirs


def test_no_account_loses_all_its_ties() -> None:
    groups = [[n, n + 1, n + 2, n + 3] for n in range(1, 60, 4)]
    weights = {pair: 5.0 for n, *_ in groups for pair in ((n, n + 1), (n + 2, n + 3))}
    shown = _network(weights=weights, groups=groups, accounts=dict.fromkeys(range(1, 61), "@a"))
    kept = network.strongest(shown)
    assert {n for pair in weights if kept.issuperset(pair) for n in pair} == kept


def test_what_is_left_out_is_counted() -> None:
    groups = [range(n, n + 4) for n in range(1, 49, 4)]  # twelve
    weights = {pair: 2.0 for group in groups for pair in combinations(group, 2)}
    shown = _network(weights=weights, groups=groups, accounts=dict.fromkeys(range(1, 49), "@a"))
    told = network.foot(shown, network.strongest(shown), [], 42)
    assert [plain(one, ENGLISH) for one in told][:-1] == [
        "And 18 more accounts.",
        "2 groups are not drawn.",
        "42 ties are not drawn.",
    ]


def test_accounts_without_a_tie_are_drawn_too() -> None:
    assert _seen(network.draw(_network(weights={}), ENGLISH)).shape[1] == 1080


def _with(report: CampaignReport, *more: Appearance) -> CampaignReport:
    every = sorted((*report.appearances, *more), key=lambda one: one.at)
    return replace(report, appearances=tuple(every))


def test_who_was_first_is_not_said_where_earlier_posts_may_be_missing() -> None:
    report = coincided(4)
    late = [
        Appearance(1000 + number, 5, 2, NOON + timedelta(days=60), 1.0)
        for number in range(MOST_APPEARANCES)
    ]
    others_first = [Appearance(900 + n, 5, n, NOON - timedelta(days=1), 1.0) for n in (1, 2, 3)]
    said, unsaid, others = (
        campaigns.draw_timeline(one, one.told.groups[0], ENGLISH)
        for one in (report, _with(report, *late), _with(report, *others_first))
    )
    assert unsaid == others != said


def test_no_one_is_named_first_where_times_do_not_tell_who_was() -> None:
    report = coincided(4)
    coarse = replace(
        report,
        appearances=tuple(replace(one, resolution_s=60.0) for one in report.appearances),
    )
    others_first = [Appearance(900 + n, 5, n, NOON - timedelta(days=1), 1.0) for n in (1, 2, 3)]
    unsaid, others, said = (
        campaigns.draw_timeline(one, one.told.groups[0], ENGLISH)
        for one in (coarse, _with(report, *others_first), report)
    )
    assert unsaid == others != said


def test_what_one_post_has_in_it_counts_once() -> None:
    report = coincided(3)
    held = [one for one in report.appearances if one.object != 3]
    words = [replace(one, object=3) for one in held if one.object == 2]
    found = campaigns.ties(_with(replace(report, appearances=tuple(held)), *words))
    assert {pair: tie.times for pair, tie in found.items()} == {(1, 2): 2, (1, 3): 2, (2, 3): 2}


def test_what_has_no_post_left_to_draw_is_said() -> None:
    report = replace(coincided(4), appearances=())
    with pytest.raises(Unavailable):
        campaigns.draw_timeline(report, report.told.groups[0], ENGLISH)


def test_a_group_that_posts_much_takes_the_lines_of_no_other() -> None:
    weights = dict.fromkeys(combinations(range(1, 21), 2), 40.0)
    weights |= dict.fromkeys(combinations(range(21, 31), 2), 3.0)
    drawn = network.lines(weights)
    assert len(drawn) == 200 < len(weights)
    assert all(any(number in pair for pair in drawn) for number in range(1, 31))
    assert sum(min(pair) > 20 for pair in drawn) > 40  # of 45


def test_an_account_of_few_ties_keeps_a_line() -> None:
    weights = dict.fromkeys(combinations(range(1, 23), 2), 40.0) | {(1, 30): 1.0}
    drawn = network.lines(weights)
    assert len(drawn) == 200 < len(weights)
    assert (1, 30) in drawn


def _wave(accounts: int, **more: object) -> tuple[CampaignReport, Wave]:
    """So many accounts that post a picture, a minute after each other."""
    posted = tuple(
        Appearance(5000 + n, 100 + n, 1, NOON + timedelta(minutes=n), 1.0) for n in range(accounts)
    )
    report = coincided(4)
    sharers = {one.account: Sharer(one.account, "x", "", "", f"voice{one}") for one in posted}
    told = Wave(1, NOON, posted[-1].at, accounts, accounts, min(accounts, 60), 0.1)
    return replace(report, appearances=posted, sharers=sharers, **more), told


def test_a_wave_of_many_accounts_has_a_lane_for_those_who_began() -> None:
    heights = [_seen(wave.draw(*_wave(number), ENGLISH)).shape[0] for number in (16, 17, 400)]
    assert heights[0] == heights[1] == heights[2]
    few, many = (_dark(wave.draw(*_wave(number), ENGLISH))[0] for number in (16, 400))
    last = slice(few.max() - 250, None)  # the last lane: one mark, or bars all along
    assert (many > last.start).sum() > 3 * (few > last.start).sum()


@pytest.mark.parametrize("later", [{"zone_known": False}, {"resolution_s": 86_400.0}])
def test_only_posts_whose_times_tell_stand_in_a_wave(later: dict[str, float]) -> None:
    report, told = _wave(12)
    *usable, last = report.appearances
    coarse = replace(report, appearances=(*usable, replace(last, **later)))
    without = replace(report, appearances=tuple(usable))
    assert wave.draw(coarse, told, ENGLISH) == wave.draw(without, told, ENGLISH)
    assert wave.draw(coarse, told, ENGLISH) != wave.draw(report, told, ENGLISH)


def test_a_wave_of_which_no_post_is_left_cannot_be_drawn() -> None:
    report, told = _wave(12)
    with pytest.raises(Unavailable):
        wave.draw(replace(report, appearances=()), told, ENGLISH)
