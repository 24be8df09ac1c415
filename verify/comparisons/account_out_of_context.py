"""Was something else that the account posted concluded to be out of context?

Reads the verdicts of concluded cases at this desk, on other pictures that stand, or of which a copy
stands, in posts of accounts that posted this one.

Outcomes: noted, with how many. Otherwise there is no finding.

Errs: an account that was wrong before may be right now. Of accounts of which nobody checked
anything it says nothing.

Example: two other pictures that @w_salahadden posted were concluded to be out of context.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.records import Finding, Outcome, Pillar, say, say_many

PILLAR = Pillar.SOURCE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note for each account how many of its other pictures were out of context."""
    shown = {sha256 for one in circumstances.posts for sha256 in one.exhibits}
    for account in circumstances.voices:
        others = account.out_of_context - shown
        if not others:
            continue
        yield Finding(
            check="account_out_of_context",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say_many(
                "{count} other picture that {name} posted was concluded here to be out of context.",
                "{count} other pictures that {name} posted were concluded here to be out of"
                " context.",
                len(others),
                name=account.name,
            ),
            read_from="verdicts",
            raw=account.name,
            caution=say("Who was wrong before may be right now."),
            items=("history", "uploader"),
        )
