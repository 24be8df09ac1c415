"""Was an account that posted the picture suspended or deleted since?

Reads what people at this desk noted of the accounts whose posts, among those collected here, show
the picture or one that matches it; of each the last that was seen.

Outcomes: noted, the account was found suspended or deleted. Otherwise there is no finding.

Errs: networks suspend accounts for many reasons, and people delete their own. It says nothing of
the picture.

Example: @w_salahadden posted it, and was suspended when somebody looked on 3 March.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.records import AccountState, Finding, Instant, Outcome, Pillar, say

PILLAR = Pillar.SOURCE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note each account that was found suspended or deleted."""
    for account in circumstances.voices:
        seen = account.seen
        if seen is None or seen.kind not in (AccountState.SUSPENDED, AccountState.DELETED):
            continue
        at = Instant(at=seen.at)
        summary = (
            say("{name}, which posted it, was found suspended {when}.", name=account.name, when=at)
            if seen.kind is AccountState.SUSPENDED
            else say(
                "{name}, which posted it, was found deleted {when}.", name=account.name, when=at
            )
        )
        yield Finding(
            check="account_suspended",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=summary,
            read_from="account",
            raw=account.name,
            caution=say("Networks suspend for many reasons; it says nothing of the picture."),
            items=("history", "uploader"),
        )
