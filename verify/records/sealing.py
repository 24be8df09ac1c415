"""What only the holders of a key can read of a source."""

from __future__ import annotations

from verify.records.claims import Claim
from verify.records.record import Record
from verify.records.submissions import Submission

SEALED = "sealed"
"""The service of a submission whose source is sealed."""

STAND_IN = "🔒"
"""The name of who stands in for a sealed sender: the same sign in every language."""


class SealedSource(Record, frozen=True):
    """Who brought a file and how it came, as it was before it was sealed.

    service, account, name: of who brought it; "" where an import had no sender.
    Of a case that was sealed afterwards also: accounts that people added, the caption as it was
    edited last, its claims, and what people wrote that named the source, by where it stood.
    """

    submission: Submission
    service: str = ""
    account: str = ""
    name: str = ""
    accounts: tuple[str, ...] = ()
    caption_now: str = ""
    claims: tuple[Claim, ...] = ()
    words: dict[str, str] = {}  # noqa: RUF012 - of a frozen record
