"""When was the post made, by the number in its link; and was the picture known before?

Reads: the links in captions and claims, and the file's name, as X and tools that download from
X, TikTok and Instagram leave it. Nothing is fetched.

Outcomes:
- noted: the id names a time. "Made by the servers" where nobody else could set it (X since
  November 2010, Instagram, TikTok, Discord, large Mastodon servers); "declared" where the
  program that posted could (Bluesky, other Mastodon servers, UUIDs), and in file names.
- flagged: a matching picture was seen a day or more before that post; noted, where the date in a
  claim is as old; inconclusive, where whoever posted could choose the id.
- not_applicable: the link leads to a post whose id holds no time (X before November 2010,
  YouTube, Facebook, Telegram, VK).

Errs: a draft can be published long after its id was made, and a link can lead to a post that
shows another picture. A file can be given any name.

Example: https://x.com/Interior/status/507185938620219395 was made on 2014-09-03 at 15:18:45 UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from verify.comparisons import Circumstances
from verify.comparisons.networks import Posting, posting, read_link, read_name
from verify.reading.dates import dates_claimed
from verify.records import Claim, Finding, FirstSeen, Instant, Outcome, Pillar, Sentence, say

PILLAR = Pillar.DATE
_SAME_EVENT = timedelta(days=1)  # copies spread within hours of each other


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note the time in each link; flag it where an earlier copy was seen a day before or more."""
    now = circumstances.received_at
    seen = [match.first_seen for match in circumstances.matches]
    earliest = min(seen, key=lambda first: first.at, default=None)
    for link in circumstances.links:
        if post := posting(link, now=now):
            yield _noted(link, post)
            if not post.archived and earliest and earliest.at + _SAME_EVENT <= post.at:
                told = any(_is_as_old(claim, earliest) for claim in circumstances.claims)
                yield _older(link, post, earliest, told)
        elif found := read_link(link, now=now):
            yield _silent(link, found[0])
    if named := read_name(circumstances.filename, now=now):
        yield _in_name(circumstances.filename, named)


def _is_as_old(claim: Claim, earliest: FirstSeen) -> bool:
    """Whether a claim itself dates the picture so that it may have been seen then."""
    named = dates_claimed(claim)
    return bool(named) and all(one.first <= (earliest.at + _SAME_EVENT).date() for one in named)


def _noted(link: str, post: Posting) -> Finding:
    if post.archived:
        summary = say(
            "By its link, a copy of the page was put into an archive at {posted}.",
            posted=Instant(at=post.at),
        )
    elif post.declared:
        summary = say(
            "The identifier in its link ({platform}) names the time {posted}.",
            platform=post.network,
            posted=Instant(at=post.at),
        )
    else:
        summary = say(
            "By the number in its link, the post on {platform} was made at {posted}.",
            platform=post.network,
            posted=Instant(at=post.at),
        )
    return Finding(
        check="posted_in_link",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from="link",
        raw=link[:300],
        caution=_caution(post),
        items=("captured-when", "earliest"),
    )


def _caution(post: Posting) -> Sentence:
    if post.archived:
        return say(
            "The page is as old as that or older; whether it showed the picture then is to be "
            "looked up there."
        )
    if post.declared:
        return say(
            "Whoever posted, or runs that server, could choose this identifier; usually it is the "
            "time of the post. It does not say when the picture was captured."
        )
    return say(
        "The platform's servers make this number; it says when the post was made, "
        "not when the picture was captured. A draft can be published later."
    )


def _silent(link: str, network: str) -> Finding:
    return Finding(
        check="posted_in_link",
        pillar=PILLAR,
        outcome=Outcome.NOT_APPLICABLE,
        summary=say("The identifier in this link to {platform} holds no time.", platform=network),
        read_from="link",
        raw=link[:300],
        caution=say(
            "Platforms draw such identifiers by chance or count them up, as X did until November "
            "2010. Open the post to see its date, if that is safe for you."
        ),
        items=("earliest",),
    )


def _in_name(filename: str, post: Posting) -> Finding:
    return Finding(
        check="posted_in_link",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=say(
            "The file's name has the form of an identifier ({platform}) that names the time "
            "{posted}.",
            platform=post.network,
            posted=Instant(at=post.at),
        ),
        read_from="file name",
        raw=filename[:300],
        caution=say(
            "Anybody can name a file, and a copy keeps the name of the post that it was taken "
            "from, which need not be the first."
        ),
        items=("captured-when", "earliest"),
    )


def _older(link: str, post: Posting, earliest: FirstSeen, told: bool) -> Finding:
    contradicts = Outcome.INCONCLUSIVE if post.declared else Outcome.FLAGGED
    return Finding(
        check="posted_in_link",
        pillar=PILLAR,
        outcome=Outcome.NOTED if told else contradicts,
        summary=say(
            "The picture is older than the post on {platform} of {posted}: "
            "a matching one was seen by {seen}.",
            platform=post.network,
            posted=Instant(at=post.at),
            seen=Instant(at=earliest.at),
        ),
        read_from="link",
        raw=link[:300],
        caution=say("Whether the two pictures are the same is for you to judge from the card."),
        items=("earliest", "predates"),
    )
