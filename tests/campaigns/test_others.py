"""Posts by the clock, by a machine, in waves; and the way of one object."""

from __future__ import annotations

import numpy as np

from verify.campaigns.machines import by_machine
from verify.campaigns.precision import resolutions
from verify.campaigns.rows import DAY, Rows, rows_of
from verify.campaigns.scheduled import scheduled
from verify.campaigns.trail import trail
from verify.campaigns.waves import waves
from verify.records import Explaining, Explanation, Hop, MachineSign, Shared

SEED = 22
START = 1_780_272_000.0
HOUR = 3_600


def _posted(*posts: tuple[int, int, float], kind: Shared = Shared.WORDS, **more: int) -> Rows:
    """Rows of (account, object, seconds after the start)."""
    return rows_of(
        (account, what, START + at, 1, True, kind, False, more.get("client"), number)
        for number, (account, what, at) in enumerate(posts, more.get("number", 0))
    )


def _people(accounts: int = 100, posts: int = 20) -> Rows:
    print("seed", SEED)
    rng = np.random.default_rng(SEED)
    who = rng.integers(1_000, 1_000 + accounts, accounts * posts)
    what = rng.integers(1_000, 1_400, len(who))
    at = rng.integers(0, 14 * DAY, len(who))
    return _posted(*zip(who.tolist(), what.tolist(), at.tolist(), strict=True), number=10_000)


def test_posts_at_full_and_half_hours_are_scheduled() -> None:
    mine = _posted(*((1, n, 7 * n * HOUR + 1_800 * (n % 2) + n % 4) for n in range(8)))
    rows = np.concatenate([_people(), mine])
    (told,) = scheduled(rows, resolutions(rows))
    assert (told.account, told.minutes, told.observed) == (1, (0, 30), 8)
    assert told.expected < 0.2


def test_an_account_known_to_the_minute_is_scheduled_by_its_minutes_alone() -> None:
    on_time = _posted(*((1, n, 7 * n * HOUR) for n in range(8)))
    any_minute = _posted(*((2, n, 7 * n * HOUR + 60 * n * n) for n in range(1, 9)), number=100)
    rows = np.concatenate([_people(), on_time, any_minute])
    rows["resolution_s"][rows["account"] < 3] = 60
    (told,) = scheduled(rows, resolutions(rows))
    assert (told.account, told.minutes) == (1, (0,))


def test_the_same_words_within_seconds_are_told_and_a_slogan_all_day_is_not() -> None:
    at_once = _posted(*((n, 1, n) for n in range(6)))
    slogan = _posted(*((20 + n, 2, 15 * n) for n in range(200)), number=100)
    rows = np.concatenate([_people(), at_once, slogan])
    (told,) = by_machine(rows, resolutions(rows))
    assert (told.sign, told.accounts, told.objects) == (MachineSign.WORDS, tuple(range(6)), (1,))


def test_one_owner_explains_the_same_words_where_too_few_others_have_them() -> None:
    rows = np.concatenate([_people(), _posted(*((n, 1, n) for n in range(6)))])
    for owned, explained in (
        ((0, 1, 2, 3, 4), True),
        ((0, 1, 2), True),
        ((0, 1), False),
        ((0,), False),
    ):
        stated = Explanation(Explaining.SAME_OWNER, owned)
        (told,) = by_machine(rows, resolutions(rows), [stated])
        assert told.explained == ((stated,) if explained else ())


def test_the_same_objects_in_the_same_order_are_told() -> None:
    order = (5, 3, 4, 1, 2, 6)
    mine = _posted(
        *(
            (who, what, who * 10 * HOUR + n * 777)
            for who in (1, 2, 3)
            for n, what in enumerate(order)
        ),
        kind=Shared.PICTURE,
    )
    rows = np.concatenate([_people(), mine])
    (told,) = by_machine(rows, resolutions(rows))
    assert (told.sign, told.accounts, told.objects) == (MachineSign.ORDER, (1, 2, 3), order)


def test_a_rare_client_of_one_set_of_objects_is_told_and_a_common_one_is_not() -> None:
    rng = np.random.default_rng(SEED)
    at = [9_000 * n + 60 * rng.permutation(6) for n in range(8)]
    mine = _posted(*((n, what, at[n][what]) for n in range(8) for what in range(6)), client=7)
    people = _people()
    people["client"] = 1
    (told,) = by_machine(rows := np.concatenate([people, mine]), resolutions(rows))
    assert (told.sign, told.client, told.accounts) == (MachineSign.CLIENT, 7, tuple(range(8)))


def test_a_wave_is_told_once_and_a_daily_habit_is_none_from_its_first_day() -> None:
    quiet = [(n, 1, n * 11 * HOUR) for n in range(20)]
    event = [(30 + n, 1, 10 * DAY + 100 * n) for n in range(60)]
    (wave,) = waves(_posted(*quiet, *event))
    assert (wave.object, wave.posts, wave.accounts) == (1, 60, 60)
    assert wave.usual < 0.2 < 10 < wave.observed
    habit = [(n, 2, day * DAY + 300 * n) for day in range(13) for n in range(12)]
    assert waves(_posted(*habit)) == ()


def test_a_busy_hour_of_two_accounts_is_no_wave() -> None:
    assert waves(_posted(*((n % 2, 1, 60 * n) for n in range(40)))) == ()


def test_a_trail_knows_forwards_and_says_what_it_infers() -> None:
    rows = _posted((1, 9, 0), (2, 9, 100), (3, 9, 200), (4, 9, 300))
    told = trail(rows, {2: 0, 3: -77}, {1: ("words",)})
    assert told.first == (0,)
    assert told.hops == (Hop(0, 1, False, ("words",)), Hop(0, 2, True))


def test_two_posts_of_one_minute_may_both_be_first_and_an_unknown_zone_says_no_order() -> None:
    rows = _posted((1, 9, 0), (2, 9, 20), (3, 9, -5 * HOUR))
    rows["resolution_s"][0] = 60
    rows["zone_known"][2] = False
    told = trail(rows, {}, {})
    assert (told.first, told.hops, told.undated) == ((0, 1), (), (2,))
