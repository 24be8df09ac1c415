"""A report: what it is made of, and its content in a reader's language, before any layout.

`Gathered` is what the desk knows of a case at one head of its custody chain. `Report` is that as
blocks of text, as a profile narrows it: the page and the PDF lay out the same one.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from verify.records.care import Picture
from verify.records.cases import Note
from verify.records.claims import Claim
from verify.records.coincidences import CampaignReport
from verify.records.ledger import Ledger, StatedContradiction
from verify.records.posts import Appearances
from verify.records.record import Record
from verify.records.reports import CaseReport


class Depicted(StrEnum):
    """Which pictures go into a report: none, those that no source was promised to keep, or all."""

    NONE = "none"
    UNSEALED = "unsealed"
    ALL = "all"


class CustodyLine(Record, frozen=True):
    """An event of the custody record, as it is hashed; person: for readers."""

    id: int
    at: datetime
    kind: str
    person: str
    hash: str


class Shown(Record, frozen=True):
    """A picture as it stands in a report, or why none does.

    picture: None where it cannot be decoded, or is withheld. covered: whether it shows what is
    covered elsewhere: then it is a drawing of its lines.
    """

    picture: Picture | None = None
    covered: bool = False


class MadeReport(Record, frozen=True):
    """That a report was made. version: how many verdicts were confirmed. format: `html` or `pdf`.

    head: of the custody chain at which it was made. given: to whom it went, as people noted.
    """

    id: int
    case_id: int
    version: int
    profile: str
    language: str
    format: str
    head: str
    sha256: str
    by: str
    at: datetime
    given: tuple[str, ...] = ()


class Gathered(Record, frozen=True):
    """All that a report can say of a case.

    head: the hash of the last custody event when it was read. claims: every version of each claim,
    the first first. reopened: the notes that say why the case was reopened. seen: where exhibits
    and their copies stood, by exhibit. stated: what people said contradicts. ledger: what was
    said of its exhibits. pictures: by exhibit; cards: incoming and earlier picture side by side, by
    match. campaign: what accounts posted together of what the case shows, where anything is told.
    """

    case: CaseReport
    head: str
    claims: tuple[tuple[Claim, ...], ...] = ()
    reopened: tuple[Note, ...] = ()
    seen: dict[int, Appearances] = msgspec.field(default_factory=dict)
    custody: tuple[CustodyLine, ...] = ()
    stated: tuple[StatedContradiction, ...] = ()
    ledger: Ledger | None = None
    pictures: dict[int, Shown] = msgspec.field(default_factory=dict)
    cards: dict[int, Shown] = msgspec.field(default_factory=dict)
    campaign: CampaignReport | None = None


class Line(Record, frozen=True, tag="line"):
    """A line of text. kind: "" for an ordinary one, `strong`, `small`, or `warning`."""

    text: str
    kind: str = ""


class Facts(Record, frozen=True, tag="facts"):
    """Pairs of a name and what stands for it."""

    rows: tuple[tuple[str, str], ...]


class Bullets(Record, frozen=True, tag="bullets"):
    """Lines of equal weight. numbered: whether their order counts."""

    items: tuple[str, ...]
    numbered: bool = False


class Code(Record, frozen=True, tag="code"):
    """What programs read: a digest, a command. label: what it is."""

    label: str
    text: str


class Entry(Record, frozen=True, tag="entry"):
    """Something that was seen or answered. kind: an `Outcome` or `Reply`; mark: that, in words.
    details: the lines under it."""

    kind: str
    mark: str
    text: str
    details: tuple[str, ...] = ()


class Figure(Record, frozen=True, tag="figure"):
    """A picture. alt: what it is, in words. cover: why it is covered; "" where it is not. caption:
    what stands under it. tall: whether it may take most of a page, to be read. small: whether it is
    one of many."""

    image: bytes
    alt: str
    caption: str = ""
    cover: str = ""
    tall: bool = False
    small: bool = False


class Table(Record, frozen=True, tag="table"):
    """Rows under a header. codes: the columns that hold digests and times. links: for each row the
    id to which its first cell leads; empty where none does."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    codes: tuple[int, ...] = ()
    links: tuple[str, ...] = ()


class Heading(Record, frozen=True, tag="heading"):
    """The title of what follows within a section. id: by which links lead to it."""

    id: str
    text: str


Block = Line | Facts | Bullets | Code | Entry | Figure | Table | Heading


class Section(Record, frozen=True):
    """A part of a report. id: by which links lead to it, the same in every language."""

    id: str
    title: str
    blocks: tuple[Block, ...]


class Report(Record, frozen=True):
    """A report in one language. Text holds isolates (U+2066 to U+2069) and no other controls.

    profile: its name, as commands take it. language: a code. head: of the custody chain. contents,
    open_cover, closed_cover: words of the layout itself: over the list of sections, on a cover, and
    in print instead of it.
    """

    case: int
    version: int
    title: str
    subtitle: str
    profile: str
    language: str
    right_to_left: bool
    head: str
    contents: str
    open_cover: str
    closed_cover: str
    sections: tuple[Section, ...]
