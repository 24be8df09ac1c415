"""Is an account that posted the picture new to this desk?

Reads the posts that were collected here, of accounts whose posts show the picture or one that
matches it.

Outcomes: noted, all that this desk holds of the account are posts of this picture. Otherwise there
is no finding.

Errs: what this desk did not collect it does not know. The account may be old.

Example: among 4,000 posts collected here, the one with this picture is the only one of @w_salah.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.records import Finding, Outcome, Pillar, say

PILLAR = Pillar.SOURCE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note each account of which nothing else was collected."""
    for account in circumstances.voices:
        if account.posts != sum(one.account_id == account.id for one in circumstances.posts):
            continue
        yield Finding(
            check="account_new_here",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say(
                "{name} is new here: among the posts that this desk holds, it posted nothing else.",
                name=account.name,
            ),
            read_from="account",
            raw=account.name,
            caution=say("This desk knows what it collected; the account may be old."),
            items=("history", "uploader"),
        )
