"""A made-up world of posts: talk, an app that posts for its users, a scheduled hashtag, news.

Its days are those of the archive's channels, in June 2014. Every name is made up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from verify.records import Post

SEED = 21
BEGIN = datetime(2014, 6, 8, tzinfo=UTC)
CLIENT = "Fajr for Android"
TAG = "AllEyesOnTikrit"
NEWS = "https://news.example.org/2014/06/12/bridge"
APP = [f"app{n}" for n in range(15)]
CLOCK = [f"clock{n}" for n in range(12)]
_PEOPLE = [f"person{n}" for n in range(80)]
_DAYS = 7
_WORDS = [f"word{n}" for n in range(900)]


class _World:
    def __init__(self) -> None:
        self.by_chance = random.Random(SEED)
        self.number = 0

    def post(self, account: str, at: datetime, text: str, **more: object) -> Post:
        self.number += 1
        told = {"client": "Web", "handle": account, "account": account, "name": account, **more}
        return Post(
            network="x",
            id=str(self.number),
            at=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            text=text,
            **told,  # type: ignore[arg-type]
        )

    def words(self) -> str:
        return " ".join(self.by_chance.sample(_WORDS, self.by_chance.randint(6, 14)))

    def moment(self) -> datetime:
        """Some second of the day, seldom at night."""
        day = timedelta(days=self.by_chance.randrange(_DAYS))
        hour = min(23.99, max(0.0, self.by_chance.gauss(14, 4)))
        return BEGIN + day + timedelta(hours=hour)


def posts() -> list[Post]:
    """All of it, in the order of their times."""
    world = _World()
    every = [*_talk(world), *_app(world), *_clock(world), *_news(world)]
    return sorted(every, key=lambda one: one.at)


def _talk(world: _World) -> Iterator[Post]:
    """What people post on their own, with the hashtags of the week."""
    tags = [f"Week{n}" for n in range(40)]
    for account in (*_PEOPLE, *APP, *CLOCK):
        for _ in range(world.by_chance.randint(8, 20)):
            some = tuple(set(world.by_chance.choices(tags, k=2)))
            yield world.post(account, world.moment(), world.words(), hashtags=some)


def _app(world: _World) -> Iterator[Post]:
    """The same words from all its users within half a minute, nine times."""
    for _ in range(9):
        at, text = world.moment(), world.words()
        for account in APP:
            late = timedelta(seconds=world.by_chance.randrange(30))
            yield world.post(account, at + late, text, client=CLIENT)


def _clock(world: _World) -> Iterator[Post]:
    """A hashtag in different words, on the hour."""
    for day in range(4):
        for hour in (8, 11, 15, 20):
            at = BEGIN + timedelta(days=day + 1, hours=hour)
            for account in CLOCK:
                late = timedelta(seconds=world.by_chance.randrange(3))
                tags = (TAG, f"{TAG}{day}{hour}")
                yield world.post(account, at + late, world.words(), hashtags=tags)


def _news(world: _World) -> Iterator[Post]:
    """A report that people pass on, most of them in its first hours."""
    at = BEGIN + timedelta(days=4, hours=13, minutes=7)
    for account in world.by_chance.sample(_PEOPLE, 55):
        late = timedelta(minutes=world.by_chance.expovariate(1 / 70))
        yield world.post(account, at + late, world.words(), links=(NEWS,))
