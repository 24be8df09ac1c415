"""How reliable did this desk grade an account that posted the picture?

Reads the grades that people at this desk gave to accounts whose posts, among those collected here,
show the picture or one that matches it; of each the last one.

Outcomes: noted, the account has a grade. Otherwise there is no finding.

Errs: a grade is somebody's judgement of other posts, by the Admiralty code; reliable accounts post
what is wrong, and unreliable ones what is right.

Example: @w_salahadden was graded E (unreliable) by Sara on 3 March.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.records import Finding, Instant, Outcome, Pillar, say

PILLAR = Pillar.SOURCE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note the grade of each account that has one."""
    for account in circumstances.voices:
        if account.graded is None:
            continue
        yield Finding(
            check="account_graded",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say(
                "{name}, which posted it, was graded {grade} here by {person}, {when}.",
                name=account.name,
                grade=account.graded.value,
                person=account.graded.by,
                when=Instant(at=account.graded.at),
            ),
            read_from="account",
            raw=account.name,
            caution=say(
                "From A (reliable) to F (cannot be judged). It is no grade of the picture."
            ),
            items=("history", "uploader"),
        )
