"""What is told of campaigns, with the accounts and objects by name: see `verify.records.campaigns`
for what is computed."""

from __future__ import annotations

from datetime import datetime

from verify.records.campaigns import Campaigns, Shared, Trail
from verify.records.posts import KeptPost, shown_name
from verify.records.record import Record


class CampaignFilter(Record, frozen=True):
    """What of the campaigns is asked for; "" and 0 for everything.

    since: posts from then on alone, aware. account: by its id, handle or name; hashtag: with or
    without #; case_id: what shares a picture with it.
    """

    since: datetime | None = None
    account: str = ""
    hashtag: str = ""
    case_id: int = 0


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
    """That a post has an object: whose it is, and when, aware, as finely as that is known."""

    post: int
    account: int
    object: int
    at: datetime
    resolution_s: float


class CampaignReport(Record, frozen=True):
    """What coincides among the posts that a reader may see.

    told: by numbers, narrowed to what was asked for; its counts are of all posts looked at.
    sharers, objects, clients: what these numbers stand for. appearances: of these objects, in the
    order of their times, at most `MOST_APPEARANCES`; those of others than the accounts of groups go
    first where there are more. undated: posts whose time is not known, which take no part.
    """

    asked: CampaignFilter
    told: Campaigns
    sharers: dict[int, Sharer]
    objects: dict[int, SharedObject]
    clients: dict[int, str]
    appearances: tuple[Appearance, ...]
    undated: int = 0

    @property
    def tells(self) -> bool:
        """Whether anything coincides."""
        told = self.told
        return bool(told.groups or told.by_machine or told.scheduled or told.waves)


class TrailReport(Record, frozen=True):
    """The way of what an exhibit shows, and the posts that it names in the order of their times."""

    trail: Trail
    posts: tuple[KeptPost, ...]


MOST_APPEARANCES = 20_000
