"""Does the time in the post's link fit the date that the claim names?

Reads: the links in captions and claims, the file's name, and the date kept with each claim, else
those in its words.

Outcomes:
- flagged: the post was made before the date in the claim.
- inconclusive: the same, but the date can be read in another way, whoever posted could choose the
  id, or another link of the claim's was posted later and may be the one that shows the picture.
- noted: it was made more than a day after the date. People post pictures years after an event, so
  this contradicts nobody.
- nothing: it was made on that day or the next, the link holds no time, or the claim names no
  date.

Errs: a date read from words by rule may stand for something else, and a link may lead to another
picture.

Example: the claim says "Aleppo, 24 November 2026", the link's post was made on 3 September 2014.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from verify.comparisons import Circumstances
from verify.comparisons.networks import Posting, posting, read_name
from verify.reading.dates import NamedDate, dates_claimed
from verify.records import Claim, Finding, Instant, Outcome, Pillar, Sentence, say

PILLAR = Pillar.DATE
# A day begins up to 14 hours before it does in UTC, and ends up to 12 hours after.
_EASTERNMOST, _WESTERNMOST = timedelta(hours=14), timedelta(hours=-12)


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """For each claim with a date and each post: flag one that is older, note a younger one."""
    now = circumstances.received_at
    found = (posting(link, now=now) for link in circumstances.links)
    posts = [(post, False) for post in found if post and not post.archived]
    if named_after := read_name(circumstances.filename, now=now):
        posts.append((named_after, True))
    for claim in circumstances.claims:
        named = dates_claimed(claim)
        latest = max((post.at for post, in_name in posts if not in_name), default=None)
        for post, in_name in posts if named else ():
            nearest = min(named, key=lambda one: abs(_days(one, post)))
            if days := _days(nearest, post):
                sure = nearest.certain and (in_name or (not post.declared and post.at == latest))
                yield _finding(claim, nearest, post, older=days < 0, in_name=in_name, sure=sure)


def _days(named: NamedDate, post: Posting) -> int:
    """How many days the post lies outside the date, wherever on earth; negative before it."""
    if (latest := (post.at + _EASTERNMOST).date()) < named.first:
        return named.days_until(latest)
    earliest = (post.at + _WESTERNMOST).date()
    return max(0, named.days_until(earliest) - 1)


def _finding(
    claim: Claim, named: NamedDate, post: Posting, *, older: bool, in_name: bool, sure: bool
) -> Finding:
    contradicted = Outcome.FLAGGED if sure else Outcome.INCONCLUSIVE
    return Finding(
        check="posting_against_claim",
        pillar=PILLAR,
        outcome=contradicted if older else Outcome.NOTED,
        summary=_by_name(named, post, older) if in_name else _summary(named, post, older),
        read_from=f"{'file name' if in_name else 'link'}, claim {claim.id}",
        raw=f"{post.network} {post.id}"[:300],
        caution=_renamed(named) if in_name else _caution(named, post, older),
        items=("earliest", "predates") if older else ("earliest",),
    )


def _summary(named: NamedDate, post: Posting, older: bool) -> Sentence:
    if older:
        return say(
            "The post is older than its claim: by the identifier in its link ({platform}) it was "
            "made at {posted}, before the date in the claim ({claimed}).",
            platform=post.network,
            posted=Instant(at=post.at),
            claimed=named.shown,
        )
    return say(
        "The post is younger than its claim: by the identifier in its link ({platform}) it was "
        "made at {posted}, after the date in the claim ({claimed}).",
        platform=post.network,
        posted=Instant(at=post.at),
        claimed=named.shown,
    )


def _by_name(named: NamedDate, post: Posting, older: bool) -> Sentence:
    if older:
        return say(
            "The post is older than its claim: by the identifier in the file's name ({platform}) "
            "it was made at {posted}, before the date in the claim ({claimed}).",
            platform=post.network,
            posted=Instant(at=post.at),
            claimed=named.shown,
        )
    return say(
        "The post is younger than its claim: by the identifier in the file's name ({platform}) it "
        "was made at {posted}, after the date in the claim ({claimed}).",
        platform=post.network,
        posted=Instant(at=post.at),
        claimed=named.shown,
    )


def _renamed(named: NamedDate) -> Sentence:
    return say(
        "Anybody can name a file, and a copy keeps the name of the post that it was taken from. "
        "{date}",
        date=named.caution,
    )


def _caution(named: NamedDate, post: Posting, older: bool) -> Sentence:
    if post.declared:
        return say(
            "Whoever posted, or runs that server, could choose this identifier. {date}",
            date=named.caution,
        )
    if older:
        return say("The link may lead to another picture. {date}", date=named.caution)
    return say(
        "Pictures are often posted days after they were taken: look for an earlier post. {date}",
        date=named.caution,
    )
