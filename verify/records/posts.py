"""What stood somewhere on a network: posts, by whom, and what an export lacks of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from verify.records.record import Record
from verify.records.sentences import Sentence
from verify.records.verdicts import Rating


class PlaceKind(StrEnum):
    """What kind of place a post stood in: a public channel or group, a closed group, a talk of two.

    PROFILE: an account's own page, where there is no place beside it.
    """

    PROFILE = "profile"
    CHANNEL = "channel"
    GROUP = "group"
    CLOSED_GROUP = "closed_group"
    PRIVATE = "private"


class Attachment(Record, frozen=True):
    """A file of a post, as its export names it.

    path: below the folder of the export, with `/` between parts; "" where the export names none.
    missing: why the export lacks it, in the export's own words; "" where it should be there.
    kind: what the export calls it (`photo`, `video_file`, ...), "" where it says nothing.
    """

    path: str = ""
    missing: str = ""
    kind: str = ""


class Post(Record, frozen=True, tag="post"):
    """One post, as an export has it: what stood where, by whom, when.

    network: `telegram`, `whatsapp`, `x`, `youtube`, ... place: the channel or group that it stood
    in, by its id there; "" where posts have ids of their own over the whole network. place_name:
    what that is called. id: the post's id there; "" where the export has none.
    account: the id of who posted it that never changes; "" where the export has none. name, handle:
    theirs at that time; handle without @. person: whether that is a private person, a member of a
    chat, and no public voice.
    at: `YYYY-MM-DDTHH:MM:SS`, `YYYY-MM-DDTHH:MM` or `YYYY-MM-DD`; with `Z` behind it in UTC,
    without where the export names no zone; "" where no time is known. resolution_s: how finely that
    is known, in seconds. impossible: what stands there in place of a time, where it is none.
    shortened: how many characters come in at most of something that is longer; 0 where nothing is.
    edited_at: as `at`.
    links, hashtags: in their order, each once; hashtags without #. client: what it was posted with.
    forwarded_from: a name or an id. reply_to: the id of the post that it answers.
    link: where it stands or stood, "" where that is not known.
    """

    network: str
    id: str = ""
    place: str = ""
    place_name: str = ""
    place_kind: PlaceKind = PlaceKind.PROFILE
    account: str = ""
    name: str = ""
    handle: str = ""
    person: bool = False
    at: str = ""
    resolution_s: int = 1
    impossible: str = ""
    shortened: int = 0
    edited_at: str = ""
    text: str = ""
    links: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    client: str = ""
    forwarded_from: str = ""
    reply_to: str = ""
    link: str = ""
    media: tuple[Attachment, ...] = ()

    @property
    def zone_known(self) -> bool:
        """Whether its time is a point in time."""
        return self.at.endswith("Z")

    @property
    def in_closed_chat(self) -> bool:
        """Whether it is by a member of a closed chat."""
        closed = (PlaceKind.CLOSED_GROUP, PlaceKind.PRIVATE)
        return self.person and self.place_kind in closed


class Unread(Record, frozen=True, tag="unread"):
    """A part of an export that was left out. what: which one; why: the reason."""

    what: str
    why: Sentence


class PostEventKind(StrEnum):
    """What became of a post: it was edited, or a later export of its place lacks it."""

    EDITED = "edited"
    GONE = "gone"


class PostEvent(Record, frozen=True):
    """What became of a post. at: of an edit when, as `Post.at`; else when the export came in, in
    UTC. text: what stood there before an edit, or between two."""

    kind: PostEventKind
    at: str
    text: str = ""


class KeptPost(Record, frozen=True):
    """A post as the archive has it.

    earliest, latest: within which moments it was posted, None where nothing tells. account_id: 0
    where nothing says whose it is. missing: how many of its files its export lacks. exhibits: the
    SHA-256 of the others, in their order. events: what became of it.
    """

    id: int
    post: Post
    account_id: int
    earliest: datetime | None
    latest: datetime | None
    missing: int
    exhibits: tuple[str, ...]
    events: tuple[PostEvent, ...] = ()

    @property
    def called(self) -> set[str]:
        """All that names who posted it, in small letters, handles without @."""
        names = (self.post.name, self.post.handle, self.post.account, self.shown_by)
        return {name.casefold() for name in names if name}

    @property
    def shown_by(self) -> str:
        """Who posted it, as people name them; "" where nothing says."""
        return shown_name(self.post.name, self.post.handle) or self.post.account

    def surely_before(self, other: KeptPost) -> bool:
        """Whether it was posted earlier, by all that is known of both times."""
        return bool(self.latest and other.earliest) and self.latest <= other.earliest  # type: ignore[operator]


class AccountName(Record, frozen=True):
    """What an account was called, and when it first and last posted so; None where no post of that
    name tells its time."""

    name: str
    handle: str
    first: datetime | None
    last: datetime | None


class AccountState(StrEnum):
    """What somebody saw of an account."""

    SEEN = "seen"
    RENAMED = "renamed"
    SUSPENDED = "suspended"
    DELETED = "deleted"
    BACK = "back"
    UNREACHABLE = "unreachable"


class AccountEvent(Record, frozen=True):
    """That an account was looked at. at: when. link: an archived page that shows it."""

    kind: AccountState
    at: datetime
    by: str
    link: str = ""
    note: str = ""


class Relation(StrEnum):
    """What somebody states of an account.

    RELIABLE: how far it can be relied on, a letter of the Admiralty code. SAME_OWNER: with which
    account it has one owner; CUSTOMER_OF: which agency's pictures and words it may use.
    """

    RELIABLE = "reliable"
    SPEAKS_FOR = "speaks_for"
    SUCCESSOR_OF = "successor_of"
    RIVAL_OF = "rival_of"
    SAME_HANDS = "same_hands"
    SAME_OWNER = "same_owner"
    CUSTOMER_OF = "customer_of"


class Statement(Record, frozen=True):
    """What somebody at this desk states of an account; it stays inside the desk.

    value: a grade from A to F, or the name of whom or what the account relates to. reason: why.
    look_again: the day on which to look again, or "".
    """

    kind: Relation
    value: str
    reason: str
    by: str
    at: datetime
    look_again: str = ""


class Account(Record, frozen=True):
    """An account, and under which names it posted, the first first.

    key: the id that never changes, where there is one; else the handle or the name.
    """

    id: int
    network: str
    key: str
    person: bool
    names: tuple[AccountName, ...]


class Poster(Record, frozen=True):
    """An account that posted a picture, and what this desk knows of it.

    posts: how many of its posts are here, counted to a thousand. seen: what somebody saw of it
    last. graded: its last grade. out_of_context: SHA-256 of what it posted and was concluded to be
    that, or of which a copy was.
    """

    id: int
    name: str
    posts: int
    seen: AccountEvent | None = None
    graded: Statement | None = None
    out_of_context: frozenset[str] = frozenset()


class AccountReport(Record, frozen=True):
    """All that the archive knows of an account, as far as a reader may see it.

    exhibits: SHA-256 of what it posted. first, later: of how many pictures it surely had the first
    post among those collected here, or surely a later one. forwards: whom it forwards, and how
    often. grade: reliability, A to F, "" where nobody graded it. statements: all of them, the first
    first; the last of a kind about the same counts. verdicts: what was concluded about what it
    posted, and how often. compared: of how many of a hundred pictures and films here first and
    later are known; None for all. edited, gone: how many of its posts were edited, or are no longer
    in a later export.
    """

    account: Account
    events: tuple[AccountEvent, ...]
    posts: int
    first_seen: datetime | None
    last_seen: datetime | None
    exhibits: tuple[str, ...]
    first: int
    later: int
    forwards: tuple[tuple[str, int], ...]
    statements: tuple[Statement, ...] = ()
    verdicts: tuple[tuple[Rating, int], ...] = ()
    compared: int | None = None
    edited: int = 0
    gone: int = 0

    @property
    def grade(self) -> str:
        """How reliable it was graded last, A to F; "" where nobody did."""
        grades = [one.value for one in self.statements if one.kind is Relation.RELIABLE]
        return grades[-1] if grades else ""

    @property
    def state(self) -> AccountState | None:
        """What was seen of it last; None where nobody looked."""
        return self.events[-1].kind if self.events else None


class Addressed(Record, frozen=True):
    """An address of a post that came with a picture, as of a screenshot. network: as people call
    it. post: the post itself, where the archive has it."""

    link: str
    network: str
    post: KeptPost | None = None


class Appearances(Record, frozen=True):
    """Where an exhibit and its copies stood: posts in the order of their times, those without one
    last. first: whether the first of them is surely before all others that tell a time. compared:
    of how many of a hundred pictures and films here that is known; None for all. addressed: posts
    whose addresses came with it, but for those in `posts`."""

    posts: tuple[KeptPost, ...]
    first: bool
    compared: int | None = None
    addressed: tuple[Addressed, ...] = ()

    @property
    def accounts(self) -> int:
        """How many accounts posted it."""
        return len({one.account_id or -one.id for one in self.posts})


def shown_name(name: str, handle: str) -> str:
    """An account as people name it: by its handle, else by its name."""
    return f"@{handle}" if handle else name
