"""Do the accounts that posted it count as voices that are independent of each other?

Reads which accounts posted the same things together, among the posts collected here, and what
people stated of them.

Outcomes: noted, accounts that posted the picture, or one that matches it, posted the same together
so often that they are not shown to be independent. Otherwise there is no finding.

Errs: independent accounts that take from one agency or follow one event coincide, too. That nothing
is noted shows no independence.

Example: the 34 accounts that posted the same within 10 minutes of each other count as one voice
until something else shows that they are several.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.records import Finding, Outcome, Pillar, say, say_many

PILLAR = Pillar.MOTIVATION


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note the largest group."""
    groups = (one for one in circumstances.coincidences if one.sign or one.window_s)
    for one in groups:
        yield Finding(
            check="not_independent",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say_many(
                "{count} account posted it together with others: as voices they are not shown to be"
                " independent of each other.",
                "{count} accounts posted it and other things together: as voices they are not shown"
                " to be independent of each other.",
                one.accounts,
            ),
            read_from="posts",
            caution=say("Why they post the same times do not tell; news alone can do it."),
            items=("independent", "propaganda"),
        )
        return
