"""How long something is kept, and what a wipe is about."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from verify.records.record import Record


class LeftKind(StrEnum):
    """What left as a file."""

    EXPORT = "export"
    BAG = "bag"
    REPORT = "report"


class Keepable(StrEnum):
    """What has a date: a case, a source in all cases, an import of posts, an account that posts."""

    CASE = "case"
    SOURCE = "source"
    IMPORT = "import"
    ACCOUNT = "account"


class Keep(Record, frozen=True):
    """Until when something is kept. until: the last day; None where none is set. held: a legal hold
    stops each wipe, whatever the day."""

    until: date | None = None
    held: bool = False

    def over(self, today: date) -> bool:
        """Whether it is to be wiped by now."""
        return self.until is not None and self.until < today and not self.held


class LeftFile(Record, frozen=True):
    """A file that left with a case and that nothing calls back. kind: an export, a bag, a report.
    profile: what was in it; "" for everything."""

    kind: LeftKind
    on: date
    profile: str = ""


class Withdrawal(Record, frozen=True):
    """A pack that left with something that is wiped, by its number and name, to whom, when, and the
    case that went with it. file: what takes it back, for whoever has it; "" as long as it is not
    written."""

    number: int
    name: str
    recipients: tuple[str, ...]
    on: date
    case: int
    file: str = ""


class Wiped(Record, frozen=True):
    """What a wipe removed, and what it could not.

    case_id: of an import, below zero; of a source, an account or a sender the number under which
    what went was gathered. removed: digests of originals. shared: of those that others hold too.
    telegram: how many messages about it stand in Telegram's chats. exports: how often it, or a
    case in which it was, was exported or reported. files: which these were, the last ones. packs:
    those that it went with. copies: how often copies for others were
    handed out. emptied: of a source or a sender, the cases that are without a file now. left:
    digests of originals that the disk did not let go. compacted: whether the database was written
    anew without it, which is done apart. posts: of an import, how many of its posts stay, because
    other imports brought them too; imports: which.
    """

    case_id: int
    removed: tuple[str, ...]
    shared: tuple[str, ...]
    telegram: int
    exports: int
    files: tuple[LeftFile, ...] = ()
    packs: tuple[Withdrawal, ...] = ()
    copies: int = 0
    emptied: tuple[int, ...] = ()
    left: tuple[str, ...] = ()
    compacted: bool = False
    posts: int = 0
    imports: tuple[int, ...] = ()


class Kept(Record, frozen=True):
    """What has a day or a hold. name: the number of a case or an import; of a source or an account
    that, and whose it is."""

    kind: Keepable
    name: str
    keep: Keep
