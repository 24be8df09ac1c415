"""Did it spread in a wave, and does anything but news speak from that?

Reads at which rate distinct accounts posted it and its near copies, among the posts collected here,
against the rate before and in the same hours of earlier days.

Outcomes: noted, far more accounts posted it within an hour than would be usual. Otherwise there is
no finding.

Errs: what was not collected here is not counted, and a collection begun that day has no days
before.

Example: 240 accounts posted it on 12 June, 90 times in one hour where 0.4 would be usual.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.records import Finding, Instant, Outcome, Pillar, say, say_many, usual_posts

PILLAR = Pillar.MOTIVATION


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note each wave, and whether nothing but news is needed to explain it."""
    for one in circumstances.coincidences:
        if not (one.first and one.last):
            continue
        told = say_many(
            "A wave: {count} account posted it between {first} and {last}; {observed} posts in one"
            " hour, where {usual} would be usual.",
            "A wave: {count} accounts posted it between {first} and {last}; {observed} posts in one"
            " hour, where {usual} would be usual.",
            one.accounts,
            first=Instant(at=one.first),
            last=Instant(at=one.last),
            observed=one.observed,
            usual=usual_posts(one.usual),
        )
        if one.alone:
            told = say("{told} Nothing but news is needed to explain it.", told=told)
        yield Finding(
            check="in_a_wave",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=told,
            read_from="posts",
            caution=say("Among the posts collected here."),
            items=("why-shared", "amplification"),
        )
