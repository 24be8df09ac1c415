"""What only the holders of a key can read of a source."""

from __future__ import annotations

from verify.records.record import Record
from verify.records.submissions import Submission

SEALED = "sealed"
"""The service of a submission whose source is sealed."""

STAND_IN = "🔒"
"""The name of who stands in for a sealed sender: the same sign in every language."""


class SealedSource(Record, frozen=True):
    """Who brought a file and how it came, as it was before it was sealed.

    service, account, name: of who brought it; "" where an import had no sender.
    """

    submission: Submission
    service: str = ""
    account: str = ""
    name: str = ""
