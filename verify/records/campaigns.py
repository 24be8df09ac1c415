"""What accounts posted together, by the clock, by a machine, in waves, and what explains it.

Accounts, objects and posts are numbers that the caller gave them. All counts are among the posts
that were handed in.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum

from verify.records.record import Record


class Shared(IntEnum):
    """What an object is that several accounts posted: a cluster of near copies of a picture or
    film, words to the letter, words nearly alike, a hashtag, a link."""

    PICTURE = 0
    WORDS = 1
    ALIKE = 2
    HASHTAG = 3
    LINK = 4


class Layer(StrEnum):
    """Whether posts of their own coincide or forwards, which are looked at apart."""

    POSTS = "posts"
    FORWARDS = "forwards"


class Explaining(StrEnum):
    """What people state of accounts that explains why they post the same."""

    SAME_OWNER = "same_owner"
    ONE_AGENCY = "one_agency"


class Explanation(Record, frozen=True):
    """That accounts have one owner, or are customers of one agency: all of them, pair by pair."""

    kind: Explaining
    accounts: tuple[int, ...]


class Evidence(Record, frozen=True):
    """What was counted for a group.

    links: over all its objects, how many members posted it within the window, beyond the first.
    expected: how many if each object's own curve alone brought the members together. outsiders: how
    many rows others made with the same objects. occasions: how many times, apart from each other,
    at least three members posted the same.
    """

    links: int
    expected: float
    outsiders: int
    occasions: int


class AccountGroup(Record, frozen=True):
    """Accounts that posted the same objects closer in time than the objects' own curves explain.

    accounts: ascending. objects: those in which at least two of them coincided. posts: the posts
    that did. window_s: in seconds, the window in which most of the group coincided. first, last:
    of those posts, aware, UTC. explained: what people stated that links every member to the others;
    () where nothing does.
    """

    accounts: tuple[int, ...]
    objects: tuple[int, ...]
    posts: tuple[int, ...]
    window_s: int
    first: datetime
    last: datetime
    layer: Layer
    evidence: Evidence
    explained: tuple[Explanation, ...] = ()


class ScheduledPosts(Record, frozen=True):
    """An account that posts at full minutes, or at certain ones of the hour, beyond its network's
    rhythm. Newsrooms do so too.

    minutes: of the hour, ascending; () for full minutes whichever they are. posts: how many of it
    have times fine enough. observed: how many of these stand there; expected: how many would.
    """

    account: int
    minutes: tuple[int, ...]
    posts: int
    observed: int
    expected: float


class MachineSign(StrEnum):
    """Why posts of many accounts look as if a program made them: one rare client named, the same
    words to the letter within seconds, the same objects in the same order."""

    CLIENT = "client"
    WORDS = "words"
    ORDER = "order"


class ByMachine(Record, frozen=True):
    """Accounts whose posts look made by one program.

    objects: in which it shows, for `ORDER` in that order. posts: those that show it. client: the
    number of the client named; None where it shows otherwise. window_s: within how many seconds;
    0 where time plays no part. explained: as in `AccountGroup`.
    """

    sign: MachineSign
    accounts: tuple[int, ...]
    objects: tuple[int, ...]
    posts: tuple[int, ...]
    client: int | None = None
    window_s: int = 0
    explained: tuple[Explanation, ...] = ()


class Wave(Record, frozen=True):
    """An object that distinct accounts posted far more often than before.

    first, last: of the wave's posts, aware, UTC. posts, accounts: how many in it. usual: how many
    posts its earlier rate would bring in the hour in which it was told, `observed` that hour's.
    """

    object: int
    first: datetime
    last: datetime
    posts: int
    accounts: int
    observed: int
    usual: float


class Hop(Record, frozen=True):
    """A way from one post of an object to another.

    known: the later one is a forward of the earlier; otherwise it is inferred from the order of
    times, and may be wrong. changed: names of what differs from the earlier post (`picture`,
    `words`), as the caller gave it.
    """

    source: int
    post: int
    known: bool
    changed: tuple[str, ...] = ()


class Trail(Record, frozen=True):
    """Who had an object first here, and through whom it went.

    first: posts that may be the first: several where their times are not fine enough to tell.
    hops: in the order of the later posts. undated: posts without a time that says an order.
    """

    object: int
    first: tuple[int, ...]
    hops: tuple[Hop, ...]
    undated: tuple[int, ...] = ()


class Measured(Record, frozen=True):
    """How often groups were told in made-up worlds that hold none.

    worlds: how many; wrong: in how many of them a group was told. date: when it was measured, by
    script.
    """

    worlds: int
    wrong: int
    date: str
    script: str


class Campaigns(Record, frozen=True):
    """All that is told of the rows handed in.

    too_few: accounts with too few posts for the test of groups, among the `accounts` there are.
    posts: distinct posts. too_coarse: those that take part in no window because their times are
    too coarse or their zone is unknown.
    """

    groups: tuple[AccountGroup, ...]
    scheduled: tuple[ScheduledPosts, ...]
    by_machine: tuple[ByMachine, ...]
    waves: tuple[Wave, ...]
    too_few: int
    accounts: int
    posts: int
    too_coarse: int
    measured: Measured
