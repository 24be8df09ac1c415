"""Made-up worlds of posts in which it is known who posts together and why.

A world has accounts in eight zones with daily rhythms, slow and quick objects, news that newsrooms
have first, an agency's pictures, fans of matches, newsrooms that schedule, sister channels, and
imports whose times are minutes or days. Driven groups are planted among its ordinary accounts.
`named` has its accounts name clients; `steady` makes hashtags of every day, which have no waves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.rows import DAY, NO_CLIENT, ROW, Rows
from verify.records import Explaining, Explanation, Shared

HOUR, MINUTE = 3_600.0, 60.0
START = 1_780_272_000.0  # a midnight
Rng = np.random.Generator
_CLIENTS, _SCHEDULERS = 60, 4  # that people use, and newsrooms
_HASHTAGS = 40  # of every day


@dataclass(frozen=True)
class Settings:
    """How a world is made. Times in seconds, of which half are shorter."""

    accounts: int = 2_000
    days: int = 14
    objects_a_day: int = 260  # of people, by nobody in particular
    slow: float = 8 * HOUR
    spread: float = 1.5  # of the logarithm of delays
    news_a_day: float = 8
    newsrooms: int = 60
    newsroom_delay: float = 6 * MINUTE
    news_delay: float = 1.5 * HOUR
    agency_a_day: float = 10
    agency_delay: float = 12 * MINUTE
    matches: int = 4
    fans: int = 160
    clips: int = 14
    clip_delay: float = 2 * MINUTE
    schedulers: int = 15
    sisters: int = 8
    minutes: float = 0.10  # of the accounts: known to the minute
    dates: float = 0.04
    breaking: int = 0  # more news, all within one day
    heavy: float = 1.1  # how unequal objects are


TUNING = Settings()
MEASURING = Settings(
    objects_a_day=230,
    slow=5 * HOUR,
    spread=1.8,
    news_a_day=10,
    newsrooms=75,
    newsroom_delay=4 * MINUTE,
    news_delay=1 * HOUR,
    agency_a_day=14,
    agency_delay=8 * MINUTE,
    matches=5,
    fans=200,
    clips=18,
    clip_delay=1.5 * MINUTE,
    schedulers=20,
    sisters=10,
    minutes=0.15,
    dates=0.05,
    heavy=0.9,
)

EMPTY: dict[str, Callable[[Settings], Settings]] = {
    "ordinary": lambda one: one,
    "breaking news": lambda one: replace(one, breaking=25),
    "matches": lambda one: replace(one, matches=3 * one.matches, fans=int(1.5 * one.fans)),
    "newsrooms": lambda one: replace(
        one,
        newsrooms=2 * one.newsrooms,
        schedulers=3 * one.schedulers,
        agency_a_day=2 * one.agency_a_day,
    ),
    "imports": lambda one: replace(one, minutes=0.5, dates=0.15),
}


@dataclass(frozen=True)
class Scenario:
    """A driven group: how many accounts, how often they post, how far apart at most (seconds),
    which part takes part each time, in how many copies that nobody merged, and how it hides."""

    accounts: int
    posts: int
    within: float
    part: tuple[float, float] = (1.0, 1.0)
    variants: int = 1
    on_hour: bool = False
    public: bool = False  # they copy news that everybody has
    popular: bool = False  # outsiders take over what they post
    outsiders: int = 3  # who post each of their objects later
    bar: float = 0.0  # the recall that is asked for


SCENARIOS: dict[str, Scenario] = {
    "an app, 9 posts": Scenario(15, 9, 8, bar=0.9),
    "an app, 200 accounts": Scenario(200, 12, 20, bar=0.9),
    "5 accounts within a minute": Scenario(5, 14, 60, bar=0.9),
    "people within 20 minutes": Scenario(20, 14, 20 * MINUTE, bar=0.9),
    "on the hour, 16 posts": Scenario(12, 16, 5, on_hour=True, bar=0.9),
    "in turns, a third to a half": Scenario(40, 30, 5 * MINUTE, part=(0.33, 0.5), bar=0.7),
    "two variants": Scenario(20, 14, 5 * MINUTE, variants=2, bar=0.7),
    "four variants": Scenario(20, 14, 5 * MINUTE, variants=4),
    "half of 150": Scenario(150, 20, 20 * MINUTE, part=(0.4, 0.6)),
    "copies of public news": Scenario(20, 20, 20 * MINUTE, public=True),
    "becomes popular": Scenario(20, 14, 10 * MINUTE, popular=True, outsiders=250),
}


@dataclass
class World:
    """rows; the groups that are driven, by scenario; what people stated of the others; which
    accounts are newsrooms."""

    rows: Rows
    driven: dict[str, NDArray[np.int64]]
    stated: tuple[Explanation, ...]
    newsrooms: NDArray[np.int64]


@dataclass
class _Making:
    rng: Rng
    settings: Settings
    zone: NDArray[np.float64] = field(init=False)
    activity: NDArray[np.float64] = field(init=False)
    account: list[NDArray[np.int64]] = field(default_factory=list)
    object: list[NDArray[np.int64]] = field(default_factory=list)
    at: list[NDArray[np.float64]] = field(default_factory=list)
    kind: list[NDArray[np.uint8]] = field(default_factory=list)
    objects: int = 0

    def __post_init__(self) -> None:
        n = self.settings.accounts
        self.zone = self.rng.choice([-8, -5, 0, 1, 2, 3, 5.5, 8], n) * HOUR
        self.activity = self.rng.lognormal(0, 1.0, n)

    def awake(self, accounts: NDArray[np.int64], at: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether people are up and look: rarely at four in the morning of their zone."""
        hour = ((at + self.zone[accounts]) % DAY) / HOUR
        chance = 0.03 + 0.97 * np.clip(0.55 - 0.65 * np.cos((hour - 3.5) / 24 * 2 * np.pi), 0, 1)
        return np.asarray(self.rng.random(len(at)) < chance)

    def post(
        self,
        accounts: NDArray[np.int64],
        at: NDArray[np.float64],
        kind: Shared = Shared.PICTURE,
        asleep: bool = False,
    ) -> None:
        """One object by some accounts; who is asleep posts it later or never."""
        at = at.copy()
        if asleep:
            for _ in range(3):
                down = ~self.awake(accounts, at)
                at[down] += self.rng.uniform(1, 7, int(down.sum())) * HOUR
            stays = self.awake(accounts, at)
            accounts, at = accounts[stays], at[stays]
        self.account.append(accounts)
        self.at.append(at)
        self.object.append(np.full(len(at), self.objects))
        self.kind.append(np.full(len(at), kind, np.uint8))
        self.objects += 1

    def some(self, count: int, among: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        """Different accounts, the busy ones rather: at most so many."""
        pool = np.arange(self.settings.accounts) if among is None else among
        weight = np.cumsum(self.activity[pool])
        drawn = np.searchsorted(weight, self.rng.random(2 * count) * weight[-1])
        _, first = np.unique(drawn, return_index=True)
        return pool[drawn[np.sort(first)[:count]]]

    def delays(self, middle: float, count: int, spread: float | None = None) -> NDArray[np.float64]:
        return middle * self.rng.lognormal(0, spread or self.settings.spread, count)


def world(seed: int, settings: Settings, planted: dict[str, Scenario] | None = None) -> World:
    """A world, the same for the same seed."""
    rng = np.random.default_rng(seed)
    making = _Making(rng, settings)
    rooms = rng.choice(settings.accounts, settings.newsrooms, replace=False)
    scheduling = rng.choice(rooms, min(settings.schedulers, len(rooms)), replace=False)
    news = _people(making), _news(making, rooms)
    _agency(making, rooms)
    _matches(making)
    _scheduled(making, scheduling)
    stated = _sisters(making)
    people = np.setdiff1d(np.arange(settings.accounts), rooms)
    people = people[~np.isin(people, [one for kept in stated for one in kept.accounts])]
    driven = {}
    for name, scenario in (planted or {}).items():
        driven[name] = rng.choice(people, scenario.accounts, replace=False)
        people = np.setdiff1d(people, driven[name])
        _drive(making, scenario, driven[name], news[1])
    return World(_rows(making), driven, stated, rooms)


def named(made: World, seed: int) -> World:
    """The world, whose accounts name clients: a few that most use and many that hardly anybody
    does, by Zipf's law; newsrooms one of the programs that schedule, owners one for all they have.
    One post in six comes from another client of the account."""
    rng = np.random.default_rng([seed, 1])
    accounts = int(made.rows["account"].max()) + 1
    share = 1 / np.arange(1, _CLIENTS + 1) ** 1.3
    share /= share.sum()
    own = rng.choice(_CLIENTS, (2, accounts), p=share)
    schedule = made.newsrooms[rng.random(len(made.newsrooms)) < 0.6]
    own[0][schedule] = _CLIENTS + rng.integers(0, _SCHEDULERS, len(schedule))
    for stated in made.stated:
        own[:, [*stated.accounts]] = rng.choice(_CLIENTS, p=share)
    rows = made.rows.copy()
    other = (rng.random(len(rows)) < 1 / 6).astype(int)
    rows["client"] = own[other, rows["account"]]
    return replace(made, rows=rows)


def steady(seed: int, settings: Settings) -> Rows:
    """Hashtags that people use every day as much as they post at all: from 5 to 500 times a day,
    some days more than others. The posts collected begin while they are in use."""
    rng = np.random.default_rng([seed, 2])
    making = _Making(rng, settings)
    chance = making.activity / making.activity.sum()
    for _ in range(_HASHTAGS):
        a_day = float(np.exp(rng.uniform(np.log(5), np.log(500))))
        for day in range(settings.days):
            count = rng.poisson(2 * a_day * rng.lognormal(0, 0.4))  # about half are asleep
            accounts = rng.choice(settings.accounts, count, p=chance)
            at = START + (day + rng.random(count)) * DAY
            up = making.awake(accounts, at)
            making.post(accounts[up], at[up], Shared.HASHTAG)
            making.objects -= 1
        making.objects += 1
    return _rows(making)


def _people(making: _Making) -> None:
    """What people post on their own: most of it by few, some of it by hundreds."""
    rng, settings = making.rng, making.settings
    for _ in range(settings.objects_a_day * settings.days):
        count = int(np.clip(2 * rng.pareto(settings.heavy) + 1, 1, settings.accounts / 6))
        born = START + rng.uniform(0, settings.days) * DAY
        middle = settings.slow * rng.lognormal(0, 1.2)
        kind = rng.choice([Shared.PICTURE, Shared.WORDS, Shared.HASHTAG, Shared.LINK])
        accounts = making.some(count)
        making.post(accounts, born + making.delays(middle, len(accounts)), kind, asleep=True)


def _news(making: _Making, rooms: NDArray[np.int64]) -> list[float]:
    """News: newsrooms have it within minutes, people for hours; when each broke."""
    rng, settings = making.rng, making.settings
    born = START + rng.uniform(0, settings.days, int(settings.news_a_day * settings.days)) * DAY
    day = START + rng.integers(0, settings.days) * DAY
    born = np.concatenate([born, day + rng.uniform(6, 20, settings.breaking) * HOUR])
    for one in born:
        size = float(rng.lognormal(0, 0.7))
        first = rng.choice(rooms, rng.binomial(len(rooms), min(0.8, 0.35 * size)), replace=False)
        making_at = one + making.delays(settings.newsroom_delay, len(first), 1.0)
        people = making.some(int(min(60 * size, settings.accounts / 4)))
        at = one + making.delays(settings.news_delay, len(people), 1.1)
        down = ~making.awake(people, at)
        at[down] += rng.uniform(2, 9, int(down.sum())) * HOUR
        making.post(np.concatenate([first, people]), np.concatenate([making_at, at]), Shared.LINK)
    return born.tolist()


def _agency(making: _Making, rooms: NDArray[np.int64]) -> None:
    rng, settings = making.rng, making.settings
    customers = rng.choice(rooms, max(2, len(rooms) // 2), replace=False)
    for _ in range(int(settings.agency_a_day * settings.days)):
        born = START + rng.uniform(0, settings.days) * DAY
        takes = rng.choice(
            customers, rng.binomial(len(customers), rng.uniform(0.2, 0.6)), replace=False
        )
        later = making.some(rng.poisson(4))
        at = np.concatenate(
            [
                born + making.delays(settings.agency_delay, len(takes), 1.0),
                born + making.delays(4 * HOUR, len(later)),
            ]
        )
        making.post(np.concatenate([takes, later]), at)


def _matches(making: _Making) -> None:
    rng, settings = making.rng, making.settings
    fans = rng.choice(settings.accounts, min(settings.fans, settings.accounts // 3), replace=False)
    for _ in range(settings.matches):
        kickoff = START + (rng.integers(0, settings.days) + 0.75) * DAY
        watching = rng.choice(fans, int(0.6 * len(fans)), replace=False)
        for _ in range(settings.clips):
            count = int(np.clip(rng.lognormal(2.6, 0.8), 3, len(watching)))
            at = kickoff + rng.uniform(0, 2) * HOUR
            who = making.some(count, watching)
            making.post(who, at + making.delays(settings.clip_delay, len(who), 1.0))


def _scheduled(making: _Making, rooms: NDArray[np.int64]) -> None:
    """Newsrooms that post agencies' pictures and links at full hours, in the first seconds."""
    rng, settings = making.rng, making.settings
    for _ in range(3 * settings.days):
        hour = START + rng.integers(0, settings.days * 24) * HOUR
        takes = rng.choice(rooms, rng.binomial(len(rooms), 0.25), replace=False)
        later = rng.integers(0, 6, len(takes)) * HOUR
        people = making.some(rng.poisson(5))
        at = np.concatenate(
            [
                hour + later + rng.uniform(0, 5, len(takes)),
                hour + making.delays(3 * HOUR, len(people)),
            ]
        )
        making.post(np.concatenate([takes, people]), at, Shared.LINK)


def _sisters(making: _Making) -> tuple[Explanation, ...]:
    rng, settings = making.rng, making.settings
    stated = []
    for _ in range(settings.sisters):
        mine = rng.choice(settings.accounts, rng.integers(2, 6), replace=False)
        stated.append(Explanation(Explaining.SAME_OWNER, tuple(sorted(mine.tolist()))))
        for _ in range(rng.integers(10, 40)):
            born = START + rng.uniform(0, settings.days) * DAY
            late = making.some(rng.poisson(3))
            at = np.concatenate(
                [born + rng.exponential(60, len(mine)), born + making.delays(4 * HOUR, len(late))]
            )
            making.post(np.concatenate([mine, late]), at)
    return tuple(stated)


def _drive(
    making: _Making, scenario: Scenario, members: NDArray[np.int64], news: list[float]
) -> None:
    rng, settings = making.rng, making.settings
    for _ in range(scenario.posts):
        begin = START + rng.uniform(0.2, settings.days - 0.2) * DAY
        if scenario.on_hour:
            begin = START + rng.integers(6, settings.days * 24 - 6) * HOUR
        if scenario.public:
            begin = float(rng.choice(news)) + rng.uniform(0.2, 2) * HOUR
        part = rng.uniform(*scenario.part)
        count = max(2, round(part * len(members)))
        takes = rng.choice(members, count, replace=False)
        at = begin + rng.uniform(0, scenario.within, count)
        variant = rng.integers(0, scenario.variants, count)
        for one in range(scenario.variants):
            mine = variant == one
            late = making.some(rng.poisson(scenario.outsiders))
            middle = 1 * HOUR if scenario.popular else 5 * HOUR
            more = begin + scenario.within + making.delays(middle, len(late))
            if scenario.public:
                late = making.some(150)
                more = begin - HOUR + making.delays(settings.news_delay, len(late), 1.1)
            making.post(np.concatenate([takes[mine], late]), np.concatenate([at[mine], more]))


def _rows(making: _Making) -> Rows:
    rng, settings = making.rng, making.settings
    at = np.concatenate(making.at)
    inside = (at >= START) & (at < START + settings.days * DAY)
    rows = np.empty(int(inside.sum()), ROW)
    rows["account"] = np.concatenate(making.account)[inside]
    rows["object"] = np.concatenate(making.object)[inside]
    rows["kind"] = np.concatenate(making.kind)[inside]
    rows["at"] = at[inside]
    rows["resolution_s"] = 1
    rows["zone_known"] = True
    rows["client"] = NO_CLIENT
    rows["forward"] = rng.random(len(rows)) < 0.03
    rows["post"] = np.arange(len(rows))
    kept = rng.random(settings.accounts)
    coarse = kept[rows["account"]]
    minute = coarse < settings.minutes
    date = (coarse >= settings.minutes) & (coarse < settings.minutes + settings.dates)
    rows["at"] = np.floor(rows["at"])
    rows["at"][minute] -= rows["at"][minute] % MINUTE
    rows["at"][date] -= rows["at"][date] % DAY
    said = rng.random(settings.accounts) < 0.5  # half of the imports say how fine their times are
    rows["resolution_s"][minute & said[rows["account"]]] = MINUTE
    rows["resolution_s"][date & said[rows["account"]]] = DAY
    return rows


def smaller(settings: Settings, part: float) -> Settings:
    """A world of fewer accounts, in which each does as much."""
    counts = ("accounts", "objects_a_day", "newsrooms", "fans", "schedulers", "sisters")
    return replace(
        settings, **{name: max(2, int(getattr(settings, name) * part)) for name in counts}
    )
