"""What is told of campaigns, with the accounts and objects by name: see `verify.records.campaigns`
for what is computed."""

from __future__ import annotations

from datetime import datetime

from verify.records.campaigns import Campaigns, Explaining, MachineSign, Shared, Trail
from verify.records.posts import KeptPost, shown_name
from verify.records.record import Record
from verify.records.sentences import Sentence, say, say_many


class CampaignFilter(Record, frozen=True):
    """What of the campaigns is asked for; "" and 0 for everything.

    since: posts from then on alone, aware. account: by its id, handle or name; hashtag: with or
    without #; case_id: what shares a picture with it.
    """

    since: datetime | None = None
    account: str = ""
    hashtag: str = ""
    case_id: int | None = None


class Sharer(Record, frozen=True):
    """An account that posted in public, by its last names here. key: as `Account.key`."""

    id: int
    network: str
    key: str
    name: str
    handle: str

    @property
    def shown(self) -> str:
        """As people name it."""
        return shown_name(self.name, self.handle) or self.key


class SharedObject(Record, frozen=True):
    """What accounts posted.

    text: the words, the hashtag without #, or the link; "" for pictures. exhibits: SHA-256 of the
    near copies that were posted, () for others. accounts, posts: how many had it here.
    """

    id: int
    kind: Shared
    text: str
    exhibits: tuple[str, ...]
    accounts: int
    posts: int


class Appearance(Record, frozen=True):
    """That a post has an object: whose it is, and when, aware, as finely as that is known; as if
    it were UTC's where no zone is known."""

    post: int
    account: int
    object: int
    at: datetime
    resolution_s: float
    zone_known: bool = True


class CampaignReport(Record, frozen=True):
    """What coincides among the posts that a reader may see.

    told: by numbers, narrowed to what was asked for; its counts are of all posts looked at.
    sharers, objects, clients: what these numbers stand for. appearances: of these objects, in the
    order of their times, at most `MOST_APPEARANCES`; those of others than the accounts of groups go
    first where there are more. undated: posts whose time is not known, which take no part;
    closed: nor do those of closed chats.
    """

    asked: CampaignFilter
    told: Campaigns
    sharers: dict[int, Sharer]
    objects: dict[int, SharedObject]
    clients: dict[int, str]
    appearances: tuple[Appearance, ...]
    undated: int = 0
    closed: int = 0

    @property
    def tells(self) -> bool:
        """Whether anything coincides."""
        told = self.told
        return bool(told.groups or told.by_machine or told.scheduled or told.waves)


class Coincidence(Record, frozen=True):
    """What coincides among the posts that everybody at the desk may see, for an exhibit concerned.

    accounts: how many. Of a group, see `AccountGroup`: window_s, occasions, outsiders, forwards,
    explained. sign: why posts look as if a program made them. Of a wave: first, last, observed,
    usual; alone: no group and no program that was told took part in it.
    """

    accounts: int
    window_s: int = 0
    occasions: int = 0
    outsiders: int = 0
    forwards: bool = False
    explained: tuple[Explaining, ...] = ()
    sign: MachineSign | None = None
    first: datetime | None = None
    last: datetime | None = None
    observed: int = 0
    usual: float = 0.0
    alone: bool = False


def window_time(seconds: int) -> Sentence:
    """A window of a group, in the largest unit that it is whole in."""
    if seconds >= 3600 and seconds % 3600 == 0:
        return say_many("{count} hour", "{count} hours", seconds // 3600)
    if seconds >= 60:
        return say_many("{count} minute", "{count} minutes", seconds // 60)
    return say_many("{count} second", "{count} seconds", seconds)


def usual_posts(number: float) -> Sentence | float | int:
    """How many posts would be usual in the hour of a wave."""
    if number < _HARDLY:
        return say("hardly any")
    return round(number, 1) if number < 10 else round(number)


class TrailReport(Record, frozen=True):
    """The way of what an exhibit shows, and the posts that it names in the order of their times.

    Of hops, `changed` names `picture` where another extent of it stood first, and `words`.
    """

    sha256: str
    trail: Trail
    posts: tuple[KeptPost, ...]


MOST_APPEARANCES = 20_000
_HARDLY = 0.05  # posts in an hour
