"""What stood somewhere on a network: posts, by whom, and what an export lacks of them."""

from __future__ import annotations

from enum import StrEnum

from verify.records.record import Record
from verify.records.sentences import Sentence


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


class Post(Record, frozen=True):
    """One post, as an export has it: what stood where, by whom, when.

    network: `telegram`, `whatsapp`, `x`, `youtube`, ... place: the channel or group that it stood
    in, by its id there; "" where posts have ids of their own over the whole network. place_name:
    what that is called. id: the post's id there; "" where the export has none.
    account: the id of who posted it that never changes; "" where the export has none. name, handle:
    theirs at that time; handle without @. person: whether that is a private person, a member of a
    chat, and no public voice.
    at: `YYYY-MM-DDTHH:MM:SS`, `YYYY-MM-DDTHH:MM` or `YYYY-MM-DD`; with `Z` behind it in UTC,
    without where the export names no zone; "" where no time is known. resolution_s: how finely that
    is known, in seconds. edited_at: as `at`.
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


class Unread(Record, frozen=True):
    """A part of an export that was left out. what: which one; why: the reason."""

    what: str
    why: Sentence
